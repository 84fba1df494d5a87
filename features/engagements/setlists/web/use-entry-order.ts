import { placeAfter } from '#platform/ui/sortable.tsx';
import { useOrder } from '#features/engagements/web/use-order.ts';
import type { SetlistEntry, SetlistSet } from '../contract.ts';
import { setlistTables, setlistsApi } from './setlist-queries.ts';

interface Setlist {
  sets: readonly SetlistSet[];
  entries: readonly SetlistEntry[];
}

const zone = 'set:';

/** Entries in order over all sets; one that is moved lies there at once. */
export function useEntryOrder(setlist: Setlist | undefined) {
  const { rows: entries, move } = useOrder(setlist?.entries ?? [], setlistTables, setlistsApi.moveEntry);
  const drop = (id: string, over: string) => {
    const setId = over.startsWith(zone) ? over.slice(zone.length) : entries.find((one) => one.id === over)?.setId;
    if (!setId) return;
    const ids = entries.filter((one) => one.setId === setId).map((one) => one.id);
    move(id, { setId, after: over.startsWith(zone) ? null : placeAfter(ids, id, over) }, { setId });
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
