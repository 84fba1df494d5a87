import type { GroupKey } from './group-words.ts';

/** Somebody who might come onto a roster, and what is known of them. */
export interface Candidate {
  resourceId: string | null;
  partyId: string | null;
  /** Where they stood last, on whatever engagement it was. */
  last: { groupKey: GroupKey; role: string } | null;
  /** What they sit on here. */
  seats: readonly string[];
}

export interface Placed {
  resourceId: string | null;
  partyId: string | null;
  groupKey: GroupKey;
  role: string;
}

/** Those who aren't on it yet, each once: as what they sit here, else as what they were last. */
export function placedFrom(candidates: readonly Candidate[], there: readonly Pick<Placed, 'resourceId' | 'partyId'>[]) {
  const known = new Set(there.map(keyOf));
  const placed: Placed[] = [];
  for (const { resourceId, partyId, last, seats } of candidates) {
    const key = keyOf({ resourceId, partyId });
    if (known.has(key)) continue;
    known.add(key);
    const role = [...new Set(seats)].join(', ') || (last?.role ?? '');
    placed.push({ resourceId, partyId, groupKey: last?.groupKey ?? 'b', role: role.slice(0, 120).trim() });
  }
  return placed;
}

function keyOf({ resourceId, partyId }: Pick<Placed, 'resourceId' | 'partyId'>): string {
  return resourceId ?? `contact ${partyId}`;
}

/** Whether somebody counts as being there. */
export function isSure(standing: string): boolean {
  return standing === 'booked' || standing === 'confirmed';
}
