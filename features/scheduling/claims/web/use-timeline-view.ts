import { startTransition, useCallback, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { dayStart, ticksBetween, zoned, zoomLevels, zoomStep, type ZoomLevel } from '../timeline-clock-rules.ts';
import { drawnWindow, timeAt, xOf, type Scale } from '../timeline-rules.ts';
import type { Zoom } from '../zooms.ts';

/** Where the board stands in time: zoom, scale and the part of the axis that is drawn. */
export interface TimelineView {
  readonly zone: string;
  readonly zoom: Zoom;
  readonly level: ZoomLevel;
  readonly scale: Scale;
  /** Pixels of the whole axis. */
  readonly width: number;
  /** Width of the column with the names, which covers the axis' left end. */
  readonly labelWidth: number;
  /** The drawn part of the axis in pixels, wider than what is seen. */
  readonly drawn: { from: number; to: number };
  /** First instants of the days of the whole axis; null where the zoom shows the time of day. */
  readonly days: Float64Array | null;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly setZoom: (zoom: Zoom, pointerX?: number) => void;
  readonly step: (direction: 1 | -1, pointerX?: number) => void;
  /** Brings an instant into view, a quarter of the way in. */
  readonly show: (time: number) => void;
  /** The instants that are seen. */
  readonly seen: () => { from: number; to: number };
}

const yearsShown = 3;

interface State {
  zoom: Zoom;
  /** The axis begins with the year before this one. */
  year: number;
}

export function useTimelineView(zone: string, start: { zoom: Zoom; at: number }, labelWidth: number): TimelineView {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ zoom, year }, setState] = useState<State>({ zoom: start.zoom, year: zoned(start.at, zone).year });
  const [drawn, setDrawn] = useState({ from: 0, to: 2_048 });
  const latest = useRef(drawn);
  /** What to scroll to once a new scale is laid out. */
  const pending = useRef<{ time: number; offset: number } | null>({ time: start.at, offset: 160 });

  const level = zoomLevels[zoom];
  const axis = useMemo(() => axisOf(year, zone), [year, zone]);
  const scale = useMemo<Scale>(() => ({ origin: axis.origin, msPerPx: level.msPerPx }), [axis, level]);
  const width = Math.round(xOf(scale, axis.end));

  const viewport = useCallback(
    () => Math.max(320, (scroller.current?.clientWidth ?? 1_200) - labelWidth),
    [labelWidth],
  );

  const onScroll = useCallback(() => {
    const left = scroller.current?.scrollLeft ?? 0;
    const next = drawnWindow(left, viewport());
    if (next.from === latest.current.from && next.to === latest.current.to) return;
    // While what is drawn still covers what is seen, drawing on may wait for the next frames; after a jump it may not.
    const covered = left >= latest.current.from && left + viewport() <= latest.current.to;
    latest.current = next;
    if (covered) startTransition(() => setDrawn(next));
    else setDrawn(next);
  }, [viewport]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (pending.current) {
      element.scrollLeft = xOf(scale, pending.current.time) - pending.current.offset;
      pending.current = null;
    }
    onScroll();
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scale, onScroll]);

  const setZoom = useCallback(
    (next: Zoom, pointerX?: number) => {
      const offset = pointerX ?? viewport() / 2;
      if (scroller.current) pending.current = { time: timeAt(scale, scroller.current.scrollLeft + offset), offset };
      setState((now) => ({ ...now, zoom: next }));
    },
    [scale, viewport],
  );

  const show = useCallback(
    (time: number) => {
      const offset = viewport() / 4;
      const next = zoned(time, zone).year;
      if (scroller.current && next >= year && next <= year + 1) {
        scroller.current.scrollLeft = xOf(scale, time) - offset;
        return;
      }
      pending.current = { time, offset };
      setState((now) => ({ ...now, year: next }));
    },
    [scale, viewport, year, zone],
  );

  const seen = useCallback(() => {
    const left = scroller.current?.scrollLeft ?? 0;
    return { from: timeAt(scale, left), to: timeAt(scale, left + viewport()) };
  }, [scale, viewport]);

  const step = useCallback(
    (direction: 1 | -1, pointerX?: number) => {
      const next = zoomStep(zoom, direction);
      if (next !== zoom) setZoom(next, pointerX);
    },
    [zoom, setZoom],
  );

  const days = level.snapMinutes >= 1440 ? axis.days : null;
  return useMemo(
    () => ({ zone, zoom, level, scale, width, labelWidth, drawn, days, scroller, onScroll, setZoom, step, show, seen }),
    [zone, zoom, level, scale, width, labelWidth, drawn, days, onScroll, setZoom, step, show, seen],
  );
}

/** Three years around the date looked at: at the closest zoom some 1.5 million pixels, which every browser can lay out. */
function axisOf(year: number, zone: string) {
  const first = zoned(Date.UTC(year - 1, 5, 1), zone)
    .toPlainDate()
    .with({ month: 1, day: 1 });
  const origin = dayStart(first, zone);
  const end = dayStart(first.add({ years: yearsShown }), zone);
  return { origin, end, days: Float64Array.from(ticksBetween(origin, end, 'day', zone)) };
}
