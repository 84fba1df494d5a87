import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawnWindow,
  hitTest,
  rowAt,
  scrollForZoom,
  timeAt,
  trackOf,
  visibleSpans,
  xOf,
  type Scale,
  type Span,
} from './timeline-rules.ts';

const spans = fc
  .array(fc.record({ start: fc.integer({ min: 0, max: 1_000 }), length: fc.integer({ min: 1, max: 400 }) }), {
    maxLength: 60,
  })
  .map((list) => list.map(({ start, length }, index): Span => ({ id: String(index), start, end: start + length })));

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

function busiest(list: readonly Span[]): number {
  return Math.max(0, ...list.map(({ start }) => list.filter((span) => span.start <= start && span.end > start).length));
}

describe('lane packing', () => {
  it('never lets two spans of a lane overlap, and uses no lane more than the busiest instant needs', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const track = trackOf(list);
        for (const [i, a] of track.spans.entries()) {
          for (const [j, b] of track.spans.entries()) {
            if (i < j && track.lanes[i] === track.lanes[j]) expect(overlap(a, b)).toBe(false);
          }
        }
        expect(track.laneCount).toBe(busiest(list));
        expect(track.spans.map(({ id }) => id).toSorted()).toEqual(list.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('gives the upper lane to the first in order among those that start together', () => {
    const rank = new Map([
      ['b', 1],
      ['a', 2],
      ['c', 3],
    ]);
    const list = ['a', 'b', 'c'].map((id): Span => ({ id, start: 0, end: 10 }));
    const track = trackOf(list, (a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
    expect(track.spans.map(({ id }, index) => [id, track.lanes[index]])).toEqual([
      ['b', 0],
      ['a', 1],
      ['c', 2],
    ]);
  });
});

describe('culling', () => {
  it('finds exactly the spans that a look at each one finds', () => {
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: -100, max: 1_500 }),
        fc.integer({ min: 1, max: 500 }),
        (list, from, length) => {
          const found = visibleSpans(trackOf(list), from, from + length).map(({ span }) => span.id);
          const naive = list.filter((span) => span.start < from + length && span.end > from).map(({ id }) => id);
          expect(found.toSorted()).toEqual(naive.toSorted());
        },
      ),
    );
  });

  it('keeps the drawn window until the viewport leaves its bucket', () => {
    const first = drawnWindow(2_010, 1_200);
    expect(drawnWindow(2_011, 1_200)).toEqual(first);
    expect(first.from).toBeLessThanOrEqual(2_010 - 128);
    expect(first.to).toBeGreaterThanOrEqual(2_010 + 1_200 + 128);
  });
});

describe('hit test', () => {
  const scale: Scale = { origin: 0, msPerPx: 1 };

  it('hits a bar where it is drawn, for each span and lane', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const track = trackOf(list);
        for (const [index, span] of track.spans.entries()) {
          const middle = (span.start + span.end) / 2;
          const lane = track.lanes[index] ?? 0;
          // A bar of less than the least width may lie under the one drawn after it.
          if (span.end - span.start < 6) continue;
          expect(hitTest(track, scale, { x: middle, lane }, { minWidth: 0 })?.span.id).toBe(span.id);
          expect(hitTest(track, scale, { x: middle, lane: track.laneCount }, { minWidth: 0 })).toBeNull();
        }
      }),
    );
  });

  it('tells edges from the body, and leaves most of a short bar to the body', () => {
    const track = trackOf([
      { id: 'long', start: 0, end: 100 },
      { id: 'short', start: 200, end: 208 },
    ]);
    const part = (x: number) => hitTest(track, scale, { x, lane: 0 })?.part;
    expect([part(3), part(50), part(98), part(150)]).toEqual(['start', 'body', 'end', undefined]);
    expect([part(201), part(204), part(207)]).toEqual(['start', 'body', 'end']);
  });

  it('hits a bar that is drawn wider than its time', () => {
    const coarse: Scale = { origin: 0, msPerPx: 100 };
    const track = trackOf([{ id: 'tiny', start: 1_000, end: 1_010 }]);
    expect(hitTest(track, coarse, { x: 14, lane: 0 })?.span.id).toBe('tiny');
    expect(hitTest(track, coarse, { x: 17, lane: 0 })).toBeNull();
  });
});

describe('scale', () => {
  it('goes to pixels and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1_000, max: 2e7 }), (time, msPerPx) => {
        const scale: Scale = { origin: 1.6e12, msPerPx };
        expect(Math.abs(timeAt(scale, xOf(scale, time)) - time)).toBeLessThan(1);
      }),
    );
  });

  it('keeps the instant under the pointer when zooming', () => {
    const from: Scale = { origin: 0, msPerPx: 1_000 };
    const to: Scale = { origin: 0, msPerPx: 125 };
    const scrollLeft = scrollForZoom(from, to, 5_000, 300);
    expect(timeAt(to, scrollLeft + 300)).toBe(timeAt(from, 5_300));
  });

  it('finds the row at a height', () => {
    expect([-1, 0, 39, 40, 75, 500].map((y) => rowAt([0, 40, 76], y))).toEqual([-1, 0, 0, 1, 1, 2]);
  });
});
