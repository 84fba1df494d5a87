import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Guest, GuestState } from '../contract.ts';
import { listName } from '../rules.ts';
import { guestTables, guestsApi } from './guest-queries.ts';
import { passWords, stateWords } from './guest-words.ts';

type Shown = GuestState | 'all';

/** Guests by surname; those who are asked for are decided here. */
export function GuestRows({ guests, onOpen }: { guests: readonly Guest[]; onOpen: (guest: Guest) => void }) {
  const org = useOrg();
  const [q, setQ] = useState('');
  const [state, setState] = useState<Shown>('all');
  const decide = useDecision();
  const needle = q.trim().toLocaleLowerCase();
  const rows = guests.filter(
    (each) =>
      (state === 'all' || each.state === state) &&
      (!needle || `${each.firstName} ${listName(each)} ${each.note}`.toLocaleLowerCase().includes(needle)),
  );
  const asked = rows.filter((each) => each.state === 'requested').map(({ id }) => id);
  if (guests.length === 0) return <p className="py-6 text-center text-sm text-ink-faint">Nobody is on the list yet.</p>;
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchInput label="Search guests" value={q} onValue={setQ} className="w-full sm:w-60" />
        <Segmented
          label="State"
          value={state}
          onValue={setState}
          options={[
            { value: 'all', label: 'All' },
            { value: 'requested', label: 'Asked for' },
            { value: 'approved', label: 'Approved' },
            { value: 'declined', label: 'Declined' },
          ]}
        />
        {org.can('guests.approve') && asked.length > 1 && (
          <Button size="sm" busy={decide.busy} onClick={() => decide.run(asked, 'approved')} className="ml-auto">
            Approve all {asked.length}
          </Button>
        )}
      </div>
      {rows.length === 0 && <p className="py-6 text-center text-sm text-ink-faint">Nobody fits.</p>}
      {rows.length > 0 && (
        <CardList label="Guests">
          {rows.map((guest) => (
            <GuestRow
              key={guest.id}
              guest={guest}
              busy={decide.busy}
              onDecide={decide.run}
              onOpen={() => onOpen(guest)}
            />
          ))}
        </CardList>
      )}
    </>
  );
}

interface GuestRowProps {
  guest: Guest;
  busy: boolean;
  onDecide: (ids: string[], state: GuestState) => void;
  onOpen: () => void;
}

function GuestRow({ guest, busy, onDecide, onOpen }: GuestRowProps) {
  const org = useOrg();
  const decides = org.can('guests.approve') && guest.state === 'requested';
  const name = listName(guest);
  return (
    <li className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm hover:bg-hover/50 sm:px-4">
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex min-w-0 items-baseline gap-1.5">
          <button
            type="button"
            onClick={onOpen}
            title={name}
            className="min-w-0 truncate text-left font-medium after:absolute after:inset-0"
          >
            {name}
          </button>
          {guest.plus > 0 && <span className="shrink-0 font-medium tabular-nums">+{guest.plus}</span>}
        </p>
        <p className="truncate text-xs text-ink-faint" title={guest.note || undefined}>
          {[guest.allotmentName, `by ${guest.requestedByName}`, guest.note].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        {guest.twice && <Badge tone="danger">Twice?</Badge>}
        {guest.passType !== 'guest' && <Badge tone="accent">{passWords[guest.passType]}</Badge>}
        {guest.arrived > 0 ? (
          <Badge tone="good">{guest.plus > 0 ? `${guest.arrived} of ${guest.plus + 1} in` : 'In'}</Badge>
        ) : (
          !decides && <Badge tone={stateWords[guest.state].tone}>{stateWords[guest.state].label}</Badge>
        )}
      </div>
      {decides && (
        <div className="relative z-10 flex gap-1.5">
          <Button
            size="sm"
            aria-disabled={busy}
            aria-label={`Decline ${name}`}
            onClick={() => onDecide([guest.id], 'declined')}
          >
            Decline
          </Button>
          <Button
            size="sm"
            variant="primary"
            aria-disabled={busy}
            aria-label={`Approve ${name}`}
            onClick={() => onDecide([guest.id], 'approved')}
          >
            Approve
          </Button>
        </div>
      )}
    </li>
  );
}

/** Approving and declining; what stands in the way is told. */
export function useDecision() {
  const org = useOrg();
  const toast = useToast();
  const decide = useChange(org.slug, guestTables, (body: { ids: string[]; state: GuestState }, call) =>
    guestsApi.decide({ org: org.slug, body }, call),
  );
  return {
    busy: decide.isPending,
    run: (ids: string[], state: GuestState) =>
      decide.mutate(
        { ids, state },
        {
          onError: (error) => toast({ tone: 'danger', title: 'Nothing was decided', detail: errorText(error) }),
        },
      ),
  };
}
