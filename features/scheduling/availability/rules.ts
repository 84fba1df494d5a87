import type { Hours } from './contract.ts';
import { offsetAt } from './zone-rules.ts';

const dayMs = 86_400_000;

/** A part of a stretch of time that lies within one local day and one offset: what a wall clock shows of it. */
export interface WallPiece {
  /** ISO: 1 Monday … 7 Sunday. */
  weekday: number;
  /** Milliseconds of the wall clock since midnight; the end is exclusive and may be 24:00. */
  startsMs: number;
  endsMs: number;
}

/**
 * Splits [from, to) at local midnights and where the zone's clock changes. Within a piece wall time runs
 * like real time, so the pieces' lengths add up to the elapsed time even on days of 23 or 25 hours.
 * @param from instants in milliseconds of the epoch
 * @param zone IANA name
 */
export function wallPieces(from: number, to: number, zone: string): WallPiece[] {
  const pieces: WallPiece[] = [];
  for (let at = from; at < to;) {
    const { until, offset } = offsetAt(at, zone);
    const day = Math.floor((at + offset) / dayMs);
    const midnight = (day + 1) * dayMs - offset;
    const end = Math.min(to, until, midnight);
    pieces.push({ weekday: weekdayOf(day), startsMs: at + offset - day * dayMs, endsMs: end + offset - day * dayMs });
    at = end;
  }
  return pieces;
}

/** Requests above this length are judged by whole days. */
export const longestByHours = dayMs;

/**
 * True when a resource with these weekly hours works throughout [from, to).
 *
 * Up to 24 hours long: at every instant of it the wall clock must lie in a stretch of that weekday.
 * Longer: nobody works through the night of a week on tour, so each local day that it touches must
 * merely be a working day, that is, have hours.
 */
export function withinHours(hours: readonly Hours[], from: number, to: number, zone: string): boolean {
  if (hours.length === 0) return true;
  const pieces = wallPieces(from, to, zone);
  if (to - from > longestByHours)
    return pieces.every(({ weekday }) => hours.some((stretch) => stretch.weekday === weekday));
  return pieces.every((piece) => coveredMs(hours, piece) === piece.endsMs - piece.startsMs);
}

/** Stretches of one weekday never overlap, so what they cover of a piece is the sum of what each does. */
function coveredMs(hours: readonly Hours[], piece: WallPiece): number {
  return hours
    .filter(({ weekday }) => weekday === piece.weekday)
    .map(
      ({ startsMinute, endsMinute }) =>
        Math.min(endsMinute * 60_000, piece.endsMs) - Math.max(startsMinute * 60_000, piece.startsMs),
    )
    .reduce((sum, length) => sum + Math.max(0, length), 0);
}

/** Day 0 of the epoch was a Thursday. */
function weekdayOf(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}
