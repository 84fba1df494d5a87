import { placeAfter } from '#platform/ui/sortable.tsx';
import { useOrder } from '#features/engagements/web/use-order.ts';
import type { RosterEntry } from '../contract.ts';
import { groupKeys, type GroupKey } from '../group-words.ts';
import { peopleApi, peopleTables } from './people-queries.ts';

const zone = 'group:';

/** People in order over all groups; one who is moved stands there at once. */
export function usePeopleOrder(entries: readonly RosterEntry[]) {
  const { rows: items, move } = useOrder(entries, peopleTables, peopleApi.move, 'The order stays as it was');
  const groupOf = (over: string) =>
    groupKeys.find((key) => over === zone + key) ?? items.find(({ id }) => id === over)?.groupKey;
  const drop = (id: string, over: string) => {
    const groupKey = groupOf(over);
    if (!groupKey) return;
    const ids = items.filter((one) => one.groupKey === groupKey).map((one) => one.id);
    move(id, { groupKey, after: over.startsWith(zone) ? null : placeAfter(ids, id, over) }, { groupKey });
  };
  return {
    items,
    drop,
    nameOf: (id: string) => items.find((one) => one.id === id)?.name ?? 'The group',
    /** What an empty group is called as a place to drop on. */
    zoneOf: (key: GroupKey) => zone + key,
  };
}
