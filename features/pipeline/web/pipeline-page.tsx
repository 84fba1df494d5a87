import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Kanban, Plus } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { addDays, fromWallClock } from '#platform/time/wall-clock.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Board } from './board.tsx';
import { Forecast } from './forecast.tsx';
import { MoveDialogs } from './move-dialogs.tsx';
import { PipelineFilters } from './pipeline-filters.tsx';
import { PipelineList } from './pipeline-list.tsx';
import { boardQuery, type BoardFilter } from './pipeline-queries.ts';
import type { PipelineSearch } from './pipeline-search.ts';
import { useMoves } from './use-moves.ts';

/** What is on its way to happen: by stage, as a list, and by month. */
export function PipelinePage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/pipeline' });
  const view = search.view === 'forecast' && !org.can('engagements.value') ? 'board' : (search.view ?? 'board');
  const pack = org.packs.find((name) => name === search.pack) ?? org.pack.name;
  const change = (part: PipelineSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  return (
    <>
      <PageHeader
        title="Pipeline"
        actions={
          org.can('engagements.write') && (
            <Button asChild variant="primary">
              <Link to="/o/$org/engagements" params={{ org: org.slug }} search={{ create: true }}>
                <Plus aria-hidden /> New {org.words.engagement.one}
              </Link>
            </Button>
          )
        }
      >
        <PipelineFilters search={search} view={view} pack={pack} onChange={change} />
      </PageHeader>
      {view === 'forecast' ? (
        <Forecast filter={{ pack, leadUserId: search.lead, partyId: search.party }} />
      ) : (
        <Cards search={search} view={view} filter={filterOf(search, pack, org.zone)} onChange={change} />
      )}
    </>
  );
}

function filterOf({ lead, party, from, to }: PipelineSearch, pack: BoardFilter['pack'], zone: string): BoardFilter {
  const start = (date: string) => fromWallClock({ date, time: '00:00' }, zone) ?? undefined;
  return {
    pack,
    leadUserId: lead,
    partyId: party,
    from: from ? start(from) : undefined,
    to: to ? start(addDays(to, 1)) : undefined,
  };
}

interface CardsProps {
  search: PipelineSearch;
  view: 'board' | 'list';
  filter: BoardFilter;
  onChange: (part: PipelineSearch) => void;
}

function Cards({ search, view, filter, onChange }: CardsProps) {
  const org = useOrg();
  const board = useQuery(boardQuery(org.slug, filter));
  const { move, asked, close } = useMoves(filter);
  const cards = board.data?.cards ?? [];
  const narrowed = Boolean(filter.leadUserId ?? filter.partyId ?? filter.from ?? filter.to);
  const word = org.words.engagement;
  const onMove = org.can('engagements.decide') ? move : undefined;
  if (board.isPending) return <SkeletonRows />;
  if (board.error)
    return <ErrorNotice error={board.error} onRetry={() => void board.refetch()} className="mx-4 sm:mx-6" />;
  if (cards.length === 0)
    return (
      <EmptyState
        icon={Kanban}
        title={narrowed ? `No ${word.one} fits` : 'Nothing is on its way'}
        actions={
          narrowed && (
            <Button onClick={() => onChange({ lead: undefined, party: undefined, from: undefined, to: undefined })}>
              Take all filters away
            </Button>
          )
        }
      >
        {narrowed
          ? 'Nothing matches the filters.'
          : `Every ${word.one} that isn’t won or lost yet stands here in its stage, with what it is worth and what comes next.`}
      </EmptyState>
    );
  return (
    <>
      {board.data.total > cards.length && (
        <p role="status" className="px-4 pb-3 text-sm text-ink-soft sm:px-6">
          The first {cards.length.toLocaleString()} of {board.data.total.toLocaleString()}, and their sums. Filters
          narrow it.
        </p>
      )}
      {view === 'board' ? (
        <Board key={filter.pack} pack={filter.pack ?? org.pack.name} cards={cards} onMove={onMove} />
      ) : (
        <PipelineList cards={cards} search={search} onChange={onChange} onMove={onMove} />
      )}
      <MoveDialogs asked={asked} onClose={close} />
    </>
  );
}
