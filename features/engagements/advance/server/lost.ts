import { stageOf } from '#features/engagements/rules.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';

/** Whether an engagement stands at a stage that says it doesn’t take place. */
export function isLost({ pack, stage }: { pack: string; stage: string }): boolean {
  const name = packNames.find((each) => each === pack);
  return name !== undefined && stageOf(packs[name], stage)?.kind === 'lost';
}
