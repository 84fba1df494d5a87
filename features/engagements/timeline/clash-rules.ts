import { withinHours } from '#features/scheduling/availability/rules.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { dayOf } from './day-rules.ts';

/** A stretch of time of somebody or something: ISO instants, and whose clock people read. */
interface Time {
  startsAt: string;
  endsAt: string;
  zone: string;
}

/** An item as planned, whether saved or not. */
export interface PlannedItem extends Time {
  id: string;
  name: string;
  placeId: string | null;
  /** Who is wanted by a seat, by name or by group. */
  called: readonly string[];
  /** Everybody who works then: those called, and all where it is for all. */
  working: readonly string[];
}

/** What else takes somebody's or a place's time. */
export interface Elsewhere extends Time {
  /** Of the person or the place. */
  of: string;
  /** “Gala”. */
  title: string;
}

export interface PlannedPlace {
  id: string;
  name: string;
  zone: string;
  hours: Parameters<typeof withinHours>[0];
  away: readonly { startsAt: string; endsAt: string; reason: string }[];
}

export interface Plan {
  items: readonly PlannedItem[];
  names: ReadonlyMap<string, string>;
  elsewhere: readonly Elsewhere[];
  places: readonly PlannedPlace[];
  restMinutes: number;
}

export const clashKinds = ['twice', 'rest', 'place', 'hours'] as const;

export interface Clash {
  kind: (typeof clashKinds)[number];
  /** Those that it is about. */
  itemIds: string[];
  message: string;
}

/** What doesn't fit, in plain words. Advice: nothing here stops anybody. */
export function clashes(plan: Plan): Clash[] {
  return [...atTwo(plan), ...bookedElsewhere(plan), ...tooLittleRest(plan), ...placeTaken(plan), ...placeClosed(plan)];
}

/** Of what is for everybody people go in and out, as from doors to a set: only who is wanted by name or group counts. */
function atTwo({ items, names }: Plan): Clash[] {
  const sorted = items
    .filter(({ called }) => called.length > 0)
    .toSorted(byStart)
    .map((item) => ({ ...item, calls: new Set(item.called) }));
  return sorted.flatMap((first, index) => {
    const found: Clash[] = [];
    for (const second of sorted.slice(index + 1)) {
      if (second.startsAt >= first.endsAt) break;
      const both = first.called.filter((person) => second.calls.has(person));
      if (both.length === 0) continue;
      const message = `${people(both, names)} ${is(both)} wanted at ${first.name} and ${second.name} at the same time.`;
      found.push({ kind: 'twice', itemIds: [first.id, second.id], message });
    }
    return found;
  });
}

function bookedElsewhere({ items, names, elsewhere }: Plan): Clash[] {
  return items.flatMap((item) => {
    const calls = new Set(item.called);
    const met = elsewhere.filter((one) => overlap(item, one) && calls.has(one.of));
    return [...Map.groupBy(met, ({ title }) => title)].map(([title, those]) => {
      const who = [...new Set(those.map(({ of }) => of))];
      const message = `${people(who, names)} ${is(who)} at ${title} at the time of ${item.name}.`;
      return { kind: 'twice' as const, itemIds: [item.id], message };
    });
  });
}

interface Work extends Time {
  itemId: string | null;
  name: string;
  /** As people count days: see `dayOf`. */
  day: string;
}

/** So long or longer is a booking of days, which says nothing of work and rest. */
const wholeDay = 20 * 3_600_000;

function tooLittleRest(plan: Plan): Clash[] {
  const { names, restMinutes } = plan;
  const pairs = new Map<string, { last: Work; first: Work; who: string[] }>();
  for (const { work, who } of workdays(plan)) {
    for (const [last, first] of nights(work)) {
      if (rest(last, first) >= restMinutes * 60_000) continue;
      if (last.itemId === null && first.itemId === null) continue;
      const key = JSON.stringify([last.itemId, last.name, first.itemId, first.name]);
      const pair = pairs.get(key) ?? { last, first, who: [] };
      pair.who.push(...who);
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].map(({ last, first, who }) => ({
    kind: 'rest' as const,
    itemIds: [last, first].flatMap(({ itemId }) => itemId ?? []),
    message:
      `${people(who, names)} ${who.length === 1 ? 'has' : 'have'} ${duration(rest(last, first))} ` +
      `between ${last.name}, which ends at ${clockTime(last.endsAt, last.zone)}, and ${first.name}; ${duration(restMinutes * 60_000)} of rest are wanted.`,
  }));
}

/** What people work. Most of a roster work the same: they are judged once, together. */
function workdays({ items, elsewhere }: Plan): { work: readonly Work[]; who: string[] }[] {
  const workOf = new Map<string, Work[]>();
  const note = (person: string, work: Work) => {
    const known = workOf.get(person);
    if (known) known.push(work);
    else workOf.set(person, [work]);
  };
  for (const item of items) {
    const { startsAt, endsAt, zone, name } = item;
    const work = { startsAt, endsAt, zone, name, itemId: item.id, day: dayOf(item) };
    for (const person of item.working) note(person, work);
  }
  for (const one of elsewhere)
    if (workOf.has(one.of) && length(one) < wholeDay)
      note(one.of, { ...one, name: one.title, itemId: null, day: dayOf(one) });
  const same = Map.groupBy(workOf, ([, work]) =>
    work.map(({ itemId, name, startsAt }) => itemId ?? `${name} ${startsAt}`).join('\n'),
  );
  return [...same.values()].flatMap((those) => {
    const [first] = those;
    return first ? [{ work: first[1], who: those.map(([person]) => person) }] : [];
  });
}

/** What ends last on each day that somebody works, with what begins first on their next one. */
function nights(work: readonly Work[]): [Work, Work][] {
  const days = [...Map.groupBy(work, ({ day }) => day)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([, list]) => list);
  return days.flatMap((list, index) => {
    const [last] = list.toSorted((a, b) => b.endsAt.localeCompare(a.endsAt));
    const [first] = days[index + 1]?.toSorted(byStart) ?? [];
    return last && first && last.endsAt <= first.startsAt ? [[last, first] as [Work, Work]] : [];
  });
}

function rest(last: Work, first: Work): number {
  return length({ startsAt: last.endsAt, endsAt: first.startsAt });
}

function placeTaken({ items, places, elsewhere }: Plan): Clash[] {
  return items.flatMap((item) => {
    const place = places.find(({ id }) => id === item.placeId);
    const [taken] = elsewhere.filter((one) => one.of === item.placeId && overlap(item, one)).toSorted(byStart);
    if (!place || !taken) return [];
    const span = `${clockTime(taken.startsAt, place.zone)}–${clockTime(taken.endsAt, place.zone)}`;
    const message = `${place.name} is taken at the time of ${item.name}: ${taken.title}, ${span}.`;
    return [{ kind: 'place' as const, itemIds: [item.id], message }];
  });
}

function placeClosed({ items, places }: Plan): Clash[] {
  return items.flatMap((item) => {
    const place = places.find(({ id }) => id === item.placeId);
    if (!place) return [];
    const off = place.away.find((one) => overlap(item, one));
    const closed = off && `${place.name} is closed at the time of ${item.name}${off.reason ? `: ${off.reason}` : ''}.`;
    const outside =
      !withinHours(place.hours, Date.parse(item.startsAt), Date.parse(item.endsAt), place.zone) &&
      `${item.name} reaches outside of the hours of ${place.name}.`;
    return [closed, outside].flatMap((message) =>
      message ? [{ kind: 'hours' as const, itemIds: [item.id], message }] : [],
    );
  });
}

function byStart(a: { startsAt: string }, b: { startsAt: string }): number {
  return a.startsAt.localeCompare(b.startsAt);
}

function overlap(a: Omit<Time, 'zone'>, b: Omit<Time, 'zone'>): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

function length({ startsAt, endsAt }: Omit<Time, 'zone'>): number {
  return Date.parse(endsAt) - Date.parse(startsAt);
}

function is(who: readonly string[]): string {
  return who.length === 1 ? 'is' : 'are';
}

/** “Ann, Ben and 3 more” */
function people(who: readonly string[], names: ReadonlyMap<string, string>): string {
  const all = who.map((one) => names.get(one) ?? 'Somebody').toSorted((a, b) => a.localeCompare(b));
  const shown = all.length > 3 ? all.slice(0, 2) : all;
  const more = all.length - shown.length;
  const words = more > 0 ? [...shown, `${more} more`] : shown;
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

/** “8 hours 30 minutes” */
function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const count = (value: number, word: string) => `${value} ${word}${value === 1 ? '' : 's'}`;
  const [hours, over] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return count(over, 'minute');
  return over === 0 ? count(hours, 'hour') : `${count(hours, 'hour')} ${count(over, 'minute')}`;
}

function clockTime(instant: string, zone: string): string {
  return toWallClock(instant, zone).time;
}
