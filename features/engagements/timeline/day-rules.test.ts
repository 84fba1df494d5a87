import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { dayOf, isOutside, movedWith, onDay, shifted } from './day-rules.ts';
import { isService, itemKinds, itemName } from './item-kinds.ts';

const zone = 'Europe/Berlin';
const set = (startsAt: string, endsAt: string) => ({ id: startsAt, startsAt, endsAt, zone });

test('a night belongs to the day before until four', () => {
  expect(dayOf({ startsAt: '2026-05-01T17:30:00.000Z', zone })).toBe('2026-05-01');
  expect(dayOf({ startsAt: '2026-05-01T22:30:00.000Z', zone })).toBe('2026-05-01');
  expect(dayOf({ startsAt: '2026-05-02T01:59:00.000Z', zone })).toBe('2026-05-01');
  expect(dayOf({ startsAt: '2026-05-02T02:00:00.000Z', zone })).toBe('2026-05-02');
});

test('a copy keeps its time by the clock when the clocks change', () => {
  const rehearsal = set('2026-03-27T09:00:00.000Z', '2026-03-27T11:30:00.000Z');
  expect(onDay(rehearsal, '2026-03-30')).toEqual({
    startsAt: '2026-03-30T08:00:00.000Z',
    endsAt: '2026-03-30T10:30:00.000Z',
  });
  const late = set('2026-05-01T22:30:00.000Z', '2026-05-01T23:30:00.000Z');
  expect(onDay(late, '2026-05-03').startsAt).toBe('2026-05-03T22:30:00.000Z');
  // 02:00 to 03:00 is skipped in this night: an hour stays an hour.
  const night = set('2026-03-21T01:15:00.000Z', '2026-03-21T02:15:00.000Z');
  const copied = onDay(night, '2026-03-28');
  expect(Date.parse(copied.endsAt) - Date.parse(copied.startsAt)).toBe(3_600_000);
});

const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 })
  .map((minutes) => minutes * 60_000);
const stretch = fc
  .tuple(
    instant,
    fc.integer({ min: 1, max: 2_880 }),
    fc.constantFrom(zone, 'America/New_York', 'UTC', 'Asia/Kathmandu'),
  )
  .map(([from, minutes, where]) => ({
    startsAt: new Date(from).toISOString(),
    endsAt: new Date(from + minutes * 60_000).toISOString(),
    zone: where,
  }));
const day = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));

test('a copy falls on its day, at the same time by the clock where the clock shows it, and ends after it starts', () => {
  fc.assert(
    fc.property(stretch, day, (item, wanted) => {
      const copy = onDay(item, wanted);
      expect(copy.startsAt < copy.endsAt).toBe(true);
      const [was, is] = [toWallClock(item.startsAt, item.zone), toWallClock(copy.startsAt, item.zone)];
      // Within the hour that a clock skips, a copy is an hour later, which may be the next day's.
      if (was.time === is.time) expect(dayOf({ startsAt: copy.startsAt, zone: item.zone })).toBe(wanted);
    }),
  );
});

test('what shifts is the item and all that begins with it or later; back again it is as it was', () => {
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: -600, max: 600 }),
      (stretches, by) => {
        const items = stretches.map((item, index) => ({ ...item, id: String(index) }));
        const [first] = items;
        if (!first) return;
        const moved = movedWith(items, first, 'end');
        expect(moved).toContain(first);
        for (const item of items)
          expect(moved.includes(item)).toBe(item.id === first.id || item.startsAt >= first.startsAt);
        for (const item of movedWith(items, first, 'day')) expect(dayOf(item)).toBe(dayOf(first));
        expect(moved.map((item) => shifted(shifted(item, by), -by))).toEqual(moved);
      },
    ),
  );
});

test('outside is on another day, not before the doors or after midnight', () => {
  const show = { startsAt: '2026-05-01T18:00:00.000Z', endsAt: '2026-05-01T21:00:00.000Z' };
  const outside = (startsAt: string) => isOutside({ startsAt, zone: 'Europe/Berlin' }, show);
  expect(outside('2026-05-01T08:00:00.000Z')).toBe(false);
  expect(outside('2026-05-01T23:30:00.000Z')).toBe(false);
  expect(outside('2026-04-30T18:00:00.000Z')).toBe(true);
  expect(outside('2026-05-02T08:00:00.000Z')).toBe(true);
});

test('kinds have names; some are services', () => {
  expect(itemName({ kind: 'dress_rehearsal', title: '' })).toBe('Dress rehearsal');
  expect(itemName({ kind: 'concert', title: 'Mahler 5' })).toBe('Concert: Mahler 5');
  expect(itemName({ kind: 'other', title: 'Changeover' })).toBe('Changeover');
  expect(itemKinds.filter(isService)).toContain('shift');
  expect(isService('doors')).toBe(false);
});
