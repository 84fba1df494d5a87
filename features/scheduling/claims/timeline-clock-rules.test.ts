import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  moveSpan,
  resizeSpan,
  shift,
  snap,
  ticksBetween,
  weekendsBetween,
  zoned,
  zoomLevels,
  zoomStep,
} from './timeline-clock-rules.ts';
import { zooms } from './zooms.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
const at = (text: string) => Date.parse(text);
const anyTime = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
const hour = 3_600_000;

describe('ticks', () => {
  it('has 23 hours on the day the clocks go forward and 25 when they go back', () => {
    const hours = (from: string, to: string) => ticksBetween(at(from), at(to), 'hour', 'Europe/Berlin').length;
    expect(hours('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(23);
    expect(hours('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(25);
  });

  it('puts each day at the first instant of its date, also over a change of half an hour', () => {
    fc.assert(
      fc.property(anyTime, fc.constantFrom(...zones), fc.integer({ min: 1, max: 40 }), (from, zone, days) => {
        const ticks = ticksBetween(from, from + days * 24 * hour, 'day', zone);
        expect(ticks[0]).toBeLessThanOrEqual(from);
        expect(ticks[1] ?? Infinity).toBeGreaterThan(from);
        for (const [index, tick] of ticks.entries()) {
          expect(zoned(tick, zone).toPlainTime().toString()).toBe('00:00:00');
          const next = ticks[index + 1];
          if (next) expect(zoned(next, zone).toPlainDate().since(zoned(tick, zone).toPlainDate()).days).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('begins weeks on Monday, quarters with their first month', () => {
    expect(ticksBetween(at('2026-01-01T12:00:00Z'), at('2026-01-06T00:00:00Z'), 'week', 'UTC')).toEqual([
      at('2025-12-29T00:00:00Z'),
      at('2026-01-05T00:00:00Z'),
    ]);
    expect(ticksBetween(at('2026-05-20T00:00:00Z'), at('2026-08-01T00:00:00Z'), 'quarter', 'UTC')).toEqual([
      at('2026-04-01T00:00:00Z'),
      at('2026-07-01T00:00:00Z'),
    ]);
  });

  it('finds weekends, of 47 hours where the clocks go forward', () => {
    const [weekend] = weekendsBetween(at('2026-03-25T00:00:00Z'), at('2026-03-30T00:00:00Z'), 'Europe/Berlin');
    expect(weekend && (weekend.end - weekend.start) / hour).toBe(47);
  });
});

describe('snapping', () => {
  it('lands on the grid of the wall clock, no further than a step away', () => {
    fc.assert(
      fc.property(anyTime, fc.constantFrom(...zones), fc.constantFrom(15, 30), (time, zone, minutes) => {
        const snapped = snap(time, minutes, zone);
        expect(zoned(snapped, zone).minute % minutes).toBe(0);
        expect(Math.abs(snapped - time)).toBeLessThanOrEqual((minutes * 60_000) / 2);
        expect(snap(time, minutes, zone, 'floor')).toBeLessThanOrEqual(time);
        expect(snap(time, minutes, zone, 'ceil')).toBeGreaterThanOrEqual(time);
        expect(snap(snapped, minutes, zone)).toBe(snapped);
      }),
    );
  });

  it('snaps to whole days of 23 and 25 hours', () => {
    const noon = at('2026-03-29T10:00:00Z');
    expect(snap(noon, 1440, 'Europe/Berlin', 'floor')).toBe(at('2026-03-28T23:00:00Z'));
    expect(snap(noon, 1440, 'Europe/Berlin', 'ceil')).toBe(at('2026-03-29T22:00:00Z'));
  });
});

describe('moving', () => {
  it('keeps the wall clock over a change of clocks when moved by days', () => {
    const concert = { start: at('2026-03-27T18:30:00Z'), end: at('2026-03-27T21:00:00Z') };
    const moved = moveSpan(concert, 3 * 24 * hour, zoomLevels.week, 'Europe/Berlin');
    expect(zoned(moved.start, 'Europe/Berlin').toPlainTime().toString()).toBe('19:30:00');
    expect(new Date(moved.start).toISOString()).toBe('2026-03-30T17:30:00.000Z');
    expect(moved.end - moved.start).toBe(2.5 * hour);
  });

  it('never turns a span around or empties it', () => {
    const length = fc.integer({ min: 60_000, max: 100 * hour });
    const drag = fc.integer({ min: -400 * hour, max: 400 * hour });
    fc.assert(
      fc.property(
        anyTime,
        length,
        drag,
        fc.constantFrom(...zooms),
        fc.constantFrom(...zones),
        (start, ms, by, zoom, zone) => {
          const span = { start, end: start + ms };
          for (const result of [
            moveSpan(span, by, zoomLevels[zoom], zone),
            resizeSpan(span, 'start', by, zoomLevels[zoom], zone),
            resizeSpan(span, 'end', by, zoomLevels[zoom], zone),
          ]) {
            expect(result.start).toBeLessThan(result.end);
          }
        },
      ),
    );
  });

  it('moves only the edge that is dragged', () => {
    const span = { start: at('2026-05-01T10:00:00Z'), end: at('2026-05-01T12:00:00Z') };
    expect(resizeSpan(span, 'end', hour, zoomLevels.hour, 'UTC')).toEqual({ start: span.start, end: span.end + hour });
    expect(resizeSpan(span, 'start', 5 * hour, zoomLevels.hour, 'UTC').start).toBe(span.end - 15 * 60_000);
  });

  it('adds days by the wall clock and minutes by the clock', () => {
    const evening = at('2026-10-24T18:00:00Z');
    expect(shift(evening, 1440, 'Europe/Berlin')).toBe(evening + 25 * hour);
    expect(shift(evening, 60, 'Europe/Berlin')).toBe(evening + hour);
  });
});

it('zooms by one level and stays at the ends', () => {
  expect([zoomStep('week', 1), zoomStep('week', -1), zoomStep('hour', 1), zoomStep('quarter', -1)]).toEqual([
    'day',
    'month',
    'hour',
    'quarter',
  ]);
});
