import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { NewOrganisation } from './new-organisation.tsx';
import { databasesQuery, organisationsQuery, plansQuery, type Organisation } from './operator-queries.ts';
import { Place, StandingBadges } from './organisation-badges.tsx';
import { When } from './when.tsx';

const standings = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'suspended', label: 'Suspended' },
  { value: 'closed', label: 'Closed' },
] as const;

/** Every organisation of the installation, from outside. */
export function OrganisationsPage() {
  const search = useSearch({ from: '/operator/organisations' });
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const filter = { q: useSettled(search.q), status: search.status, databaseId: search.database };
  const list = useInfiniteQuery(organisationsQuery(filter));
  const { data: databases } = useQuery({ ...databasesQuery, enabled: search.database !== undefined });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const narrowed = Boolean(search.q || search.status || search.database);
  const change = (part: typeof search) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const within = databases?.items.find(({ id }) => id === search.database);
  return (
    <>
      <PageHeader
        title="Organisations"
        aside={list.data?.pages[0]?.total.toLocaleString()}
        actions={
          <Button variant="primary" onClick={() => setMaking(true)}>
            <Plus aria-hidden /> New organisation
          </Button>
        }
      >
        <SearchInput
          label="Search organisations"
          className="min-w-0 flex-1 sm:max-w-72"
          value={search.q ?? ''}
          onValue={(q) => change({ q: q || undefined })}
        />
        <Select
          aria-label="Standing"
          className="w-32"
          value={search.status ?? 'all'}
          onValue={(status) => change({ status: status === 'all' ? undefined : status })}
          options={standings}
        />
        {search.database && (
          <Button size="sm" onClick={() => change({ database: undefined })}>
            In {within?.name ?? 'one database'} ×
          </Button>
        )}
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <Organisations rows={rows} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Building2}
          title={narrowed ? 'No organisation fits' : 'No organisation yet'}
          actions={narrowed && <Button onClick={() => void navigate({ to: '.', search: {} })}>Show all</Button>}
        >
          {narrowed
            ? 'Nothing matches the search and filters.'
            : 'Each organisation keeps its own people, bookings and history, apart from all others.'}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <NewOrganisation open={making} onOpenChange={setMaking} />
    </>
  );
}

function Organisations({ rows }: { rows: readonly Organisation[] }) {
  const { data: plans } = useQuery(plansQuery);
  const planOf = (name: string) => plans?.items.find((plan) => plan.name === name)?.title ?? name;
  return (
    <>
      <Table label="Organisations" className="hidden sm:table">
        <thead>
          <tr>
            <Th>Organisation</Th>
            <Th className="w-44">Standing</Th>
            <Th className="hidden w-28 md:table-cell">Plan</Th>
            <Th className="hidden w-64 lg:table-cell">Lives in</Th>
            <Th className="w-20 text-right">People</Th>
            <Th className="w-24 text-right">Projects</Th>
            <Th className="hidden w-32 md:table-cell">Last activity</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.id}>
              <Td>
                <NameLink organisation={row} />
              </Td>
              <Td>
                <StandingBadges organisation={row} />
              </Td>
              <Td className="hidden md:table-cell">{planOf(row.plan)}</Td>
              <Td className="hidden lg:table-cell">
                <Place place={row.place} />
              </Td>
              <Td className="text-right tabular-nums">{row.members.toLocaleString()}</Td>
              <Td className="text-right tabular-nums">{row.usage?.projects.toLocaleString() ?? '–'}</Td>
              <Td className="hidden text-ink-soft md:table-cell">
                {row.usage?.lastActivityAt ? <When at={row.usage.lastActivityAt} /> : '–'}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <ul aria-label="Organisations" className="grid gap-2 px-4 sm:hidden">
        {rows.map((row) => (
          <li
            key={row.id}
            className="relative grid gap-1.5 rounded-lg border border-line bg-surface p-3 text-sm shadow-card"
          >
            <NameLink organisation={row} />
            <StandingBadges organisation={row} />
            <p className="text-xs text-ink-soft">
              {planOf(row.plan)} · {row.members.toLocaleString()} {row.members === 1 ? 'person' : 'people'} ·{' '}
              {row.usage ? `${row.usage.projects.toLocaleString()} projects` : 'not counted yet'}
            </p>
            <p className="text-xs text-ink-soft">
              <Place place={row.place} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function NameLink({ organisation: { id, name, slug } }: { organisation: Organisation }) {
  return (
    <Link
      to="/operator/organisations/$id"
      params={{ id }}
      title={name}
      className="block min-w-0 after:absolute after:inset-0 sm:after:hidden"
    >
      <span className="block truncate font-medium hover:underline">{name}</span>
      <span className="block truncate text-xs text-ink-faint">{slug}</span>
    </Link>
  );
}
