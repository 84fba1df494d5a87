import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Mail } from 'lucide-react';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FilterBar } from '#platform/ui/filter-bar.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Message } from '../contract.ts';
import { kindNamed, messageKinds } from '../kinds.ts';
import { MessagePanel } from './message-panel.tsx';
import { outboxQuery } from './message-queries.ts';
import { stateNames, stateWords, type OutboxSearch } from './outbox-search.ts';

/** Everything written to people, and what became of it. */
export function OutboxPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/outbox' });
  const q = useSettled(search.q);
  const list = useInfiniteQuery({ ...outboxQuery(org.slug, { ...search, q }), enabled: org.can('messages.read') });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const narrowed = Boolean(search.q || search.state || search.kind);
  const change = (part: OutboxSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  if (!org.can('messages.read')) {
    return (
      <EmptyState icon={Mail} title="The outbox isn’t yours to read">
        Ask an owner or manager of {org.name} if you need it.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader title="Outbox" aside={list.data?.pages[0]?.total.toLocaleString()}>
        <OutboxFilters search={search} onChange={change} />
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <MessageTable rows={rows} onOpen={(message) => change({ message })} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Mail}
          title={narrowed ? 'No message fits' : 'Nothing was written yet'}
          actions={
            narrowed && <Button onClick={() => void navigate({ to: '.', search: {} })}>Take all filters away</Button>
          }
        >
          {narrowed
            ? 'No message matches these filters.'
            : 'Every mail to people stands here as they get it, with what became of it. Members choose notices by mail under Settings, Notifications.'}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <MessagePanel id={search.message ?? null} onClose={() => change({ message: undefined })} />
    </>
  );
}

function OutboxFilters({ search, onChange }: { search: OutboxSearch; onChange: (part: OutboxSearch) => void }) {
  const states = stateNames.map((value) => ({ value, label: stateWords[value].label }));
  const kinds = Object.values(messageKinds).map(({ kind, title }) => ({
    value: kind,
    label: title.split(',')[0] ?? kind,
  }));
  return (
    <FilterBar
      count={[search.state, search.kind].filter(Boolean).length}
      search={
        <SearchInput
          label="Search messages"
          value={search.q ?? ''}
          onValue={(next) => onChange({ q: next || undefined })}
          className="w-full sm:w-64"
        />
      }
    >
      <Select
        aria-label="State"
        value={search.state ?? 'any'}
        onValue={(value) => onChange({ state: stateNames.find((name) => name === value) })}
        options={[{ value: 'any', label: 'Any state' }, ...states]}
        className="w-full sm:w-36"
      />
      <Select
        aria-label="Kind of message"
        value={search.kind ?? 'any'}
        onValue={(value) => onChange({ kind: value === 'any' ? undefined : value })}
        options={[{ value: 'any', label: 'Any kind' }, ...kinds]}
        className="w-full sm:w-52"
      />
    </FilterBar>
  );
}

function MessageTable({ rows, onOpen }: { rows: readonly Message[]; onOpen: (id: string) => void }) {
  const org = useOrg();
  return (
    <div className="border-t border-line bg-surface">
      <Table label="Messages">
        <thead className="sr-only sm:not-sr-only">
          <tr>
            <Th>To</Th>
            <Th className="hidden w-[42%] sm:table-cell">Subject</Th>
            <Th className="w-28">State</Th>
            <Th className="hidden w-40 md:table-cell">Written</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { label, tone, means } = stateWords[row.state];
            return (
              <Tr key={row.id} className="relative">
                <Td>
                  <button
                    type="button"
                    onClick={() => onOpen(row.id)}
                    title={`${row.recipientName} <${row.recipient}>`}
                    className="block w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                  >
                    {row.recipientName || row.recipient}
                  </button>
                  <span className="block truncate text-xs text-ink-faint">
                    <span className="sm:hidden">{row.subject}</span>
                    <span className="hidden sm:inline">{row.recipientName && row.recipient}</span>
                  </span>
                </Td>
                <Td className="hidden sm:table-cell" title={row.subject}>
                  <span className="block truncate">{row.subject}</span>
                  <span className="block truncate text-xs text-ink-faint">
                    {kindNamed(row.kind)?.title ?? row.kind}
                  </span>
                </Td>
                <Td className="w-28">
                  <Badge tone={tone} title={row.lastError ?? means}>
                    {label}
                  </Badge>
                </Td>
                <Td className="hidden text-ink-soft tabular-nums md:table-cell">
                  {formatTime(row.createdAt, org.zone, 'dateTime')}
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}
