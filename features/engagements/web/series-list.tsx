import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Layers, Pencil, Plane, Plus } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, countOf } from '#features/organisations/web/word-case.ts';
import { formatRange } from '#platform/time/format.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import type { Series } from '../contract.ts';
import { seriesListQuery } from './engagement-queries.ts';
import { SeriesDialog } from './series-dialog.tsx';

/** Series with their span: each leads to its engagements. */
export function SeriesList() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/series' });
  const q = useSettled(search.q);
  const [shown, setShown] = useState<Series | 'new' | null>(null);
  const list = useInfiniteQuery(seriesListQuery(org.slug, { q, limit: 100 }));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const { series: word, engagement } = org.words;
  const add = org.can('engagements.write') && (
    <Button variant="primary" onClick={() => setShown('new')}>
      <Plus aria-hidden /> New {word.one}
    </Button>
  );
  return (
    <>
      <PageHeader title={capital(word.many)} aside={list.data?.pages[0]?.total.toLocaleString()} actions={add}>
        <SearchInput
          label={`Search ${word.many}`}
          value={search.q ?? ''}
          onValue={(next) => void navigate({ to: '.', search: { q: next || undefined }, replace: true })}
          className="w-full sm:w-64"
        />
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && (
        <div className="border-t border-line bg-surface">
          <Table label={word.many}>
            <thead>
              <tr>
                <Th>Name</Th>
                <Th className="hidden w-40 sm:table-cell">{capital(engagement.many)}</Th>
                <Th className="hidden w-72 md:table-cell">Dates</Th>
                <Th className="w-24">
                  <span className="sr-only">Edit</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <SeriesRow key={row.series.id} row={row} onEdit={() => setShown(row.series)} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Layers}
          title={q ? `No ${word.one} is called that` : `No ${word.many} yet`}
          actions={!q && add}
        >
          {q
            ? 'Look for another part of the name.'
            : `A ${word.one} keeps ${engagement.many} together that belong together.`}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <SeriesDialog series={shown === 'new' ? null : shown} open={shown !== null} onClose={() => setShown(null)} />
    </>
  );
}

interface SeriesRowProps {
  row: { series: Series; engagements: number; startsAt: string | null; endsAt: string | null };
  onEdit: () => void;
}

function SeriesRow({ row: { series, engagements, startsAt, endsAt }, onEdit }: SeriesRowProps) {
  const org = useOrg();
  const count = countOf(engagements, org.words.engagement);
  const span = startsAt && endsAt ? formatRange(startsAt, endsAt, org.zone, 'date') : '';
  return (
    <Tr className="relative">
      <Td>
        <Link
          to="/o/$org/engagements"
          params={{ org: org.slug }}
          search={{ series: series.id, when: 'all' }}
          title={series.name}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {series.name}
        </Link>
        <span className="block truncate text-xs text-ink-faint md:hidden">
          <span className="sm:hidden">{span ? `${count} · ` : count}</span>
          {span}
        </span>
      </Td>
      <Td className="hidden text-ink-soft tabular-nums sm:table-cell">{count}</Td>
      <Td className="hidden text-ink-soft tabular-nums md:table-cell">{span}</Td>
      <Td className="relative z-10 w-24 overflow-visible text-right whitespace-nowrap text-clip">
        {org.can('travel.read') && (
          <Button asChild variant="ghost" size="icon-sm">
            <Link
              to="/o/$org/series/$id/travel"
              params={{ org: org.slug, id: series.id }}
              aria-label={`Travel of ${series.name}`}
              title={`Travel of ${series.name}`}
            >
              <Plane aria-hidden />
            </Link>
          </Button>
        )}
        {org.can('engagements.write') && (
          <IconButton label={`Edit ${series.name}`} size="icon-sm" onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
        )}
      </Td>
    </Tr>
  );
}
