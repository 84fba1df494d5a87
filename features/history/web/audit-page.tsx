import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { fromWallClock } from '#platform/time/wall-clock.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import type { ChangeFilter } from '../contract.ts';
import { AuditDays } from './audit-days.tsx';
import { AuditFilters } from './audit-filters.tsx';
import type { AuditSearch } from './audit-search.ts';
import { ExportButton } from './export-button.tsx';
import { changesQuery } from './history-queries.ts';
import { SealStatus } from './seal-status.tsx';

/** The list counts no further than this. */
const countedAtMost = 10_000;

/** Who did what in the organisation, who was refused, and who looked. */
export function AuditPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/audit' });
  const filter = filterOf(search, org.zone);
  const list = useInfiniteQuery({ ...changesQuery(org.slug, filter), enabled: org.can('history.read') });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const change = (part: AuditSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  if (!org.can('history.read')) {
    return (
      <EmptyState icon={ScrollText} title="The audit trail isn’t yours to read">
        Ask an owner of {org.name} if you need it.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader
        title="Audit trail"
        aside={list.data && (total < countedAtMost ? total.toLocaleString() : `${total.toLocaleString()}+`)}
        actions={<ExportButton filter={filter} total={total} />}
      >
        <AuditFilters search={search} onChange={change} />
      </PageHeader>
      <SealStatus />
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <AuditDays rows={rows} onFilter={change} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={ScrollText}
          title={narrowed ? 'Nothing fits' : 'Nothing happened yet'}
          actions={
            narrowed && <Button onClick={() => void navigate({ to: '.', search: {} })}>Take all filters away</Button>
          }
        >
          {narrowed
            ? 'No change, refusal or look matches these filters.'
            : 'Every change, every refused access and every look by support will stand here.'}
        </EmptyState>
      )}
      <LoadMore {...list} />
    </>
  );
}

/** The address's filter as the API wants it: whole days by the organisation's clock. */
function filterOf(search: AuditSearch, zone: string): ChangeFilter {
  return {
    actor: search.actor,
    entity: search.entity,
    operation: search.operation,
    session: search.session,
    requestId: search.request,
    entityId: search.record,
    from: search.from ? (fromWallClock({ date: search.from, time: '00:00' }, zone) ?? undefined) : undefined,
    to: search.to ? (fromWallClock({ date: dayAfter(search.to), time: '00:00' }, zone) ?? undefined) : undefined,
  };
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
