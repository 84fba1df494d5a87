import { Temporal } from 'temporal-polyfill';
import { zooms, type Zoom } from './zooms.ts';

/** The timeline's clock: zoom levels, ticks and snapping by the wall clock of a zone. Pure, no DOM. */

export type TickUnit = 'hour' | 'sixHours' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface ZoomLevel {
  readonly msPerPx: number;
  /** Upper and lower line of the header. */
  readonly major: TickUnit;
  readonly minor: TickUnit;
  /** What a drag snaps to, in minutes of the wall clock; whole days from 1440 on. */
  readonly snapMinutes: number;
  /** How far an arrow key goes. */
  readonly stepMinutes: number;
}

const hour = 3_600_000;
const day = 24 * hour;

export const zoomLevels: Readonly<Record<Zoom, ZoomLevel>> = {
  hour: { msPerPx: hour / 56, major: 'day', minor: 'hour', snapMinutes: 15, stepMinutes: 60 },
  day: { msPerPx: day / 264, major: 'day', minor: 'sixHours', snapMinutes: 30, stepMinutes: 180 },
  week: { msPerPx: day / 96, major: 'month', minor: 'day', snapMinutes: 1440, stepMinutes: 1440 },
  month: { msPerPx: day / 26, major: 'month', minor: 'week', snapMinutes: 1440, stepMinutes: 1440 },
  quarter: { msPerPx: day / 8, major: 'quarter', minor: 'month', snapMinutes: 1440, stepMinutes: 1440 },
};

/** The next closer (+1) or wider (-1) level; the same at either end. */
export function zoomStep(zoom: Zoom, direction: 1 | -1): Zoom {
  return zooms[zooms.indexOf(zoom) - direction] ?? zoom;
}

/** Pixels give fractions of a millisecond; clocks have none. */
export function zoned(time: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(time)).toZonedDateTimeISO(zone);
}

/** The wall-clock boundaries in [from, to), the one at or before `from` first so that its label can stick. */
export function ticksBetween(from: number, to: number, unit: TickUnit, zone: string): number[] {
  if (unit === 'hour' || unit === 'sixHours') return hourTicks(from, to, unit === 'hour' ? 1 : 6, zone);
  const ticks: number[] = [];
  let date = unitStart(zoned(from, zone).toPlainDate(), unit);
  for (;;) {
    const at = dayStart(date, zone);
    if (at >= to) return ticks;
    ticks.push(at);
    date = date.add(unitLength[unit]);
  }
}

const unitLength = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const;

function unitStart(date: Temporal.PlainDate, unit: keyof typeof unitLength): Temporal.PlainDate {
  if (unit === 'day') return date;
  if (unit === 'week') return date.subtract({ days: date.dayOfWeek - 1 });
  if (unit === 'month') return date.with({ day: 1 });
  if (unit === 'quarter') return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) });
  return date.with({ day: 1, month: 1 });
}

/** A day begins at its first instant: 01:00 where the clocks jump at midnight. */
export function dayStart(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds;
}

/** An hour that the clock skips has no tick; one that it repeats has two. */
function hourTicks(from: number, to: number, every: number, zone: string): number[] {
  const ticks: number[] = [];
  for (let date = zoned(from, zone).toPlainDate(); dayStart(date, zone) < to; date = date.add({ days: 1 })) {
    for (let hourOfDay = 0; hourOfDay < 24; hourOfDay += every) {
      const wall = date.toPlainDateTime({ hour: hourOfDay });
      for (const disambiguation of ['earlier', 'later'] as const) {
        const tick = wall.toZonedDateTime(zone, { disambiguation });
        if (tick.hour === hourOfDay && tick.minute === 0) ticks.push(tick.epochMilliseconds);
      }
    }
  }
  const unique = [...new Set(ticks)].toSorted((a, b) => a - b).filter((at) => at < to);
  const first = unique.findLastIndex((at) => at <= from);
  return unique.slice(Math.max(0, first));
}

/** Starts of Saturdays and the length of each weekend that touches [from, to). */
export function weekendsBetween(from: number, to: number, zone: string): { start: number; end: number }[] {
  const weekends: { start: number; end: number }[] = [];
  let monday = unitStart(zoned(from, zone).toPlainDate(), 'week');
  for (;;) {
    const start = dayStart(monday.add({ days: 5 }), zone);
    if (start >= to) return weekends;
    monday = monday.add({ days: 7 });
    weekends.push({ start, end: dayStart(monday, zone) });
  }
}

/** The boundary of the wall clock before, after or nearest to an instant. */
export function snap(
  time: number,
  minutes: number,
  zone: string,
  way: 'floor' | 'ceil' | 'nearest' = 'nearest',
): number {
  const wall = zoned(time, zone);
  if (minutes < 1440) {
    const roundingMode = way === 'nearest' ? 'halfExpand' : way;
    return wall.round({ smallestUnit: 'minute', roundingIncrement: minutes, roundingMode }).epochMilliseconds;
  }
  const before = wall.startOfDay().epochMilliseconds;
  if (before === time) return time;
  const after = dayStart(wall.toPlainDate().add({ days: 1 }), zone);
  if (way === 'floor') return before;
  if (way === 'ceil') return after;
  return time - before < after - time ? before : after;
}

/** Later by so many minutes; whole days keep the wall clock, so 19:30 stays 19:30 over a clock change. */
export function shift(time: number, minutes: number, zone: string): number {
  if (minutes % 1440 !== 0) return time + minutes * 60_000;
  return zoned(time, zone).add({ days: minutes / 1440 }).epochMilliseconds;
}

/** A drag by `ms`: whole days where the zoom snaps to days, else the start on the snap grid and the length kept. */
export function moveSpan(
  span: { start: number; end: number },
  ms: number,
  level: ZoomLevel,
  zone: string,
): { start: number; end: number } {
  if (level.snapMinutes >= 1440) {
    const minutes = Math.round(ms / day) * 1440;
    const start = shift(span.start, minutes, zone);
    const end = shift(span.end, minutes, zone);
    // From a repeated hour to a day without one, the wall clock may run backwards: then the length is kept.
    return { start, end: end > start ? end : start + (span.end - span.start) };
  }
  if (Math.abs(ms) < (level.snapMinutes * 60_000) / 2) return { start: span.start, end: span.end };
  const start = snap(span.start + ms, level.snapMinutes, zone);
  return { start, end: start + (span.end - span.start) };
}

/** A drag of one edge by `ms`. The span keeps at least one step of the grid (an hour where that is a day). */
export function resizeSpan(
  span: { start: number; end: number },
  edge: 'start' | 'end',
  ms: number,
  level: ZoomLevel,
  zone: string,
): { start: number; end: number } {
  const days = level.snapMinutes >= 1440;
  const least = (days ? 60 : level.snapMinutes) * 60_000;
  const moved = days
    ? shift(span[edge], Math.round(ms / day) * 1440, zone)
    : Math.abs(ms) < (level.snapMinutes * 60_000) / 2
      ? span[edge]
      : snap(span[edge] + ms, level.snapMinutes, zone);
  if (edge === 'start') return { start: Math.min(moved, span.end - least), end: span.end };
  return { start: span.start, end: Math.max(moved, span.start + least) };
}
