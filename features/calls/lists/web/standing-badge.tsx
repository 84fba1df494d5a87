import { Badge } from '#platform/ui/badge.tsx';
import { standingOf, type Validity } from '../list-rules.ts';
import { shortDay } from '../list-words.ts';

/** Whether people are asked from a list, and from or until when. */
export function StandingBadge({ list, today }: { list: Validity & { approvedAt: string | null }; today: string }) {
  switch (standingOf(list, today)) {
    case 'draft':
      return <Badge tone="hold">Draft</Badge>;
    case 'future':
      return <Badge tone="accent">From {shortDay(list.validFrom)}</Badge>;
    case 'past':
      return <Badge tone="outline">Ended {list.validTo && shortDay(list.validTo)}</Badge>;
    case 'current':
      return <Badge tone="good">{list.validTo === null ? 'Approved' : `Until ${shortDay(list.validTo)}`}</Badge>;
  }
}
