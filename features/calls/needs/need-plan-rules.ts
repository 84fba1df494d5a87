import { partKeys, type Demand } from './demand-rules.ts';
import { isInstrument } from '#features/calls/instruments/instrument-rules.ts';

export interface PlannedSeat {
  id: string;
  scheduleItemId: string;
  number: number;
  resourceId: string | null;
}

export interface ExistingNeed {
  id: string;
  skill: string;
  title: string;
  kind: 'principal' | 'section';
  doubles: string[];
  everyService: boolean;
  quantity: number;
  source: 'formula' | 'hand';
  seats: PlannedSeat[];
}

export interface SeatChange {
  add: { scheduleItemId: string; number: number }[];
  remove: PlannedSeat[];
}

export interface NeedsPlan {
  add: Demand[];
  /** Those that stay as they are too: their `seats` then say nothing. */
  keep: { need: ExistingNeed; demand: Demand; seats: SeatChange }[];
  remove: ExistingNeed[];
}

/**
 * What takes the needs that are there to what a programme wants. Needs of an earlier formula are known by their part,
 * so that people keep their seats when “Flute” becomes “Flute 1”. Needs made by hand stay, unless the programme wants
 * one of the same title: then it is that one.
 */
export function planNeeds(existing: readonly ExistingNeed[], demands: readonly Demand[]): NeedsPlan {
  const known = new Map([...byTitle(existing), ...byPart(existing)]);
  const taken = new Set<string>();
  const plan: NeedsPlan = { add: [], keep: [], remove: [] };
  for (const demand of demands) {
    const need = [known.get(demand.key), known.get(`title ${demand.title}`)].find(
      (found) => found !== undefined && !taken.has(found.id),
    );
    if (!need) plan.add.push(demand);
    else {
      taken.add(need.id);
      plan.keep.push({ need, demand, seats: changeSeats(need.seats, demand.counts) });
    }
  }
  plan.remove = existing.filter(({ id, source }) => source === 'formula' && !taken.has(id));
  return plan;
}

function byPart(existing: readonly ExistingNeed[]): [string, ExistingNeed][] {
  const parts = existing.flatMap((need) =>
    need.source === 'formula' && isInstrument(need.skill) ? [{ need, instrument: need.skill, kind: need.kind }] : [],
  );
  const keys = partKeys(parts);
  return parts.map(({ need }, index) => [keys[index] ?? '', need]);
}

function byTitle(existing: readonly ExistingNeed[]): [string, ExistingNeed][] {
  return existing.filter(({ source }) => source === 'hand').map((need) => [`title ${need.title}`, need]);
}

/**
 * Seats to add and to take so that each service has as many as wanted, and the others none. Open seats go before those
 * on which somebody sits, the last before the first; new ones take the lowest numbers that are free.
 */
export function changeSeats(seats: readonly PlannedSeat[], counts: ReadonlyMap<string, number>): SeatChange {
  const services = new Set([...seats.map(({ scheduleItemId }) => scheduleItemId), ...counts.keys()]);
  const change: SeatChange = { add: [], remove: [] };
  for (const scheduleItemId of services) {
    const there = seats.filter((seat) => seat.scheduleItemId === scheduleItemId);
    const wanted = counts.get(scheduleItemId) ?? 0;
    const leaving = there.toSorted(
      (a, b) => Number(a.resourceId !== null) - Number(b.resourceId !== null) || b.number - a.number,
    );
    change.remove.push(...leaving.slice(0, Math.max(0, there.length - wanted)));
    const used = new Set(there.map(({ number }) => number));
    for (let number = 1, missing = wanted - there.length; missing > 0; number++) {
      if (used.has(number)) continue;
      change.add.push({ scheduleItemId, number });
      missing -= 1;
    }
  }
  return change;
}
