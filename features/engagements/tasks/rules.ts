import { Temporal } from 'temporal-polyfill';
import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';

/** What a task's due day is counted from. */
export const anchors = ['start', 'end'] as const;
export type Anchor = (typeof anchors)[number];

/** When something is due, by the clock of a zone; the whole day when there are no minutes. */
export interface Due {
  on: string;
  minute: number | null;
  zone: string;
}

interface Span {
  startsAt: string;
  endsAt: string;
  zone: string;
}

/** Reminders come at nine in the morning. */
const morning = 9 * 60;

/**
 * The day so many days after an engagement's first or last one, by the clock of its zone. An end at midnight belongs
 * to the day that ends. The database's trigger `set_task_times` says the same.
 */
export function relativeDay(anchor: Anchor, days: number, { startsAt, endsAt, zone }: Span): string {
  const at = anchor === 'start' ? startsAt : new Date(Date.parse(endsAt) - 1).toISOString();
  return addDays(toWallClock(at, zone).date, days);
}

/** From when on it is late. */
export function lateAt({ on, minute, zone }: Due): string {
  return minute === null ? instantOf(addDays(on, 1), 0, zone) : instantOf(on, minute, zone);
}

/** In the morning so many days before, or when it is due, if that is earlier. */
export function remindAt(due: Due, days: number): string {
  const at = instantOf(addDays(due.on, -days), morning, due.zone);
  const late = lateAt(due);
  return at < late ? at : late;
}

function instantOf(date: string, minute: number, zone: string): string {
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const instant = fromWallClock({ date, time }, zone);
  if (!instant) throw new Error(`${date} ${time} is no time.`);
  return instant;
}

/** “21 days before the start”. @param word what the pack calls an engagement */
export function relativeWords(anchor: Anchor, days: number, word: string): string {
  const point = anchor === 'start' ? `the ${word}` : `the end of the ${word}`;
  if (days === 0) return anchor === 'start' ? `on the day of ${point}` : `on the last day of the ${word}`;
  const count = Math.abs(days);
  return `${count} ${count === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'} ${point}`;
}

export const dueGroups = ['overdue', 'today', 'week', 'later', 'undated'] as const;
export type DueGroup = (typeof dueGroups)[number];

/**
 * Where a task stands in one's own list.
 * @param now an instant; days are those of the reader's zone
 */
export function groupOf(task: { dueAt: string | null; dueOn: string | null }, now: string, zone: string): DueGroup {
  if (task.dueAt === null || task.dueOn === null) return 'undated';
  if (task.dueAt <= now) return 'overdue';
  const days = Temporal.PlainDate.from(toWallClock(now, zone).date).until(Temporal.PlainDate.from(task.dueOn)).days;
  if (days <= 0) return 'today';
  return days <= 7 ? 'week' : 'later';
}
