import { addDays, fromWallClock } from '#platform/time/wall-clock.ts';
import type { TemplateItem } from './template-fields.ts';

/** Before this it is the night of the day before, as `dayOf` counts. */
const dayBegins = '04:00';

/** When an item of a template takes place, where it is applied to a day (YYYY-MM-DD) by the clock of a zone. */
export function timesOn(
  { day, from, until }: Pick<TemplateItem, 'day' | 'from' | 'until'>,
  chosen: string,
  zone: string,
): { startsAt: string; endsAt: string } {
  const first = addDays(chosen, day + (from < dayBegins ? 1 : 0));
  const last = until > from ? first : addDays(first, 1);
  const [startsAt, endsAt] = [instantOf(first, from, zone), instantOf(last, until, zone)];
  // In the hour that a clock skips nothing may be left of a short one: then it keeps its length.
  return startsAt < endsAt
    ? { startsAt, endsAt }
    : { startsAt, endsAt: new Date(Date.parse(startsAt) + minutesOf(from, until) * 60_000).toISOString() };
}

/** How long it is by the clock, in minutes. */
export function minutesOf(from: string, until: string): number {
  const length = clockMinutes(until) - clockMinutes(from);
  return length > 0 ? length : length + 1_440;
}

function clockMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function instantOf(date: string, time: string, zone: string): string {
  const instant = fromWallClock({ date, time }, zone);
  if (!instant) throw new RangeError(`${date} ${time} is no time.`);
  return instant;
}
