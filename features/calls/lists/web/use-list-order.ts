import { useRef, useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { moved } from '#platform/ui/moved.ts';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople, RankedEntry } from '../contract.ts';
import { listsApi } from './list-queries.ts';
import { useListChange } from './use-list-change.ts';

/**
 * The order as it is on the screen, which is ahead of the server's while it is being saved. One order is saved after
 * the other, each with the version that the one before has made.
 */
export function useListOrder(list: ListWithPeople): {
  entries: RankedEntry[];
  move: (from: number, to: number) => void;
} {
  const org = useOrg();
  const toast = useToast();
  const [ahead, setAhead] = useState<string[] | null>(null);
  const saving = useRef<Promise<ListWithPeople> | null>(null);
  const save = useListChange(list.id, (body: { version: number; resourceIds: string[] }, call) =>
    listsApi.order({ org: org.slug, params: { id: list.id }, body }, call),
  );
  const entries = ahead ? inOrder(list.entries, ahead) : list.entries;

  const move = (from: number, to: number) => {
    const resourceIds = moved(entries, from, to).map(({ resourceId }) => resourceId);
    setAhead(resourceIds);
    const before = saving.current ?? Promise.resolve(list);
    const mine = before.then(({ version }) => save.mutateAsync({ version, resourceIds }));
    saving.current = mine;
    mine
      .catch((error: unknown) => {
        // Those behind one that failed fail with it: the last of them says so.
        if (saving.current !== mine) return;
        const clash = error instanceof ApiError && error.code === 'version_conflict';
        toast({
          tone: 'danger',
          title: clash ? 'Somebody else changed this list' : 'The order was not saved',
          detail: clash ? 'It is shown as it is now. Move them again if that is still right.' : errorText(error),
        });
      })
      .finally(() => {
        if (saving.current !== mine) return;
        saving.current = null;
        setAhead(null);
      });
  };
  return { entries, move };
}

/** Somebody who came meanwhile stands last until the server says where. */
function inOrder(entries: readonly RankedEntry[], ids: readonly string[]): RankedEntry[] {
  const placeOf = new Map(ids.map((id, index) => [id, index]));
  const last = ids.length;
  return entries
    .toSorted((a, b) => (placeOf.get(a.resourceId) ?? last) - (placeOf.get(b.resourceId) ?? last))
    .map((entry, index) => ({ ...entry, place: index + 1 }));
}
