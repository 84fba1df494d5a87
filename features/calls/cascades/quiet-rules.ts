import { Temporal } from 'temporal-polyfill';

/** Minutes from midnight by the clock of a zone, the end not included; both equal: none. They may span midnight. */
export interface QuietHours {
  quietFrom: number;
  quietTo: number;
}

const minute = 60_000;

/** @param at milliseconds since 1970 */
export function isQuiet({ quietFrom, quietTo }: QuietHours, zone: string, at: number): boolean {
  const { hour, minute: past } = local(zone, at);
  const now = hour * 60 + past;
  return quietFrom <= quietTo ? quietFrom <= now && now < quietTo : now >= quietFrom || now < quietTo;
}

/** When the quiet hours around an instant end; the instant itself when it is not quiet. */
export function quietEnd(quiet: QuietHours, zone: string, at: number): number {
  if (!isQuiet(quiet, zone, at)) return at;
  const now = local(zone, at);
  const time = timeOf(quiet.quietTo);
  const today = now.toPlainDate();
  const days = [today, today.add({ days: 1 })];
  // An hour that the clock shows twice has two such times; an end that it skips comes with the jump.
  const ends = days.flatMap((day) => {
    const end = day.toPlainDateTime(time);
    return [atWall(end, zone, 'earlier'), atWall(end, zone, 'later'), jumpBefore(atWall(end, zone, 'later'), zone)];
  });
  const later = ends.filter((end): end is number => end !== undefined && end > at && !isQuiet(quiet, zone, end));
  return Math.min(...later);
}

/** The last moment, in whole minutes, before the quiet hours around an instant began. */
export function quietEve(quiet: QuietHours, zone: string, at: number): number {
  const now = local(zone, at);
  const from = timeOf(quiet.quietFrom);
  const today = now.toPlainDate();
  const begins = [today.subtract({ days: 1 }), today].flatMap((day) => [
    atWall(day.toPlainDateTime(from), zone, 'earlier'),
    atWall(day.toPlainDateTime(from), zone, 'later'),
  ]);
  return Math.max(...begins.map((begin) => begin - minute).filter((eve) => eve < at && !isQuiet(quiet, zone, eve)));
}

function local(zone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function timeOf(minutes: number): Temporal.PlainTime {
  return new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
}

function atWall(wall: Temporal.PlainDateTime, zone: string, disambiguation: 'earlier' | 'later'): number {
  return wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

/** The last change of the clock before an instant. */
function jumpBefore(at: number, zone: string): number | undefined {
  return local(zone, at).getTimeZoneTransition('previous')?.epochMilliseconds;
}

export interface Timing extends QuietHours {
  deadlineMinutes: number;
  lateWithinMinutes: number;
  lateDeadlineMinutes: number;
  reminderMinutes: number | null;
}

/** Shorter than this before a service nobody is asked: nobody could answer. */
export const shortestMinutes = 5;

export interface Times {
  deadlineAt: number;
  remindAt: number | null;
}

/**
 * Until when a call that is sent now may be answered, and when its person is reminded. Shorter when the first service
 * is near; never after it begins; a deadline in quiet hours moves behind them, if the service has not begun by then.
 *
 * @param startsAt of the first service asked for
 */
export function timesOf(timing: Timing, zone: string, now: number, startsAt: number): Times {
  const late = startsAt - now < timing.lateWithinMinutes * minute;
  const wanted = now + (late ? timing.lateDeadlineMinutes : timing.deadlineMinutes) * minute;
  const awake = quietEnd(timing, zone, wanted);
  const deadlineAt = Math.min(awake < startsAt ? awake : wanted, startsAt);
  return { deadlineAt, remindAt: reminderOf(timing, zone, now, deadlineAt) };
}

/** Before the deadline, and outside of quiet hours: rather before them than after. Null when there is no time for it. */
export function reminderOf(timing: Timing, zone: string, now: number, deadlineAt: number): number | null {
  if (timing.reminderMinutes === null) return null;
  const wanted = deadlineAt - timing.reminderMinutes * minute;
  const after = quietEnd(timing, zone, wanted);
  if (after === wanted) return wanted > now ? wanted : null;
  const before = quietEve(timing, zone, wanted);
  if (before > now) return before;
  return after > now && after < deadlineAt ? after : null;
}
