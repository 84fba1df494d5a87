import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Armchair } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { DatesFilter } from '#platform/ui/dates-filter.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { SkillPicker } from '#features/calls/lists/web/skill-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Cascade } from '../cascade-contract.ts';
import { latestCascadesQuery } from './call-queries.ts';
import { readOpenSeatSearch, type OpenSeatSearch } from './call-search.ts';
import { instantsOf } from './filter-days.ts';
import { OpenSeatsOf } from './open-seats-of.tsx';
import { openSeatsQuery } from './open-seat-queries.ts';
import { StartCalls, type CallableNeed } from './start-calls.tsx';

/** Every seat of the season that nobody has yet, by when it is wanted, and whether somebody is being called for it. */
export function OpenSeatsPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ strict: false, select: (raw) => readOpenSeatSearch(raw) });
  const list = useInfiniteQuery(openSeatsQuery(org.slug, { skill: search.skill, ...instantsOf(search, org.zone) }));
  const cascades = useQuery({ ...latestCascadesQuery(org.slug), enabled: org.can('calls.read') });
  const [starting, setStarting] = useState<CallableNeed | null>(null);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const byEngagement = [...Map.groupBy(rows, ({ need }) => need.engagementId)];
  const narrowed = Boolean(search.skill || search.from || search.to);
  const seats = rows.reduce((sum, { open }) => sum + open, 0);
  const change = (part: OpenSeatSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  return (
    <>
      <PageHeader
        title="Open seats"
        aside={rows.length > 0 && `${seats.toLocaleString()}${list.hasNextPage ? '+' : ''}`}
      >
        <SkillPicker
          aria-label="Instrument or skill"
          placeholder="Any instrument or skill"
          clearable
          value={search.skill ?? null}
          onValue={(skill) => change({ skill: skill ?? undefined })}
          className="w-full sm:w-56"
        />
        <DatesFilter any="Any date to come" dates={search} onChange={change} />
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      <div className="grid grid-cols-1 gap-5 px-4 pb-6 sm:px-6">
        {byEngagement.map(([id, items]) => (
          <OpenSeatsOf
            key={id}
            items={items}
            cascadeOf={newestOf(cascades.data?.items ?? [])}
            onStart={({ need, engagementTitle }) =>
              setStarting({ id: need.id, title: need.title, engagement: engagementTitle })
            }
          />
        ))}
      </div>
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Armchair}
          title={narrowed ? 'No open seat fits' : 'No open seats'}
          actions={
            narrowed && <Button onClick={() => void navigate({ to: '.', search: {} })}>Take all filters away</Button>
          }
        >
          {narrowed
            ? 'No open seat matches these filters.'
            : `Seats come from what a ${org.words.engagement.one} needs. Those that nobody has yet stand here, the next ones first.`}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <StartCalls need={starting} onClose={() => setStarting(null)} />
    </>
  );
}

/** The newest round of calls of a need. */
function newestOf(newestFirst: readonly Cascade[]): (needId: string) => Cascade | undefined {
  return (id) => newestFirst.find(({ needId }) => needId === id);
}
