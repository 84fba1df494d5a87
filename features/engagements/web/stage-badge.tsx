import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import type { PackName, Stage } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';

const tones: Readonly<Record<Stage['kind'], BadgeTone>> = {
  open: 'neutral',
  won: 'good',
  done: 'outline',
  lost: 'danger',
};

/** Where an engagement stands in its pack's pipeline. */
export function StageBadge({ pack, stage }: { pack: PackName; stage: string }) {
  const known = packs[pack].stages.find(({ key }) => key === stage);
  return <Badge tone={known ? tones[known.kind] : 'neutral'}>{known?.label ?? stage}</Badge>;
}
