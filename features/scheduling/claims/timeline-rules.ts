/**
 * The kernel of the timeline: time ↔ pixels, culling, lanes and hit tests. Pure, no DOM.
 * Times are epoch milliseconds, spans are half-open: [start, end).
 */

export interface Span {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Linear in instants: a day with a clock change is simply 23 or 25 hours wide. */
export interface Scale {
  /** Instant at x = 0. */
  readonly origin: number;
  readonly msPerPx: number;
}

export function xOf(scale: Scale, time: number): number {
  return (time - scale.origin) / scale.msPerPx;
}

export function timeAt(scale: Scale, x: number): number {
  return scale.origin + x * scale.msPerPx;
}

/** Scroll offset that keeps the instant under the pointer where it is while the scale changes. */
export function scrollForZoom(from: Scale, to: Scale, scrollLeft: number, pointerX: number): number {
  return Math.max(0, xOf(to, timeAt(from, scrollLeft + pointerX)) - pointerX);
}

/** The spans of one row, sorted and packed once; everything per frame is a search in it. */
export interface Track<T extends Span = Span> {
  readonly spans: readonly T[];
  /** Largest end of spans[0..i]: never falls, so a binary search may skip all that ended before a window. */
  readonly maxEnds: Float64Array;
  /** Lane of each span: no two in a lane overlap. */
  readonly lanes: Uint16Array;
  readonly laneCount: number;
}

/** `order` decides between spans that start together: the first gets the upper lane. */
export function trackOf<T extends Span>(spans: readonly T[], order: (a: T, b: T) => number = byId): Track<T> {
  const sorted = spans.toSorted((a, b) => a.start - b.start || order(a, b));
  const maxEnds = new Float64Array(sorted.length);
  const lanes = new Uint16Array(sorted.length);
  // First fit by start needs exactly as many lanes as spans overlap at the busiest instant.
  const laneEnds: number[] = [];
  let latest = -Infinity;
  for (const [index, span] of sorted.entries()) {
    latest = Math.max(latest, span.end);
    maxEnds[index] = latest;
    const free = laneEnds.findIndex((end) => end <= span.start);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = span.end;
    lanes[index] = lane;
  }
  return { spans: sorted, maxEnds, lanes, laneCount: laneEnds.length };
}

function byId(a: Span, b: Span): number {
  return a.id < b.id ? -1 : 1;
}

export const emptyTrack: Track<never> = {
  spans: [],
  maxEnds: new Float64Array(0),
  lanes: new Uint16Array(0),
  laneCount: 0,
};

/** First index in 0..length at which `holds` is true, given that it stays true after; `length` when never. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface Placed<T extends Span = Span> {
  readonly span: T;
  readonly lane: number;
}

/** The spans of a track that touch [from, to), by start. */
export function visibleSpans<T extends Span>(track: Track<T>, from: number, to: number): Placed<T>[] {
  const { spans, maxEnds, lanes } = track;
  const first = firstIndex(spans.length, (index) => (maxEnds[index] ?? 0) > from);
  const placed: Placed<T>[] = [];
  for (let index = first; index < spans.length; index += 1) {
    const span = spans[index];
    if (!span || span.start >= to) break;
    if (span.end > from) placed.push({ span, lane: lanes[index] ?? 0 });
  }
  return placed;
}

export type HitPart = 'start' | 'body' | 'end';
export interface Hit<T extends Span = Span> {
  readonly span: T;
  readonly part: HitPart;
}

/**
 * What lies under the pointer. Bars narrower than `minWidth` are drawn, and so hit, that wide;
 * the edges that resize take at most a quarter of the bar, so that a short one can still be moved.
 */
export function hitTest<T extends Span>(
  track: Track<T>,
  scale: Scale,
  at: { x: number; lane: number },
  { edge = 7, minWidth = 6 }: { edge?: number; minWidth?: number } = {},
): Hit<T> | null {
  const from = timeAt(scale, at.x - minWidth);
  const to = timeAt(scale, at.x + 1);
  const candidates = visibleSpans(track, from, to).filter(({ lane }) => lane === at.lane);
  for (const { span } of candidates.toReversed()) {
    const left = xOf(scale, span.start);
    const width = Math.max(minWidth, xOf(scale, span.end) - left);
    if (at.x < left || at.x > left + width) continue;
    const grip = Math.min(edge, width / 4);
    if (at.x <= left + grip) return { span, part: 'start' };
    return { span, part: at.x >= left + width - grip ? 'end' : 'body' };
  }
  return null;
}

/** Rows from top to bottom by their heights: where each begins, and which one a y lies in. */
export function rowAt(tops: readonly number[], y: number): number {
  return firstIndex(tops.length, (index) => (tops[index] ?? 0) > y) - 1;
}

/**
 * The part of the axis to draw: the viewport and a margin on both sides, rounded outwards to `bucket` pixels, so that scrolling draws anew only when it leaves a bucket.
 */
export function drawnWindow(scrollLeft: number, viewport: number, bucket = 256): { from: number; to: number } {
  const margin = bucket / 2;
  return {
    from: Math.max(0, Math.floor((scrollLeft - margin) / bucket) * bucket),
    to: Math.ceil((scrollLeft + viewport + margin) / bucket) * bucket,
  };
}
