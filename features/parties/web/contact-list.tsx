import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2, Contact, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Badge } from '#platform/ui/badge.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import type { Party } from '../contract.ts';
import type { ContactsSearch } from './contacts-search.ts';
import { partyListQuery } from './party-queries.ts';

/** Contacts by name, narrowed by search and filters. */
export function useContacts({ q: typed, kind, role }: ContactsSearch) {
  const org = useOrg();
  const q = useSettled(typed);
  return { list: useInfiniteQuery(partyListQuery(org.slug, { q, kind, role })), narrowed: Boolean(q ?? kind ?? role) };
}

/** What was found, or what belongs here. */
export function ContactList({ list, narrowed, add }: ReturnType<typeof useContacts> & { add: ReactNode }) {
  const org = useOrg();
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const word = org.words.party;
  return (
    <>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <ContactTable rows={rows} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Contact}
          title={narrowed ? `No ${word.one} fits` : `No ${word.many} yet`}
          actions={!narrowed && add}
        >
          {narrowed
            ? 'Look for another part of the name, or take the filters away.'
            : `People and companies you deal with: who asks, who pays, who represents whom. Add them to ${org.words.engagement.many} in their role.`}
        </EmptyState>
      )}
      <LoadMore {...list} />
    </>
  );
}

function ContactTable({ rows }: { rows: readonly Party[] }) {
  const org = useOrg();
  return (
    <div className="border-t border-line bg-surface">
      <Table label={org.words.party.many}>
        <thead className="sr-only sm:not-sr-only">
          <tr>
            <Th>Name</Th>
            <Th className="hidden w-[22%] lg:table-cell">Roles</Th>
            <Th className="hidden w-[30%] sm:table-cell">E-mail</Th>
            <Th className="hidden w-44 md:table-cell">Phone</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ContactRow key={row.id} row={row} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function ContactRow({ row }: { row: Party }) {
  const org = useOrg();
  const Icon = row.kind === 'company' ? Building2 : UserRound;
  return (
    <Tr className="relative">
      <Td>
        <Link
          to="/o/$org/contacts/$id"
          params={{ org: org.slug, id: row.id }}
          title={row.name}
          className="flex w-full min-w-0 items-center gap-2.5 text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <Icon aria-label={row.kind} className="size-4 shrink-0 text-ink-faint" />
          <span className="truncate">{row.name}</span>
        </Link>
        <span className="block truncate pl-6.5 text-xs text-ink-faint lg:hidden">
          {row.roles.join(', ')}
          <span className="sm:hidden">
            {row.roles.length > 0 && (row.email ?? row.phone) && ' · '}
            {row.email ?? row.phone}
          </span>
        </span>
      </Td>
      <Td className="hidden lg:table-cell" title={row.roles.join(', ')}>
        <span className="flex gap-1">
          {row.roles.slice(0, 3).map((role) => (
            <Badge key={role}>{role}</Badge>
          ))}
          {row.roles.length > 3 && <span className="text-xs text-ink-faint">+{row.roles.length - 3}</span>}
        </span>
      </Td>
      <Td className="hidden text-ink-soft sm:table-cell" title={row.email ?? undefined}>
        {row.email}
      </Td>
      <Td className="hidden text-ink-soft tabular-nums md:table-cell">{row.phone}</Td>
    </Tr>
  );
}
