import { Badge } from '#platform/ui/badge.tsx';
import { standingOf, type Validity } from '../list-rules.ts';
import { formatDate } from '#platform/time/format.ts';

/** Whether people are asked from a list, and from or until when. */
export function StandingBadge({ list, today }: { list: Validity & { approvedAt: string | null }; today: string }) {
  switch (standingOf(list, today)) {
    case 'draft':
      return <Badge tone="hold">Draft</Badge>;
    case 'future':
      return <Badge tone="accent">From {formatDate(list.validFrom)}</Badge>;
    case 'past':
      return <Badge tone="outline">Ended {list.validTo && formatDate(list.validTo)}</Badge>;
    case 'current':
      return <Badge tone="good">{list.validTo === null ? 'Approved' : `Until ${formatDate(list.validTo)}`}</Badge>;
  }
}
