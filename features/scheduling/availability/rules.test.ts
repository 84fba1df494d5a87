import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hours } from './contract.ts';
import { Temporal } from 'temporal-polyfill';
import { wallPieces, withinHours } from './rules.ts';
import { shownAt, worksThroughout } from './test/minute-model.ts';
import { instantOfWall } from './zone-rules.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Zone and an instant of a clock change: forward and back, an hour or (Lord Howe) half an hour. */
const changes = [
  ['Europe/Berlin', '2025-03-30T01:00:00Z'],
  ['Europe/Berlin', '2025-10-26T01:00:00Z'],
  ['America/New_York', '2025-03-09T07:00:00Z'],
  ['America/New_York', '2025-11-02T06:00:00Z'],
  ['Australia/Lord_Howe', '2025-04-05T15:00:00Z'],
  ['Australia/Lord_Howe', '2025-10-04T15:30:00Z'],
] as const;

/** Up to three stretches a day without overlap, touching ones included; rather coarse, so that requests fit sometimes. */
const day = fc
  .uniqueArray(
    fc.integer({ min: 0, max: 48 }).map((half) => half * 30),
    { maxLength: 6 },
  )
  .map((bounds) => {
    const sorted = bounds.toSorted((a, b) => a - b);
    return sorted.flatMap((start, index) => {
      const end = sorted[index + 1];
      return end !== undefined && (index % 2 === 0 || end - start > 600)
        ? [{ startsMinute: start, endsMinute: end }]
        : [];
    });
  });
const weeklyHours = fc
  .oneof(
    fc.array(day, { minLength: 7, maxLength: 7 }),
    fc.constant(
      Array.from({ length: 7 }, () => [
        { startsMinute: 0, endsMinute: 720 },
        { startsMinute: 720, endsMinute: 1440 },
      ]),
    ),
  )
  .map((days) =>
    days.flatMap((stretches, index) => stretches.map((stretch): Hours => ({ weekday: index + 1, ...stretch }))),
  );

const around = fc.constantFrom(...changes).chain(([zone, at]) =>
  fc.record({
    zone: fc.constant(zone),
    from: fc.integer({ min: -2_000, max: 600 }).map((minutes) => Date.parse(at) + minutes * minute),
    length: fc.oneof(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1_380, max: 1_500 }),
      fc.integer({ min: 1_440, max: 6_000 }),
    ),
  }),
);

describe('weekly hours', () => {
  test('agree with the minute-by-minute definition around clock changes', () => {
    fc.assert(
      fc.property(weeklyHours, around, (hours, { zone, from, length }) => {
        const to = from + length * minute;
        expect(withinHours(hours, from, to, zone)).toBe(worksThroughout(hours, from, to, zone));
      }),
      { numRuns: 500 },
    );
  });

  test('pieces lie in one local day, say what the clock shows, and add up to the elapsed time', () => {
    fc.assert(
      fc.property(around, ({ zone, from, length }) => {
        const to = from + length * minute;
        let at = from;
        for (const { weekday, startsMs, endsMs } of wallPieces(from, to, zone)) {
          expect(endsMs).toBeGreaterThan(startsMs);
          expect(endsMs).toBeLessThanOrEqual(24 * hour);
          expect({ weekday, minuteOfDay: Math.floor(startsMs / minute) }).toEqual(shownAt(at, zone));
          at += endsMs - startsMs;
        }
        expect(at).toBe(to);
      }),
    );
  });

  const evenings: Hours[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsMinute: 120, endsMinute: 180 }));
  test.each([
    // 02:00 to 03:00 doesn't exist on the day the clock goes forward, and comes twice when it goes back.
    ['Europe/Berlin', '2025-03-30T00:59:00Z', '2025-03-30T01:00:00Z', false],
    ['Europe/Berlin', '2025-03-30T01:00:00Z', '2025-03-30T01:01:00Z', false],
    ['Europe/Berlin', '2025-10-26T00:00:00Z', '2025-10-26T02:00:00Z', true],
    ['Europe/Berlin', '2025-10-26T00:00:00Z', '2025-10-26T02:00:00.001Z', false],
    // Lord Howe goes back from 02:00 to 01:30: the second 01:45 is outside of 02:00 to 03:00.
    ['Australia/Lord_Howe', '2025-04-05T15:15:00Z', '2025-04-05T15:16:00Z', false],
    ['Australia/Lord_Howe', '2025-04-05T15:30:00Z', '2025-04-05T16:30:00Z', true],
  ] as const)('%s %s – %s within 02:00–03:00: %s', (zone, from, to, expected) => {
    expect(withinHours(evenings, Date.parse(from), Date.parse(to), zone)).toBe(expected);
  });

  test('longer than a day: every local day touched must be a working day', () => {
    const weekdaysOnly: Hours[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsMinute: 540, endsMinute: 1_020 }));
    const within = (from: string, to: string) =>
      withinHours(weekdaysOnly, Date.parse(from), Date.parse(to), 'Europe/Berlin');
    expect(within('2025-06-02T07:00:00Z', '2025-06-06T15:00:00Z')).toBe(true);
    // Until midnight of Friday, and one millisecond into Saturday.
    expect(within('2025-06-02T07:00:00Z', '2025-06-06T22:00:00Z')).toBe(true);
    expect(within('2025-06-02T07:00:00Z', '2025-06-06T22:00:00.001Z')).toBe(false);
  });

  test('a day that a zone skipped is not touched', () => {
    const pieces = wallPieces(Date.parse('2011-12-29T12:00:00Z'), Date.parse('2011-12-31T12:00:00Z'), 'Pacific/Apia');
    // Thursday the 29th is followed by Saturday the 31st.
    expect(pieces.map(({ weekday }) => weekday)).toEqual([4, 6, 7]);
  });
});

test('wall times become instants as Temporal reads them, around clock changes', () => {
  fc.assert(
    fc.property(around, ({ zone, from }) => {
      const wall = from + 12 * hour;
      const expected = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, -1)).toZonedDateTime(zone);
      expect(instantOfWall(wall, zone)).toBe(expected.epochMilliseconds);
    }),
    { numRuns: 2_000 },
  );
});
