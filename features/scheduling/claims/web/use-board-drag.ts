import { useCallback, useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import type { BoardRow, ResourceRow } from '../board-rules.ts';
import type { Claim } from '../contract.ts';
import { beginDrag, dragTo, isChange, nudge, type Drag } from '../drag-rules.ts';
import { hitTest, rowAt, timeAt } from '../timeline-rules.ts';
import { axisHeight, laneHeight, rowPadding } from './board-layout.ts';
import { useEdgeScroll } from './use-edge-scroll.ts';
import type { TimelineView } from './use-timeline-view.ts';

export interface BoardSpot {
  index: number;
  row: ResourceRow;
  time: number;
  claim: Claim | null;
  /** Where on the page. */
  x: number;
  y: number;
}

interface DragOptions {
  view: TimelineView;
  rows: readonly BoardRow[];
  tops: readonly number[];
  /** False: looking and opening only. */
  editable: boolean;
  onCreate: (rowIndex: number, start: number, end: number) => void;
  onMove: (claim: Claim, target: { rowIndex: number; start: number; end: number }) => void;
  onPress: (spot: BoardSpot, twice: boolean) => void;
  onHover: (spot: BoardSpot | null) => void;
}

/** Pixels that a pointer may wander before a press is a drag. */
const wander = 4;

/** Turns pointers and keys into drags on the board, and tells what was meant when they end. */
export function useBoardDrag(options: DragOptions) {
  const { view, rows, tops } = options;
  const [drag, setDrag] = useState<Drag | null>(null);
  const [pointer, setPointer] = useState({ x: 0, y: 0 });
  /** A press that isn't a drag yet. */
  const press = useRef<{ id: number; x: number; y: number; drag: Drag } | null>(null);
  const surface = useRef<HTMLDivElement>(null);

  const spotAt = useCallback(
    (clientX: number, clientY: number) => {
      const box = surface.current?.getBoundingClientRect();
      const scroller = view.scroller.current?.getBoundingClientRect();
      if (!box || !scroller || clientX < scroller.left + view.labelWidth) return null;
      const x = clientX - box.left - view.labelWidth;
      const y = clientY - box.top;
      const index = Math.min(rowAt(tops, y), rows.length - 1);
      const row = rows[index];
      if (row?.type !== 'resource') return null;
      const lane = Math.floor((y - (tops[index] ?? 0) - rowPadding) / laneHeight);
      return {
        index,
        row,
        time: timeAt(view.scale, x),
        hit: hitTest(row.track, view.scale, { x, lane }),
        x: clientX,
        y: clientY,
      };
    },
    [view.scale, view.labelWidth, view.scroller, rows, tops],
  );

  const cancel = useCallback(() => {
    press.current = null;
    setDrag(null);
  }, []);

  const finish = (ended: Drag) => {
    press.current = null;
    setDrag(null);
    if (!isChange(ended)) return;
    if (ended.kind === 'create') options.onCreate(ended.row, ended.start, ended.end);
    else options.onMove(ended.claim, { rowIndex: ended.row, start: ended.start, end: ended.end });
  };

  const active = drag !== null;
  /** The click that ends a drag is no press. */
  const dragged = useRef(false);
  useEffect(() => {
    if (active) dragged.current = true;
  }, [active]);
  useEffect(() => {
    if (!active) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [active, cancel]);

  const toSpot = (event: MouseEvent): BoardSpot | null => {
    const spot = spotAt(event.clientX, event.clientY);
    return spot && { ...spot, claim: spot.hit?.span.claim ?? null };
  };

  const onPointerDown = (event: PointerEvent) => {
    dragged.current = false;
    // A finger scrolls; it opens by tapping.
    if (event.button !== 0 || event.pointerType === 'touch' || !options.editable) return;
    const spot = spotAt(event.clientX, event.clientY);
    if (!spot) return;
    const begun = beginDrag(spot.hit, { row: spot.index, time: spot.time }, view.level, view.zone);
    press.current = { id: event.pointerId, x: event.clientX, y: event.clientY, drag: begun };
  };

  const hover = (event: PointerEvent) => {
    const spot = spotAt(event.clientX, event.clientY);
    if (surface.current)
      surface.current.style.cursor = spot?.hit ? (spot.hit.part === 'body' ? 'pointer' : 'ew-resize') : '';
    options.onHover(spot && { ...spot, claim: spot.hit?.span.claim ?? null });
  };

  const onPointerMove = (event: PointerEvent) => {
    const begun = press.current;
    if (!begun) return event.pointerType === 'touch' ? undefined : hover(event);
    if (!drag && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) < wander) return undefined;
    if (!drag) {
      surface.current?.setPointerCapture(begun.id);
      options.onHover(null);
    }
    setPointer({ x: event.clientX, y: event.clientY });
    return follow(event.clientX, event.clientY);
  };

  const follow = (x: number, y: number) => {
    const begun = press.current;
    if (!begun) return;
    const to = spotAt(x, y);
    // Over a group's head or outside, the row stays the last one.
    const row = to?.index ?? (drag ?? begun.drag).row;
    setDrag(dragTo(begun.drag, { row, time: to?.time ?? spotTime(x) }, view.level, view.zone));
  };

  const spotTime = (clientX: number): number => {
    const box = surface.current?.getBoundingClientRect();
    return timeAt(view.scale, clientX - (box?.left ?? 0) - view.labelWidth);
  };

  const onPointerUp = () => {
    if (drag && press.current) finish(drag);
    press.current = null;
  };

  const onClick = (event: MouseEvent) => {
    const wasDrag = dragged.current;
    dragged.current = false;
    const spot = toSpot(event);
    if (spot && !wasDrag) options.onPress(spot, event.detail > 1);
  };

  useEdgeScroll({
    active: active && press.current !== null,
    pointer,
    scroller: view.scroller,
    inset: { left: view.labelWidth, top: axisHeight },
    onScrolled: () => follow(pointer.x, pointer.y),
  });

  /** A step by keyboard; the first begins the drag. `finish` and `cancel` end it. */
  const nudgeClaim = (claim: Claim, rowIndex: number, by: { steps: number; rows: number; resize: boolean }) => {
    const place = { row: rowIndex, time: Date.parse(claim.startsAt) };
    const span = { start: place.time, end: Date.parse(claim.endsAt) };
    const begun: Drag = drag ?? { kind: 'move', claim, row: rowIndex, fromRow: rowIndex, from: place, ...span };
    const once = nudge(begun, by, view.level, rows.length - 1);
    // A group's head is no place to be: on to the row behind it.
    const moved =
      rows[once.row]?.type === 'group' ? nudge(once, { ...by, steps: 0 }, view.level, rows.length - 1) : once;
    setDrag(rows[moved.row]?.type === 'group' ? begun : moved);
  };

  return {
    drag,
    /** By pointer: where the card with the conflicts belongs. */
    pointer: press.current ? pointer : null,
    surface,
    cancel,
    finish,
    nudgeClaim,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: cancel,
      onPointerLeave: () => options.onHover(null),
      onClick,
    },
  };
}
