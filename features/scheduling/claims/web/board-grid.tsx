import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { BoardRow, ResourceRow } from '../board-rules.ts';
import type { Claim } from '../contract.ts';
import type { Track } from '../timeline-rules.ts';
import { BoardAxis, BoardLines } from './board-axis.tsx';
import { BoardGhost } from './board-ghost.tsx';
import { axisHeight, barId, rowHeight, rowTops } from './board-layout.ts';
import { BoardGroupRow, BoardResourceRow } from './board-row.tsx';
import { HoverCard } from './hover-card.tsx';
import { PaintPatterns } from './row-paint.tsx';
import { useBoardCursor } from './use-board-cursor.ts';
import type { BusySpan } from './use-board-data.ts';
import { useBoardDrag, type BoardSpot } from './use-board-drag.ts';
import type { TimelineView } from './use-timeline-view.ts';
import { useEdgeWords } from './use-edge-words.ts';
import { useWheelZoom } from './use-wheel-zoom.ts';

export interface BoardGridProps {
  view: TimelineView;
  rows: readonly BoardRow[];
  busy: ReadonlyMap<string, Track<BusySpan>>;
  selected: ReadonlySet<string>;
  /** A claim's popover is open: nothing else may hover. */
  opened: boolean;
  onSelect: (resourceId: string, extend: boolean) => void;
  onClearSelection: () => void;
  onToggleGroup: (key: string) => void;
  onCreate: (row: ResourceRow, start: number, end: number) => void;
  onMove: (claim: Claim, target: { row: ResourceRow; start: number; end: number }) => void;
  onOpen: (claim: Claim, row: ResourceRow, x: number, y: number) => void;
  onRelease: (claim: Claim) => void;
  onToday: () => void;
  corner: ReactNode;
  /** Shown over the rows: nothing fits, nothing here. */
  children?: ReactNode;
}

/** Resources down, time across. Rows are virtual, bars and ticks culled to what is in sight. */
export function BoardGrid(props: BoardGridProps) {
  const { view, rows, busy, selected } = props;
  const org = useOrg();
  const now = useNow();
  const tops = useMemo(() => rowTops(rows), [rows]);
  const height = tops.at(-1) ?? 0;
  const [hovered, setHovered] = useState<BoardSpot | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.scroller.current,
    estimateSize: (index) => (tops[index + 1] ?? 0) - (tops[index] ?? 0),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 1,
    useFlushSync: false,
  });
  // Heights are known, not measured: they change with the lanes.
  useEffect(() => virtual.measure(), [tops, virtual]);
  useWheelZoom(view);
  const placeWords = useEdgeWords(view);
  const onScroll = () => {
    view.onScroll();
    placeWords();
  };

  const resourceRow = (index: number): ResourceRow | null => {
    const row = rows[index];
    return row?.type === 'resource' ? row : null;
  };
  const onCreate = (index: number, start: number, end: number) => {
    const row = resourceRow(index);
    if (row && org.can('claims.hold')) props.onCreate(row, start, end);
  };
  const openAtBar = (row: ResourceRow, claim: Claim) => {
    const box = document.getElementById(barId(row.key, claim.id))?.getBoundingClientRect();
    if (box) props.onOpen(claim, row, Math.max(box.left, 260), box.bottom - 4);
  };
  const drags = useBoardDrag({
    view,
    rows,
    tops,
    editable: org.can('claims.hold'),
    onCreate,
    onMove: (claim, { rowIndex, start, end }) => {
      const row = resourceRow(rowIndex);
      if (row) props.onMove(claim, { row, start, end });
    },
    onPress: (spot, twice) => {
      if (spot.claim) props.onOpen(spot.claim, spot.row, spot.x, spot.y);
      cursor.pressed(spot, twice);
    },
    onHover: setHovered,
  });
  const cursor = useBoardCursor({
    view,
    rows,
    tops,
    drag: drags.drag,
    readerZone: org.zone,
    onOpen: openAtBar,
    onCreate,
    onRelease: props.onRelease,
    onSelect: (id) => props.onSelect(id, false),
    onToday: props.onToday,
    nudge: drags.nudgeClaim,
    finish: drags.finish,
    onEscape: props.onClearSelection,
  });
  const ghostRow = drags.drag && resourceRow(drags.drag.row);
  return (
    <div
      ref={view.scroller}
      onScroll={onScroll}
      className="relative flex min-h-0 flex-1 flex-col items-start overflow-auto overscroll-contain bg-surface select-none [scrollbar-gutter:stable] focus-visible:-outline-offset-2 focus-visible:outline-accent"
      // A grid must have rows; before the first resource it is only a place.
      role={rows.length > 0 ? 'grid' : 'region'}
      tabIndex={0}
      aria-label="Board. Arrow keys move, Enter opens, N places, Shift with arrows moves a claim, plus and minus zoom."
      {...(rows.length > 0 && { 'aria-rowcount': rows.length, 'aria-multiselectable': true })}
      aria-activedescendant={cursor.activeId}
      onKeyDown={cursor.onKeyDown}
      onKeyUp={cursor.onKeyUp}
    >
      <BoardAxis view={view} now={now} corner={props.corner} />
      {props.children && (
        <div style={{ top: axisHeight }} className="pointer-events-none sticky left-0 z-10 h-0 w-full">
          {props.children}
        </div>
      )}
      <BoardLines view={view} height={height} now={now} />
      <PaintPatterns />
      <div
        ref={drags.surface}
        {...drags.handlers}
        className="relative shrink-0"
        role={rows.length > 0 ? 'rowgroup' : undefined}
        style={{ height, width: view.labelWidth + view.width }}
      >
        {virtual.getVirtualItems().map(({ index, key }) => {
          const row = rows[index];
          if (!row) return null;
          const place = { index, top: tops[index] ?? 0, height: rowHeight(row), width: view.labelWidth + view.width };
          if (row.type === 'group')
            return <BoardGroupRow key={key} row={row} {...place} onToggle={props.onToggleGroup} />;
          return (
            <BoardResourceRow
              key={key}
              row={row}
              {...place}
              labelWidth={view.labelWidth}
              scale={view.scale}
              drawn={view.drawn}
              busy={busy.get(row.resource.id)}
              org={org}
              selected={selected.has(row.resource.id)}
              onSelect={props.onSelect}
              cursor={cursor.rowKey === row.key ? cursor.rowCursor : null}
              fadedId={drags.drag && drags.drag.kind !== 'create' ? drags.drag.claim.id : null}
            />
          );
        })}
        {drags.drag && ghostRow && (
          <BoardGhost
            drag={drags.drag}
            row={ghostRow}
            top={tops[drags.drag.row] ?? 0}
            height={rowHeight(ghostRow)}
            view={view}
            pointer={drags.pointer}
          />
        )}
      </div>
      <div
        aria-hidden
        style={{ width: view.labelWidth }}
        className="sticky left-0 z-10 flex-1 border-r border-line bg-surface"
      />
      <HoverCard spot={drags.drag || props.opened ? null : hovered} busy={busy} />
    </div>
  );
}

/** The present moment, by the minute. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  useEffect(() => {
    timer.current = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer.current);
  }, []);
  return now;
}
