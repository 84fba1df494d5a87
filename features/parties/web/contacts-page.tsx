import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Building2, Contact, Plus, UserRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import type { Party } from '../contract.ts';
import { PartyPanel } from './party-panel.tsx';
import { partyListQuery } from './party-queries.ts';

/** People and companies one deals with. */
export function ContactsPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/contacts' });
  const q = useSettled(search.q);
  const [open, setOpen] = useState<Party | 'new' | null>(null);
  const list = useInfiniteQuery(partyListQuery(org.slug, q));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const word = org.words.party;
  const add = org.can('parties.write') && (
    <Button variant="primary" onClick={() => setOpen('new')}>
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
      {rows.length > 0 && <ContactTable rows={rows} onOpen={setOpen} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Contact}
          title={q ? `No ${word.one} is called that` : `No ${word.many} yet`}
          actions={!q && add}
        >
          {q
            ? 'Look for another part of the name.'
            : `People and companies you deal with: who asks, who pays, who represents whom. Add them to ${org.words.engagement.many} in their role.`}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <PartyPanel party={open === 'new' ? null : open} open={open !== null} onClose={() => setOpen(null)} />
    </>
  );
}

function ContactTable({ rows, onOpen }: { rows: readonly Party[]; onOpen: (party: Party) => void }) {
  const org = useOrg();
  return (
    <div className="border-t border-line bg-surface">
      <Table label={org.words.party.many}>
        <thead className="sr-only sm:not-sr-only">
          <tr>
            <Th>Name</Th>
            <Th className="hidden w-[36%] sm:table-cell">E-mail</Th>
            <Th className="hidden w-44 md:table-cell">Phone</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const Icon = row.kind === 'company' ? Building2 : UserRound;
            return (
              <Tr key={row.id} className="relative">
                <Td>
                  <button
                    type="button"
                    onClick={() => onOpen(row)}
                    title={row.name}
                    className="flex w-full min-w-0 items-center gap-2.5 text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                  >
                    <Icon aria-label={row.kind} className="size-4 shrink-0 text-ink-faint" />
                    <span className="truncate">{row.name}</span>
                  </button>
                  <span className="block truncate pl-6.5 text-xs text-ink-faint sm:hidden">
                    {row.email ?? row.phone}
                  </span>
                </Td>
                <Td className="hidden text-ink-soft sm:table-cell" title={row.email ?? undefined}>
                  {row.email}
                </Td>
                <Td className="hidden text-ink-soft tabular-nums md:table-cell">{row.phone}</Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}
