import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { addBusinessHours, businessDay, overlaps, peakLoad, rerank, type QueuedHold } from './rules.ts';

const hour = (n: number) => new Date(Date.UTC(2026, 4, 1) + n * 3_600_000).toISOString();

const holdsInOrder = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 })), { maxLength: 12 })
  .map((spans) =>
    queue(
      spans.map(([at, length], n) => ({
        id: `h${String(n).padStart(2, '0')}`,
        startsAt: hour(at),
        endsAt: hour(at + length),
      })),
    ),
  );

/** Places one after the other, each behind what it overlaps: what the database does. */
function queue(spans: Omit<QueuedHold, 'rank'>[]): QueuedHold[] {
  const placed: QueuedHold[] = [];
  for (const span of spans) {
    const rank = 1 + Math.max(0, ...placed.filter((other) => overlaps(other, span)).map((other) => other.rank));
    placed.push({ ...span, rank });
  }
  return placed;
}

test('after any release ranks are unique where holds overlap, without gaps, in the old order', () => {
  fc.assert(
    fc.property(holdsInOrder, fc.nat(), (holds, pick) => {
      const left = holds.filter((_, index) => index !== pick % Math.max(1, holds.length));
      const ranks = rerank(left);
      for (const hold of left) {
        const rank = ranks.get(hold.id) ?? 0;
        expect(rank).toBeLessThanOrEqual(hold.rank);
        const beside = left.filter((other) => other.id !== hold.id && overlaps(other, hold));
        for (const other of beside) {
          const theirs = ranks.get(other.id) ?? 0;
          expect(theirs).not.toBe(rank);
          expect(Math.sign(theirs - rank)).toBe(Math.sign(other.rank - hold.rank));
        }
        if (rank > 1) expect(beside.some((other) => ranks.get(other.id) === rank - 1)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a queue that nothing left stays as it is', () => {
  fc.assert(
    fc.property(holdsInOrder, (holds) => {
      expect(rerank(holds)).toEqual(
        new Map(
          holds.map(({ id, rank }) => [id, rank]).toSorted(([, a], [, b]) => Number(a) - Number(b)) as [
            string,
            number,
          ][],
        ),
      );
    }),
  );
});

test('the peak load is that of a minute-by-minute count', () => {
  const commits = fc.array(
    fc.record({ at: fc.nat(20), length: fc.integer({ min: 1, max: 8 }), units: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(commits, fc.nat(20), fc.integer({ min: 1, max: 8 }), (list, at, length) => {
      const held = list.map((c) => ({ startsAt: hour(c.at), endsAt: hour(c.at + c.length), units: c.units }));
      const naive = Array.from({ length }, (_, n) => hour(at + n)).map((t) =>
        held.filter((c) => c.startsAt <= t && t < c.endsAt).reduce((sum, c) => sum + c.units, 0),
      );
      expect(peakLoad({ startsAt: hour(at), endsAt: hour(at + length) }, held)).toBe(Math.max(0, ...naive));
    }),
  );
});

test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
  'business hours in %s agree with counting minutes',
  (zone) => {
    const isOpen = (at: Temporal.ZonedDateTime) =>
      at.dayOfWeek >= businessDay.firstWeekday &&
      at.dayOfWeek <= businessDay.lastWeekday &&
      at.hour >= businessDay.opens &&
      at.hour < businessDay.closes;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 24 * 4 }), fc.integer({ min: 1, max: 30 }), (quarter, hours) => {
        const from = new Date(Date.UTC(2026, 0, 1) + quarter * 900_000).toISOString();
        let at = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
        for (let left = hours * 4; left > 0; at = at.add({ minutes: 15 })) if (isOpen(at)) left--;
        expect(Date.parse(addBusinessHours(from, hours, zone))).toBe(at.epochMilliseconds);
      }),
      { numRuns: 60 },
    );
  },
);
