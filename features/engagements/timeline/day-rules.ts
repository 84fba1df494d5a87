import { Temporal } from 'temporal-polyfill';
import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';

/** A stretch of time as a schedule keeps it: ISO instants, and the zone in which people read them. */
export interface Stretch {
  startsAt: string;
  endsAt: string;
  zone: string;
}

/** Until then a night still belongs to the day before: a set at 00:30 is Friday's, as everybody there would say. */
const dayBegins = '04:00';

/** The day on which people look for it: YYYY-MM-DD by the clock of its place. */
export function dayOf({ startsAt, zone }: Pick<Stretch, 'startsAt' | 'zone'>): string {
  const { date, time } = toWallClock(startsAt, zone);
  return time < dayBegins ? addDays(date, -1) : date;
}

/** Whether an item is on none of its engagement's days. A load-in before the doors is no cause to look twice. */
export function isOutside(
  item: Pick<Stretch, 'startsAt' | 'zone'>,
  engagement: Pick<Stretch, 'startsAt' | 'endsAt'>,
): boolean {
  const day = dayOf(item);
  const there = (startsAt: string) => dayOf({ startsAt, zone: item.zone });
  return day < there(engagement.startsAt) || day > there(engagement.endsAt);
}

/** The same by the clock of its place, on another day: a rehearsal at ten stays at ten when the clocks change. */
export function onDay(stretch: Stretch, day: string): { startsAt: string; endsAt: string } {
  const days = Temporal.PlainDate.from(dayOf(stretch)).until(Temporal.PlainDate.from(day)).days;
  const moved = (instant: string) => {
    const { date, time } = toWallClock(instant, stretch.zone);
    return fromWallClock({ date: addDays(date, days), time }, stretch.zone) ?? instant;
  };
  const [startsAt, endsAt] = [moved(stretch.startsAt), moved(stretch.endsAt)];
  // Where the clocks go forward in between, nothing may be left of a short one: then it keeps its length.
  return startsAt < endsAt ? { startsAt, endsAt } : { startsAt, endsAt: laterBy(startsAt, lengthOf(stretch)) };
}

/** @param minutes earlier when negative */
export function shifted<S extends Pick<Stretch, 'startsAt' | 'endsAt'>>(stretch: S, minutes: number): S {
  return {
    ...stretch,
    startsAt: laterBy(stretch.startsAt, minutes * 60_000),
    endsAt: laterBy(stretch.endsAt, minutes * 60_000),
  };
}

function laterBy(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

function lengthOf({ startsAt, endsAt }: Pick<Stretch, 'startsAt' | 'endsAt'>): number {
  return Date.parse(endsAt) - Date.parse(startsAt);
}

/** What moves when something is late: the item and all that begins with it or after it, of its day or to the end. */
export function movedWith<I extends Stretch & { id: string }>(
  items: readonly I[],
  first: I,
  until: 'day' | 'end',
): I[] {
  const day = dayOf(first);
  return items.filter(
    (item) => item.id === first.id || (item.startsAt >= first.startsAt && (until === 'end' || dayOf(item) === day)),
  );
}
