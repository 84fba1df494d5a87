import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { placeAfter } from '#platform/ui/sortable.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { RosterEntry } from '../contract.ts';
import { groupKeys, type GroupKey } from '../group-words.ts';
import { peopleApi, peopleTables } from './people-queries.ts';

interface Move {
  id: string;
  groupKey: GroupKey;
  after: string | null;
}

const zone = 'group:';

/** People in order over all groups; one who is moved stands there at once. */
export function usePeopleOrder(entries: readonly RosterEntry[] | undefined) {
  const org = useOrg();
  const toast = useToast();
  // Until the moved roster has come back.
  const [moved, setMoved] = useState<{ of: readonly RosterEntry[]; move: Move } | null>(null);
  const send = useChange(org.slug, peopleTables, ({ id, ...body }: Move, call) =>
    peopleApi.move({ org: org.slug, params: { id }, body }, call),
  );
  const items = !entries ? [] : moved?.of === entries ? reordered(entries, moved.move) : entries;
  const groupOf = (over: string) =>
    groupKeys.find((key) => over === zone + key) ?? items.find(({ id }) => id === over)?.groupKey;
  const drop = (id: string, over: string) => {
    const groupKey = groupOf(over);
    if (!entries || !groupKey) return;
    const ids = items.filter((one) => one.groupKey === groupKey).map((one) => one.id);
    const move = { id, groupKey, after: over.startsWith(zone) ? null : placeAfter(ids, id, over) };
    setMoved({ of: entries, move });
    send.mutate(move, {
      onError: (error) => {
        setMoved(null);
        toast({ tone: 'danger', title: 'The order stays as it was', detail: errorText(error) });
      },
    });
  };
  return {
    items,
    drop,
    nameOf: (id: string) => items.find((one) => one.id === id)?.name ?? 'The group',
    /** What an empty group is called as a place to drop on. */
    zoneOf: (key: GroupKey) => zone + key,
  };
}

function reordered(entries: readonly RosterEntry[], { id, groupKey, after }: Move): RosterEntry[] {
  const moved = entries.filter((one) => one.id === id).map((one) => ({ ...one, groupKey }));
  const rest = entries.filter((one) => one.id !== id);
  const at =
    after === null ? rest.findIndex((one) => one.groupKey === groupKey) : rest.findIndex((one) => one.id === after) + 1;
  return at < 0 ? [...rest, ...moved] : [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}
