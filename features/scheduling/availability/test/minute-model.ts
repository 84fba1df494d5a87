import type { Hours } from '../contract.ts';

const minute = 60_000;
const hour = 60 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What the clock shows, by Intl and not by the code under test. */
export function shownAt(at: number, zone: string): { weekday: number; minuteOfDay: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: weekdays.indexOf(parts['weekday'] ?? '') + 1,
    minuteOfDay: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

/** Minute by minute: the definition itself. */
export function worksThroughout(hours: readonly Hours[], from: number, to: number, zone: string): boolean {
  if (hours.length === 0) return true;
  for (let at = from; at < to; at += minute) {
    const { weekday, minuteOfDay } = shownAt(at, zone);
    const ofDay = hours.filter((stretch) => stretch.weekday === weekday);
    const works =
      to - from > 24 * hour
        ? ofDay.length > 0
        : ofDay.some((s) => s.startsMinute <= minuteOfDay && minuteOfDay < s.endsMinute);
    if (!works) return false;
  }
  return true;
}
