import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';

/** A show's night belongs to its day: what begins before this by the clock of its place counts to the day before. */
const dayBegins = '04:00';

/** The show day (YYYY-MM-DD) of an instant, by the clock of a zone. */
export function showDay(instant: string, zone: string): string {
  const { date, time } = toWallClock(instant, zone);
  return time < dayBegins ? addDays(date, -1) : date;
}

/** From when until when a show day lasts, as instants: 23 or 25 hours where the clocks change. */
export function daySpan(day: string, zone: string, begins = dayBegins): { startsAt: string; endsAt: string } {
  const begin = (date: string) => {
    const instant = fromWallClock({ date, time: begins }, zone);
    if (!instant) throw new RangeError(`${date} is no date.`);
    return instant;
  };
  return { startsAt: begin(day), endsAt: begin(addDays(day, 1)) };
}

export interface Spent {
  startsAt: string;
  endsAt: string;
  /** Whose clock counts. */
  zone: string;
}

/** Whether something takes place on a show day, begun on it or before. */
export function isOn(day: string, { startsAt, endsAt, zone }: Spent): boolean {
  const span = daySpan(day, zone);
  return startsAt < span.endsAt && endsAt > span.startsAt;
}

/** The same for a booking: one from midnight means whole days of the calendar. */
export function isBookedOn(day: string, booking: Spent): boolean {
  const { startsAt, endsAt, zone } = booking;
  if (toWallClock(startsAt, zone).time !== midnight) return isOn(day, booking);
  const span = daySpan(day, zone, midnight);
  return startsAt < span.endsAt && endsAt > span.startsAt;
}

const midnight = '00:00';

/** The days that have something to tell, in order: those of items, and those of the calendar on which bookings begin. */
export function showDays(
  items: readonly Omit<Spent, 'endsAt'>[],
  bookings: readonly Omit<Spent, 'endsAt'>[],
): string[] {
  const days = [
    ...items.map(({ startsAt, zone }) => showDay(startsAt, zone)),
    ...bookings.map(({ startsAt, zone }) => toWallClock(startsAt, zone).date),
  ];
  return [...new Set(days)].toSorted();
}
