import { Temporal } from 'temporal-polyfill';

/** What a clock on the wall of a place shows: `date` is YYYY-MM-DD, `time` is HH:MM. */
export interface WallClock {
  date: string;
  time: string;
}

/** The wall clock of `zone` (IANA) at an instant (RFC 3339). */
export function toWallClock(instant: string, zone: string): WallClock {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) };
}

/**
 * The instant at which the clock of `zone` shows this, as UTC with milliseconds; null if the parts are
 * no date and time. Where the clock shows it twice, the first; where it skips it, as much later.
 */
export function fromWallClock({ date, time }: WallClock, zone: string): string | null {
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`);
    return local.toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A sentence when the clocks change at this wall time, so that it doesn't mean what it seems; else null. */
export function clockChange(wall: WallClock, zone: string): string | null {
  const instant = fromWallClock(wall, zone);
  if (!instant) return null;
  const shown = toWallClock(instant, zone).time;
  if (shown !== wall.time) return `The clocks go forward then: ${wall.time} is skipped, ${shown} is meant.`;
  const local = Temporal.PlainDateTime.from(`${wall.date}T${wall.time}`);
  const twice = !local.toZonedDateTime(zone, { disambiguation: 'later' }).equals(local.toZonedDateTime(zone));
  return twice ? `The clocks go back then: ${wall.time} comes twice, the first is meant.` : null;
}

/** The wall date so many days after `date`. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Today by the clock of `zone`. */
export function today(zone: string): string {
  return Temporal.Now.plainDateISO(zone).toString();
}
