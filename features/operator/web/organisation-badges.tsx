import { Badge } from '#platform/ui/badge.tsx';
import type { Organisation } from './operator-queries.ts';

const standings = {
  active: { tone: 'good', word: 'Active' },
  suspended: { tone: 'hold', word: 'Suspended' },
  closed: { tone: 'neutral', word: 'Closed' },
} as const;

/** Active, suspended or closed; and whether it is open to support. */
export function StandingBadges({ organisation }: { organisation: Pick<Organisation, 'status' | 'support'> }) {
  const { tone, word } = standings[organisation.status];
  return (
    <span className="inline-flex min-w-0 flex-wrap gap-1">
      <Badge tone={tone}>{word}</Badge>
      {organisation.support && <Badge tone="accent">Open to support</Badge>}
    </span>
  );
}

/** Where it lives; a database that can't be reached stands out. */
export function Place({ place }: { place: Organisation['place'] }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5">
      <span className="truncate" title={place.database}>
        {place.database}
      </span>
      {place.reachable === false ? (
        <Badge tone="danger">Down</Badge>
      ) : (
        place.kind === 'dedicated' && <Badge tone="outline">Its own</Badge>
      )}
    </span>
  );
}
