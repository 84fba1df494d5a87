import { useCallback, useState, type KeyboardEvent } from 'react';
import type { BoardRow, ResourceRow } from '../board-rules.ts';
import { rangeText } from '../claim-words.ts';
import type { Claim } from '../contract.ts';
import { freeAt, neighbour, spotAt, type CursorSpot } from '../cursor-rules.ts';
import type { Drag } from '../drag-rules.ts';
import { xOf } from '../timeline-rules.ts';
import { axisHeight, barId } from './board-layout.ts';
import type { RowCursor } from './board-row.tsx';
import type { BoardSpot } from './use-board-drag.ts';
import type { TimelineView } from './use-timeline-view.ts';

interface CursorOptions {
  view: TimelineView;
  rows: readonly BoardRow[];
  tops: readonly number[];
  drag: Drag | null;
  readerZone: string;
  onOpen: (row: ResourceRow, claim: Claim) => void;
  onCreate: (rowIndex: number, start: number, end: number) => void;
  onRelease: (claim: Claim) => void;
  onSelect: (resourceId: string) => void;
  onToday: () => void;
  nudge: (claim: Claim, rowIndex: number, by: { steps: number; rows: number; resize: boolean }) => void;
  finish: (drag: Drag) => void;
  /** Escape, when there is no drag to cancel. */
  onEscape: () => void;
}

interface Cursor extends CursorSpot {
  rowKey: string;
}

/** The board by keyboard: one focus that walks over claims and free time. */
export function useBoardCursor(options: CursorOptions) {
  const { view, rows, tops } = options;
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const index = cursor ? rows.findIndex(({ key }) => key === cursor.rowKey) : -1;
  const row = rows[index];

  const reveal = useCallback(
    (at: CursorSpot, rowIndex: number) => {
      const element = view.scroller.current;
      if (!element) return;
      const top = tops[rowIndex] ?? 0;
      const bottom = tops[rowIndex + 1] ?? top;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom + axisHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = bottom + axisHeight - element.clientHeight;
      const x = xOf(view.scale, at.start);
      const seen = element.clientWidth - view.labelWidth;
      if (x < element.scrollLeft || x > element.scrollLeft + seen - 48) element.scrollLeft = x - seen / 3;
    },
    [view, tops],
  );

  const place = (rowIndex: number, spot: CursorSpot) => {
    const target = rows[rowIndex];
    if (target?.type !== 'resource') return;
    setCursor({ ...spot, rowKey: target.key });
    reveal(spot, rowIndex);
  };

  const groundOf = (target: ResourceRow) => ({ track: target.track, level: view.level, zone: view.zone });

  const firstIndex = () => {
    const scrollTop = view.scroller.current?.scrollTop ?? 0;
    return rows.findIndex((candidate, at) => candidate.type === 'resource' && (tops[at] ?? 0) >= scrollTop);
  };

  const begin = () => {
    const at = firstIndex();
    const target = rows[at];
    const { from, to } = view.seen();
    if (target?.type === 'resource') place(at, spotAt(from + (to - from) / 4, groundOf(target)));
  };

  const vertical = (steps: number) => {
    let at = index;
    for (let left = Math.abs(steps); left > 0;) {
      const next = at + Math.sign(steps);
      if (!rows[next]) break;
      at = next;
      if (rows[at]?.type === 'resource') left -= 1;
    }
    const target = rows[at];
    if (cursor && target?.type === 'resource') place(at, spotAt(cursor.start, groundOf(target)));
  };

  const focusedClaim =
    row?.type === 'resource' ? (row.track.spans.find(({ id }) => id === cursor?.claimId)?.claim ?? null) : null;

  const onArrow = (event: KeyboardEvent, horizontal: -1 | 0 | 1, down: -1 | 0 | 1) => {
    if (!cursor || row?.type !== 'resource') return begin();
    if (event.shiftKey && focusedClaim)
      return options.nudge(focusedClaim, index, { steps: horizontal, rows: down, resize: event.altKey });
    if (down !== 0) return vertical(down);
    place(index, neighbour(cursor, horizontal === 1 ? 1 : -1, groundOf(row)));
    return undefined;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const run = commandOf(event);
    if (!run) return;
    event.preventDefault();
    run();
  };

  const commandOf = (event: KeyboardEvent): (() => unknown) | null => {
    const { key } = event;
    if (event.metaKey || (event.ctrlKey && !['+', '-', '='].includes(key))) return null;
    if (options.drag && key === 'Enter') return () => options.drag && options.finish(options.drag);
    if (key === 'ArrowRight') return () => onArrow(event, 1, 0);
    if (key === 'ArrowLeft') return () => onArrow(event, -1, 0);
    if (key === 'ArrowDown') return () => onArrow(event, 0, 1);
    if (key === 'ArrowUp') return () => onArrow(event, 0, -1);
    if (key === 'PageDown' || key === 'PageUp') return () => vertical(key === 'PageDown' ? 10 : -10);
    if (key === '+' || key === '=') return () => view.step(1);
    if (key === '-') return () => view.step(-1);
    if (key === 't') return options.onToday;
    if (key === 'Escape') return options.onEscape;
    if (!cursor || row?.type !== 'resource') return null;
    if (key === ' ') return () => options.onSelect(row.resource.id);
    if (key === 'n' || (key === 'Enter' && !focusedClaim))
      return () => options.onCreate(index, cursor.start, cursor.end);
    if (key === 'Enter') return () => focusedClaim && options.onOpen(row, focusedClaim);
    if (key === 'Delete' || key === 'Backspace') return () => focusedClaim && options.onRelease(focusedClaim);
    return null;
  };

  /** Letting go of Shift saves what the arrows moved. */
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key === 'Shift' && options.drag) options.finish(options.drag);
  };

  const label = cursor
    ? `Free, ${rangeText(new Date(cursor.start).toISOString(), new Date(cursor.end).toISOString(), view.zone, options.readerZone)}`
    : '';
  const rowCursor: RowCursor | null = cursor && {
    claimId: focusedClaim?.id ?? null,
    start: cursor.start,
    end: cursor.end,
    label,
  };
  return {
    rowKey: cursor?.rowKey ?? null,
    rowCursor,
    activeId: cursor && row ? (focusedClaim ? barId(cursor.rowKey, focusedClaim.id) : 'board-cursor') : undefined,
    spot: cursor && index >= 0 ? { index, start: cursor.start, end: cursor.end } : null,
    /** A press puts the focus where it was; twice on free time places something there. */
    pressed: (press: BoardSpot, twice: boolean) => {
      const claim = press.row.track.spans.find(({ id }) => id === press.claim?.id);
      const free = freeAt(press.time, groundOf(press.row));
      if (twice && !claim) options.onCreate(press.index, free.start, free.end);
      else
        setCursor({
          ...(claim ? { claimId: claim.id, start: claim.start, end: claim.end } : free),
          rowKey: press.row.key,
        });
    },
    onKeyDown,
    onKeyUp,
  };
}
