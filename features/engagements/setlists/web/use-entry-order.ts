import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { placeAfter } from '#platform/ui/sortable.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { SetlistEntry, SetlistSet } from '../contract.ts';
import { setlistTables, setlistsApi } from './setlist-queries.ts';

interface Setlist {
  sets: readonly SetlistSet[];
  entries: readonly SetlistEntry[];
}

interface Move {
  id: string;
  setId: string;
  after: string | null;
}

const zone = 'set:';

/** Entries in order over all sets; one that is moved lies there at once. */
export function useEntryOrder(setlist: Setlist | undefined) {
  const org = useOrg();
  const toast = useToast();
  // Until the moved setlist has come back.
  const [moved, setMoved] = useState<{ of: Setlist; move: Move } | null>(null);
  const send = useChange(org.slug, setlistTables, ({ id, setId, after }: Move, call) =>
    setlistsApi.moveEntry({ org: org.slug, params: { id }, body: { setId, after } }, call),
  );
  const entries = !setlist ? [] : moved?.of === setlist ? reordered(setlist.entries, moved.move) : setlist.entries;
  const drop = (id: string, over: string) => {
    const setId = over.startsWith(zone) ? over.slice(zone.length) : entries.find((one) => one.id === over)?.setId;
    if (!setlist || !setId) return;
    const ids = entries.filter((one) => one.setId === setId).map((one) => one.id);
    const move = { id, setId, after: over.startsWith(zone) ? null : placeAfter(ids, id, over) };
    setMoved({ of: setlist, move });
    send.mutate(move, {
      onError: (error) => {
        setMoved(null);
        toast({ tone: 'danger', title: 'It was not moved', detail: errorText(error) });
      },
    });
  };
  return {
    entries,
    drop,
    nameOf: (id: string) =>
      entries.find((one) => one.id === id)?.name ??
      setlist?.sets.find((one) => id === `${zone}${one.id}`)?.name ??
      'The entry',
    /** What an empty set is called as a place to drop on. */
    zoneOf: (setId: string) => `${zone}${setId}`,
  };
}

function reordered(entries: readonly SetlistEntry[], { id, setId, after }: Move): SetlistEntry[] {
  const moved = entries.filter((one) => one.id === id).map((one) => ({ ...one, setId }));
  const rest = entries.filter((one) => one.id !== id);
  const at =
    after === null ? rest.findIndex((one) => one.setId === setId) : rest.findIndex((one) => one.id === after) + 1;
  return at < 0 ? [...rest, ...moved] : [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}
