import type { ClaimSpan } from './board-rules.ts';
import { shift, snap, type ZoomLevel } from './timeline-clock-rules.ts';
import { visibleSpans, type Track } from './timeline-rules.ts';

/** Where the keyboard is on a row: a claim, or a stretch of free time one step long. Pure. */
export interface CursorSpot {
  readonly claimId: string | null;
  readonly start: number;
  readonly end: number;
}

interface Ground {
  readonly track: Track<ClaimSpan>;
  readonly level: ZoomLevel;
  readonly zone: string;
}

/** What stands at an instant: the first claim of that step of time, or the step itself. */
export function spotAt(time: number, ground: Ground, prefer: 'first' | 'last' = 'first'): CursorSpot {
  const slot = freeAt(time, ground);
  const claims = visibleSpans(ground.track, slot.start, slot.end);
  const placed = prefer === 'first' ? claims[0] : claims.at(-1);
  return placed ? onClaim(placed.span) : slot;
}

/** The next claim or free step to the right (1) or left (-1); each claim is passed once, overlapping ones in turn. */
export function neighbour(spot: CursorSpot, direction: 1 | -1, ground: Ground): CursorSpot {
  const { spans } = ground.track;
  const index = spans.findIndex(({ id }) => id === spot.claimId);
  const beside = index === -1 ? undefined : spans[index + direction];
  if (direction === 1) {
    const edge = slotEnd(spot.end, ground);
    if (beside && beside.start < edge) return onClaim(beside);
    return unvisited(spotAt(edge, ground), spot, edge, ground);
  }
  const edge = freeAt(spot.start, ground).start;
  if (beside && beside.end > edge) return onClaim(beside);
  return unvisited(spotAt(edge - 1, ground, 'last'), spot, freeAt(edge - 1, ground).start, ground);
}

/** A claim that reaches into the next step would be found again: then the step itself is next. */
function unvisited(found: CursorSpot, from: CursorSpot, slotStart: number, ground: Ground): CursorSpot {
  return found.claimId !== null && found.claimId === from.claimId ? freeAt(slotStart, ground) : found;
}

function onClaim({ id, start, end }: ClaimSpan): CursorSpot {
  return { claimId: id, start, end };
}

/** The step of time that holds an instant. */
export function freeAt(time: number, { level, zone }: Ground): CursorSpot {
  const start = level.stepMinutes >= 1440 ? snap(time, 1440, zone, 'floor') : snapToStep(time, level.stepMinutes, zone);
  return { claimId: null, start, end: shift(start, level.stepMinutes, zone) };
}

/** Steps count from midnight: 0, 3, 6 ... o'clock. */
function snapToStep(time: number, minutes: number, zone: string): number {
  const midnight = snap(time, 1440, zone, 'floor');
  return midnight + Math.floor((time - midnight) / (minutes * 60_000)) * minutes * 60_000;
}

/** The boundary at or after an instant. */
function slotEnd(time: number, ground: Ground): number {
  const slot = freeAt(time, ground);
  return slot.start === time ? time : slot.end;
}
