import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import type { ItemState } from '../rules.ts';

const looks: Readonly<Record<ItemState, { label: string; tone: BadgeTone }>> = {
  open: { label: 'Open', tone: 'outline' },
  answered: { label: 'Answered', tone: 'hold' },
  agreed: { label: 'Agreed', tone: 'good' },
  problem: { label: 'Problem', tone: 'danger' },
};

/** How an item stands. */
export function StateBadge({ state }: { state: ItemState }) {
  const { label, tone } = looks[state];
  return <Badge tone={tone}>{label}</Badge>;
}
