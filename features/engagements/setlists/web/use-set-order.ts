import { useOrder } from '#features/engagements/web/use-order.ts';
import type { SetlistSet } from '../contract.ts';
import { setlistTables, setlistsApi } from './setlist-queries.ts';

export interface SetOrder {
  sets: readonly SetlistSet[];
  /** Puts one from its place to another, both counted from 0. */
  move: (from: number, to: number) => void;
}

const none: readonly SetlistSet[] = [];

/** The sets of an engagement in order; one that is moved stands there at once. */
export function useSetOrder(known = none): SetOrder {
  const { rows: sets, move } = useOrder(known, setlistTables, setlistsApi.moveSet);
  return {
    sets,
    move(from, to) {
      const set = sets[from];
      if (set && from !== to) move(set.id, { after: sets.toSpliced(from, 1)[to - 1]?.id ?? null });
    },
  };
}
