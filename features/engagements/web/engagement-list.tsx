import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarDays, FileUp, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { fromWallClock } from '#platform/time/wall-clock.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { CreateEngagementDialog } from './engagement-form.tsx';
import { EngagementFilters } from './engagement-filters.tsx';
import { EngagementMonths } from './engagement-months.tsx';
import { engagementListQuery } from './engagement-queries.ts';
import type { EngagementSearch } from './engagement-search.ts';

/** Engagements by start: from now on, unless the address says otherwise or nothing is to come. */
export function EngagementList() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/engagements' });
  const { list, when, narrowed } = useEngagements(search);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const word = org.words.engagement;
  const none = list.isSuccess && rows.length === 0 && !narrowed;
  const change = (part: EngagementSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const add = org.can('engagements.write') && (
    <Button variant="primary" onClick={() => change({ create: true })}>
      <Plus aria-hidden /> New {word.one}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={capital(word.many)}
        aside={none ? '' : list.data?.pages[0]?.total.toLocaleString()}
        actions={!none && add}
      >
        {!none && <EngagementFilters search={search} when={when} onChange={change} />}
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <EngagementMonths rows={rows} />}
      {list.isSuccess && rows.length === 0 && narrowed && (
        <EmptyState
          icon={CalendarDays}
          title={`No ${word.one} fits`}
          actions={<Button onClick={() => void navigate({ to: '.', search: {} })}>Take all filters away</Button>}
        >
          Nothing matches the search and filters.
        </EmptyState>
      )}
      {none && <NothingYet add={add} />}
      <LoadMore {...list} />
      <CreateEngagementDialog
        open={search.create ?? false}
        onOpenChange={(open) => change({ create: open || undefined })}
      />
    </>
  );
}

function NothingYet({ add }: { add: ReactNode }) {
  const org = useOrg();
  const { engagement, place, person } = org.words;
  return (
    <EmptyState
      icon={CalendarDays}
      title={`No ${engagement.many} yet`}
      actions={
        <>
          {add}
          {org.can('imports.run') && (
            <Button asChild>
              <Link to="/o/$org/import" params={{ org: org.slug }}>
                <FileUp aria-hidden /> Import a season
              </Link>
            </Button>
          )}
        </>
      }
    >
      {capital(engagement.many)} are the dated work. Each has a {place.one}, a time, and the {person.many} held and
      booked for it, and nothing can be booked twice.
    </EmptyState>
  );
}

/** The list that the address asks for. Without filters it shows what is to come, or everything if nothing is. */
function useEngagements(search: EngagementSearch) {
  const org = useOrg();
  const q = useSettled(search.q);
  // Fixed while the page is open: a new instant in each render would be a new query.
  const [now] = useState(() => new Date().toISOString());
  const dated = Boolean(search.from || search.to);
  const narrowed = Boolean(q || search.stage || search.series || search.place || dated);
  const filter = {
    q,
    stage: search.stage,
    seriesId: search.series,
    placeId: search.place,
    limit: 100,
    from: search.from ? (fromWallClock({ date: search.from, time: '00:00' }, org.zone) ?? undefined) : undefined,
    to: search.to ? (fromWallClock({ date: search.to, time: '23:59' }, org.zone) ?? undefined) : undefined,
  };
  const wantsComing = search.when !== 'all' && !dated;
  const coming = useInfiniteQuery({ ...engagementListQuery(org.slug, { ...filter, from: now }), enabled: wantsComing });
  const none = coming.data?.pages[0]?.total === 0;
  const all = useInfiniteQuery({ ...engagementListQuery(org.slug, filter), enabled: !wantsComing || none });
  const showAll = !wantsComing || none;
  return { list: showAll ? all : coming, when: showAll ? ('all' as const) : ('coming' as const), narrowed };
}
