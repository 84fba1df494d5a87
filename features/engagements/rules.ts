import type { Pack, PackName, Stage } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';

/** What a move through the pipeline means for the rest of the engagement. */
export interface StageMove {
  /** It doesn't happen after all: everything that it claims is released. */
  releases: boolean;
  /** The confirmation no longer holds: to be won again it must be confirmed again. */
  unconfirms: boolean;
}

export type StageAnswer = { move: StageMove } | { refused: 'unknown' | 'needs_confirm' };

/**
 * Whether a decision may take an engagement to `to`. Stages that say it happens (won, done) are open to
 * confirmed engagements only: confirming is what commits the claims, and the claims feature does it.
 */
export function stageMove(pack: Pack, to: string, confirmed: boolean): StageAnswer {
  const stage = stageOf(pack, to);
  if (!stage) return { refused: 'unknown' };
  const happens = stage.kind === 'won' || stage.kind === 'done';
  if (happens && !confirmed) return { refused: 'needs_confirm' };
  return { move: { releases: stage.kind === 'lost', unconfirms: !happens && confirmed } };
}

export function stageOf(pack: Pack, key: string): Stage | undefined {
  return pack.stages.find((stage) => stage.key === key);
}

/** How likely it is, in percent: as somebody said of it, else as its stage says. What isn't open is certain either way. */
export function chanceOf(engagement: { pack: PackName; stage: string; probability: number | null }): number {
  const stage = stageOf(packs[engagement.pack], engagement.stage);
  if (stage && stage.kind !== 'open') return stage.probability;
  return engagement.probability ?? stage?.probability ?? 0;
}

/** Where an engagement of this pack begins. */
export function firstStage(pack: Pack): string {
  const [first] = pack.stages;
  if (!first) throw new Error(`The pack ${pack.name} has no stages.`);
  return first.key;
}

/** The keys that may be sent, for a message. */
export function stageKeys(pack: Pack): string {
  return pack.stages.map(({ key }) => key).join(', ');
}
