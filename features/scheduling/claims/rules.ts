import { Temporal } from 'temporal-polyfill';
import type { ClaimStatus, Conflict } from './contract.ts';

/** A stretch of time, half-open; ISO instants in UTC of equal form, so that text order is time order. */
export interface Span {
  startsAt: string;
  endsAt: string;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

export interface QueuedHold extends Span {
  id: string;
  rank: number;
}

/**
 * Ranks after a queue changed. Holds keep their order; each gets the rank behind the last hold before it
 * that it overlaps, and 1 when there is none. So overlapping holds never share a rank, and a hold of rank
 * n always has one of rank n - 1 beside it: no gaps.
 *
 * @param holds all holds of one resource that touch one another, in any order
 * @returns id → rank, for every hold
 */
export function rerank(holds: readonly QueuedHold[]): Map<string, number> {
  const ranks = new Map<string, number>();
  const placed: QueuedHold[] = [];
  for (const hold of holds.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))) {
    const before = placed.filter((other) => overlaps(other, hold));
    const rank = 1 + Math.max(0, ...before.map(({ id }) => ranks.get(id) ?? 0));
    ranks.set(hold.id, rank);
    placed.push(hold);
  }
  return ranks;
}

/** When a challenge may be answered: Monday to Friday, 9 to 17, by the wall clock of the resource. */
export const businessDay = { firstWeekday: 1, lastWeekday: 5, opens: 9, closes: 17 } as const;

/**
 * The instant at which so many business hours have passed.
 * @param from ISO instant
 * @param hours elapsed hours, not wall-clock ones: on a day when the clock changes both are right
 * @param zone IANA name
 */
export function addBusinessHours(from: string, hours: number, zone: string): string {
  let left = hours * 3_600_000;
  let at = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
  for (;;) {
    const { firstWeekday, lastWeekday, opens, closes } = businessDay;
    const open = at.with({ hour: opens, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
    const close = open.with({ hour: closes });
    const works = at.dayOfWeek >= firstWeekday && at.dayOfWeek <= lastWeekday;
    const begin = Temporal.ZonedDateTime.compare(at, open) < 0 ? open : at;
    const available = works ? close.epochMilliseconds - begin.epochMilliseconds : 0;
    if (available >= left) return new Date(begin.epochMilliseconds + left).toISOString();
    left -= Math.max(0, available);
    at = at.add({ days: 1 }).startOfDay();
  }
}

/** A claim that stands on the time that somebody asks for. */
export interface Standing extends Span {
  claimId: string;
  engagementId: string | null;
  title: string;
  status: ClaimStatus;
  rank: number | null;
  units: number;
}

/** What an ask meets on its resource. */
export interface Meeting extends Span {
  resourceId: string;
  resourceName: string;
  zone: string;
  /** Null: exclusive. */
  capacity: number | null;
  archived: boolean;
  units: number;
  standing: readonly Standing[];
}

/** Why committing this ask would be refused; undefined when it wouldn't. */
export function commitConflict(meeting: Meeting): Conflict | undefined {
  const commits = meeting.standing.filter(({ status }) => status === 'commit');
  if (meeting.archived) return conflictOf(meeting, 'archived', []);
  if (meeting.capacity === null) return commits.length > 0 ? conflictOf(meeting, 'committed', commits) : undefined;
  return peakLoad(meeting, commits) + meeting.units > meeting.capacity
    ? conflictOf(meeting, 'over_capacity', commits)
    : undefined;
}

/** The holds that stand before a hold of this rank (null: before anything that isn't in the queue). */
export function queueConflict(
  meeting: Meeting,
  rank: number | null,
  engagementId: string | null,
): Conflict | undefined {
  const ahead = meeting.standing.filter(
    (other) =>
      other.status === 'hold' &&
      (other.engagementId === null || other.engagementId !== engagementId) &&
      (rank === null || (other.rank ?? 0) < rank),
  );
  return meeting.capacity === null && ahead.length > 0 ? conflictOf(meeting, 'outranked', ahead) : undefined;
}

/** The greatest sum of units at any instant of `span`. It can only rise where something begins. */
export function peakLoad(span: Span, commits: readonly (Span & { units: number })[]): number {
  const instants = [
    span.startsAt,
    ...commits.map(({ startsAt }) => startsAt).filter((at) => at > span.startsAt && at < span.endsAt),
  ];
  const loadAt = (at: string) =>
    commits.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt).reduce((sum, { units }) => sum + units, 0);
  return Math.max(0, ...instants.map(loadAt));
}

export function conflictOf(meeting: Meeting, reason: Conflict['reason'], standing: readonly Standing[]): Conflict {
  const { resourceId, resourceName, startsAt, endsAt } = meeting;
  const blockers = standing.map(({ units: _, ...blocker }) => blocker);
  return { resourceId, resourceName, startsAt, endsAt, reason, blockers, message: sentence(meeting, reason, standing) };
}

function sentence(meeting: Meeting, reason: Conflict['reason'], standing: readonly Standing[]): string {
  const { resourceName, zone } = meeting;
  const [first] = standing;
  const others = standing.length > 1 ? ` and ${standing.length - 1} more` : '';
  const when = first ? spanText(first, zone) : '';
  switch (reason) {
    case 'archived':
      return `${resourceName} is no longer in use.`;
    case 'over_capacity':
      return `${resourceName} has ${meeting.capacity} units; ${meeting.units} more at ${spanText(meeting, zone)} would be too many.`;
    case 'outranked':
      return `${first?.title} has ${ordinal(first?.rank ?? 1)} hold on ${resourceName}, ${when}${others}. Challenge it, or wait until it is released.`;
    default:
      return `${resourceName} is committed to ${first?.title}, ${when}${others}.`;
  }
}

/** `2nd`, `11th`. */
export function ordinal(n: number): string {
  const tail = n % 100 >= 11 && n % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th');
  return `${n}${tail}`;
}

/** `Sat 3 May 2025, 19:30–22:00 (Europe/Berlin)`; the end's date only when it is another day. */
export function spanText({ startsAt, endsAt }: Span, zone: string): string {
  const start = Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone);
  const end = Temporal.Instant.from(endsAt).toZonedDateTimeISO(zone);
  const sameDay = start.toPlainDate().equals(end.toPlainDate());
  return `${dateText(start)}, ${timeText(start)}–${sameDay ? '' : `${dateText(end)}, `}${timeText(end)} (${zone})`;
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

function dateText(at: Temporal.ZonedDateTime): string {
  return dateFormat.format(Date.UTC(at.year, at.month - 1, at.day)).replace(/,/g, '');
}

function timeText(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}
