import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { skipWords } from '../call-words.ts';
import type { CallCandidate } from '../cascade-contract.ts';
import { candidatesQuery } from './call-queries.ts';
import { callStateWords } from './cascade-words.ts';
import { PersonOrder } from './person-order.tsx';

interface CandidateListProps {
  needId: string;
  listed: UseQueryResult<{ items: CallCandidate[] }>;
  /** Ids in the order chosen; null: as the lists have it. */
  chosen: readonly string[] | null;
  onChoose: (ids: readonly string[] | null) => void;
}

/** Who is asked, in which order: the approved lists’, put otherwise, shortened, or with somebody added by hand. */
export function CandidateList({ needId, listed, chosen, onChoose }: CandidateListProps) {
  const org = useOrg();
  const fromLists = listed.data?.items ?? [];
  const known = new Map(fromLists.map((candidate) => [candidate.resourceId, candidate]));
  const ids = chosen ?? fromLists.map(({ resourceId }) => resourceId);
  const byHand = ids.filter((id) => !known.has(id));
  const added = useQuery({
    ...candidatesQuery(org.slug, needId, byHand),
    enabled: listed.isSuccess && byHand.length > 0,
    placeholderData: keepPreviousData,
  });
  for (const candidate of added.data?.items ?? []) known.set(candidate.resourceId, candidate);
  const people = ids.flatMap((id) => {
    const candidate = known.get(id);
    return candidate ? [asPerson(candidate, org.can('lists.ranks'))] : [];
  });
  return (
    <section
      aria-label="Who is asked"
      className="min-w-0 md:sticky md:top-20 md:-mx-1 md:max-h-[calc(100dvh-15rem)] md:overflow-y-auto md:px-1 md:pb-1"
    >
      <div className="mb-1 flex items-baseline gap-2">
        <h3 className="text-sm font-medium">Who is asked</h3>
        <span className="text-xs text-ink-faint tabular-nums">{ids.length}</span>
        {chosen && fromLists.length > 0 && (
          <Button variant="link" className="ml-auto text-xs" onClick={() => onChoose(null)}>
            As the lists have it
          </Button>
        )}
      </div>
      {listed.isPending && <SkeletonRows rows={4} />}
      {listed.error && <ErrorNotice error={listed.error} onRetry={() => void listed.refetch()} />}
      {listed.isSuccess && people.length === 0 && byHand.length === 0 && (
        <p className="mb-2 rounded-lg border border-dashed border-line px-3 py-4 text-sm text-pretty text-ink-soft">
          No approved list names anybody for this. Add people by hand, or approve a ranked list first.
        </p>
      )}
      {people.length > 0 && (
        <PersonOrder
          label="Who is asked, in this order"
          people={people}
          onOrder={onChoose}
          onRemove={(id) => onChoose(ids.filter((each) => each !== id))}
        />
      )}
      <div className="mt-2 flex items-center gap-2">
        <UserPlus aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <ResourcePicker
          aria-label="Add somebody"
          placeholder="Add somebody…"
          kind="person"
          value={null}
          except={ids}
          onValue={(id) => id && onChoose([...ids, id])}
          className="min-w-0 flex-1"
        />
      </div>
    </section>
  );
}

function asPerson({ resourceId, name, grade, obstacle, busy, earlier }: CallCandidate, ranks: boolean) {
  const notes = [
    obstacle && `Would be passed over: ${skipWords[obstacle]}`,
    !obstacle && busy && 'Busy by their own calendar; is asked all the same',
    earlier && `Asked for this before: ${callStateWords[earlier].label.toLowerCase()}`,
  ];
  return {
    id: resourceId,
    name,
    badge: ranks && grade ? <GradeBadge grade={grade} /> : undefined,
    note: notes.filter(Boolean).join('. ') || undefined,
    faint: obstacle !== null,
  };
}

/** The list that somebody comes from. */
export function GradeBadge({ grade }: { grade: 'A' | 'B' | 'C' }) {
  return (
    <Badge tone={grade === 'A' ? 'accent' : 'neutral'} title={`List ${grade}`}>
      {grade}
    </Badge>
  );
}
