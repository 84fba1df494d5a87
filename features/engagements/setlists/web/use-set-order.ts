import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { SetlistSet } from '../contract.ts';
import { setlistTables, setlistsApi } from './setlist-queries.ts';

export interface SetOrder {
  sets: readonly SetlistSet[];
  /** Puts one from its place to another, both counted from 0. */
  move: (from: number, to: number) => void;
}

/** The sets of an engagement in order; one that is moved stands there at once. */
export function useSetOrder(known: readonly SetlistSet[] = []): SetOrder {
  const org = useOrg();
  const toast = useToast();
  // Until the moved sets have come back.
  const [moved, setMoved] = useState<{ of: readonly SetlistSet[]; sets: SetlistSet[] } | null>(null);
  const send = useChange(org.slug, setlistTables, ({ id, after }: { id: string; after: string | null }, call) =>
    setlistsApi.moveSet({ org: org.slug, params: { id }, body: { after } }, call),
  );
  const sets = moved?.of === known ? moved.sets : known;
  return {
    sets,
    move(from, to) {
      const set = sets[from];
      if (!set || from === to) return;
      const next = sets.toSpliced(from, 1).toSpliced(to, 0, set);
      setMoved({ of: known, sets: next });
      send.mutate(
        { id: set.id, after: next[to - 1]?.id ?? null },
        {
          onError: (error) => {
            setMoved(null);
            toast({ tone: 'danger', title: `${set.name} was not moved`, detail: errorText(error) });
          },
        },
      );
    },
  };
}
