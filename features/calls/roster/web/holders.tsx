import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge } from '#platform/ui/badge.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Chair, Position } from '../contract.ts';
import { dayWords } from '../position-rules.ts';
import { holdersQuery } from './roster-queries.ts';

/** Everybody who holds or has held a position's chairs. */
export function Holders({ position }: { position: Position }) {
  const org = useOrg();
  const { data, error } = useQuery(holdersQuery(org.slug, position.id));
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <SkeletonRows rows={3} />;
  if (data.items.length === 0) return <p className="py-4 text-sm text-ink-soft">Nobody has held this position yet.</p>;
  return (
    <ul aria-label={`Holders of ${position.title}`} className="divide-y divide-line">
      {data.items.map((held) => (
        <HolderRow key={held.id} held={held} alone={position.chairs === 1} />
      ))}
    </ul>
  );
}

function HolderRow({ held, alone }: { held: Chair; alone: boolean }) {
  const org = useOrg();
  const time = held.endsOn
    ? `${dayWords(held.startsOn)} to ${dayWords(held.endsOn)}`
    : `since ${dayWords(held.startsOn)}`;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2 text-sm">
      <Link
        to="/o/$org/resources/$id"
        params={{ org: org.slug, id: held.resourceId }}
        title={held.name}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {held.name}
      </Link>
      {held.tenure !== 'permanent' && <Badge>{held.tenure}</Badge>}
      <span className="ml-auto text-xs text-ink-faint tabular-nums">
        {!alone && `Chair ${held.number}, `}
        {time}
      </span>
    </li>
  );
}
