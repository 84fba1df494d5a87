import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Printer, TicketCheck } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { DoorGuest } from '../contract.ts';
import { placesOf } from '../rules.ts';
import { DoorRow } from './door-row.tsx';
import { doorQuery } from './guest-queries.ts';

/** The list at the door: found by a few letters, counted by a thumb, the same at every door. */
export function DoorPage() {
  const org = useOrg();
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch, isPending } = useQuery(doorQuery(org.slug, id));
  const [q, setQ] = useState('');
  const [shown, setShown] = useState<'all' | 'waiting'>('all');
  usePageTitle(data ? `Door: ${data.title}` : 'Door');
  const guests = data?.guests ?? [];
  const rows = guests.filter(
    (guest) => matches(guest, q) && (shown === 'all' || guest.arrived < placesOf(guest) || q !== ''),
  );
  const places = guests.reduce((sum, guest) => sum + placesOf(guest), 0);
  const inside = guests.reduce((sum, guest) => sum + guest.arrived, 0);
  return (
    <div className="mx-auto w-full max-w-2xl">
      <header className="sticky top-12 z-20 border-b border-line bg-canvas px-4 pt-3 pb-3 lg:top-0 print:static print:border-0">
        <div className="flex items-center gap-2">
          <Button asChild variant="ghost" size="icon" className="print:hidden">
            <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id }} aria-label="Back" title="Back">
              <ArrowLeft aria-hidden />
            </Link>
          </Button>
          <h1 className="min-w-0 flex-1 truncate text-lg font-semibold tracking-tight" title={data?.title}>
            {data?.title ?? 'Door'}
          </h1>
          <p className="text-right text-sm tabular-nums" role="status">
            <strong className="text-lg font-semibold">{inside}</strong>
            <span className="text-ink-soft"> of {places} in</span>
          </p>
          <IconButton label="Print" className="hidden sm:inline-flex print:hidden" onClick={() => window.print()}>
            <Printer aria-hidden />
          </IconButton>
        </div>
        <div className="mt-2 flex gap-2 print:hidden">
          <SearchInput
            label="Find a name"
            value={q}
            onValue={setQ}
            autoComplete="off"
            className="min-w-0 flex-1 [&_input]:h-11 [&_input]:text-base"
          />
          <Segmented
            label="Show"
            value={shown}
            onValue={setShown}
            options={[
              { value: 'all', label: 'All' },
              { value: 'waiting', label: 'To come' },
            ]}
            className="h-11"
          />
        </div>
      </header>
      {isPending && <SkeletonRows />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {data && guests.length === 0 && (
        <EmptyState icon={TicketCheck} title="Nobody is on the list">
          Guests stand here once they are approved.
        </EmptyState>
      )}
      {guests.length > 0 && rows.length === 0 && (
        <p className="px-4 py-10 text-center text-sm text-ink-soft">
          {q ? `Nobody here is called “${q}”.` : 'Everybody is in.'}
        </p>
      )}
      <ul aria-label="Guests" className="pb-10">
        {rows.map((guest, index) => (
          <DoorRow key={guest.id} guest={guest} letter={letterAt(rows, index)} />
        ))}
      </ul>
    </div>
  );
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLocaleLowerCase();
}

/** Each word that is typed begins a part of the name; accents don’t matter. */
function matches({ firstName, lastName }: DoorGuest, q: string): boolean {
  const parts = folded(`${firstName} ${lastName}`).split(/[\s-]+/);
  return folded(q)
    .split(/[\s,]+/)
    .filter(Boolean)
    .every((word) => parts.some((part) => part.startsWith(word)));
}

function initial({ lastName }: DoorGuest): string {
  return folded(lastName).charAt(0).toLocaleUpperCase();
}

/** The letter that begins at this row; null within one. */
function letterAt(rows: readonly DoorGuest[], index: number): string | null {
  const [row, before] = [rows[index], rows[index - 1]];
  if (!row) return null;
  return before && initial(before) === initial(row) ? null : initial(row);
}
