import type { ClaimSpan } from './board-rules.ts';
import type { Claim } from './contract.ts';
import { moveSpan, resizeSpan, shift, snap, type ZoomLevel } from './timeline-clock-rules.ts';
import type { HitPart } from './timeline-rules.ts';

/** What a drag on the board would do, at each moment of it. Pure. */

export interface DragPlace {
  /** Index of the row under the pointer. */
  readonly row: number;
  /** Instant under the pointer. */
  readonly time: number;
}

interface DragState {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** Where it began. */
  readonly from: DragPlace;
}
export type Drag =
  | (DragState & { readonly kind: 'create' })
  | (DragState & { readonly kind: 'move' | 'start' | 'end'; readonly claim: Claim; readonly fromRow: number });

/** A drag on a claim moves or resizes it; on free time it marks out a new one. */
export function beginDrag(
  hit: { span: ClaimSpan; part: HitPart } | null,
  from: DragPlace,
  level: ZoomLevel,
  zone: string,
): Drag {
  if (!hit) {
    const span = between(from.time, from.time, level, zone);
    return { kind: 'create', row: from.row, from, ...span };
  }
  const { claim } = hit.span;
  const kind = hit.part === 'body' ? 'move' : hit.part;
  return {
    kind,
    claim,
    row: from.row,
    fromRow: from.row,
    from,
    start: Date.parse(claim.startsAt),
    end: Date.parse(claim.endsAt),
  };
}

export function dragTo(drag: Drag, to: DragPlace, level: ZoomLevel, zone: string): Drag {
  if (drag.kind === 'create') return { ...drag, ...between(drag.from.time, to.time, level, zone) };
  const original = { start: Date.parse(drag.claim.startsAt), end: Date.parse(drag.claim.endsAt) };
  const ms = to.time - drag.from.time;
  if (drag.kind === 'move') return { ...drag, row: to.row, ...moveSpan(original, ms, level, drag.claim.zone) };
  return { ...drag, ...resizeSpan(original, drag.kind, ms, level, drag.claim.zone) };
}

/** The stretch of the snap grid that holds both instants: at least one step. */
function between(a: number, b: number, level: ZoomLevel, zone: string): { start: number; end: number } {
  const start = snap(Math.min(a, b), level.snapMinutes, zone, 'floor');
  const end = snap(Math.max(a, b), level.snapMinutes, zone, 'ceil');
  return { start, end: end > start ? end : shift(start, level.snapMinutes, zone) };
}

/** One press of Shift and an arrow: the claim a step further in time, or a row up or down. */
export function nudge(
  drag: Drag,
  by: { steps: number; rows: number; resize: boolean },
  level: ZoomLevel,
  lastRow: number,
): Drag {
  if (drag.kind === 'create') return drag;
  const minutes = by.steps * level.snapMinutes;
  const end = shift(drag.end, minutes, drag.claim.zone);
  if (by.resize) return end > drag.start ? { ...drag, end } : drag;
  const row = Math.min(lastRow, Math.max(0, drag.row + by.rows));
  return { ...drag, kind: 'move', row, start: shift(drag.start, minutes, drag.claim.zone), end };
}

/** Whether letting go now would change anything. */
export function isChange(drag: Drag): boolean {
  if (drag.kind === 'create') return true;
  const moved = drag.start !== Date.parse(drag.claim.startsAt) || drag.end !== Date.parse(drag.claim.endsAt);
  return moved || drag.row !== drag.fromRow;
}
