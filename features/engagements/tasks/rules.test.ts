import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { groupOf, lateAt, relativeDay, relativeWords, remindAt } from './rules.ts';

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC');
const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const dayOf = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();

test('counted in days of the place, whatever the clocks do in between', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -400, max: 400 }), zones, (startsAt, days, zone) => {
      const span = { startsAt, endsAt: new Date(Date.parse(startsAt) + 7_200_000).toISOString(), zone };
      const day = Temporal.PlainDate.from(relativeDay('start', days, span));
      expect(dayOf(startsAt, zone).until(day, { largestUnit: 'days' }).days).toBe(days);
    }),
  );
});

test('a whole day is late when the next one begins, a time when it comes', () => {
  fc.assert(
    fc.property(instants, fc.option(fc.integer({ min: 0, max: 1439 })), zones, (instant, minute, zone) => {
      const on = dayOf(instant, zone).toString();
      const late = lateAt({ on, minute, zone });
      const before = new Date(Date.parse(late) - 1).toISOString();
      expect(dayOf(before, zone).toString() <= on).toBe(true);
      if (minute === null) expect(dayOf(late, zone).toString()).toBe(dayOf(instant, zone).add({ days: 1 }).toString());
    }),
  );
});

test('no reminder comes after it is due, and it comes in the morning', () => {
  fc.assert(
    fc.property(instants, fc.option(fc.nat(1439)), fc.nat(60), zones, (instant, minute, days, zone) => {
      const due = { on: dayOf(instant, zone).toString(), minute, zone };
      const at = remindAt(due, days);
      expect(at <= lateAt(due)).toBe(true);
      if (days > 0) expect(Temporal.Instant.from(at).toZonedDateTimeISO(zone).hour).toBe(9);
    }),
  );
});

test('a show that moves takes its dues along; a concert that ends at midnight ends on its day', () => {
  const zone = 'Europe/Berlin';
  const concert = { startsAt: '2026-03-28T19:00:00.000Z', endsAt: '2026-03-28T23:00:00.000Z', zone };
  expect(relativeDay('start', -21, concert)).toBe('2026-03-07');
  expect(relativeDay('end', 1, concert)).toBe('2026-03-29');
  // The night in which the clocks go forward: 02:30 is skipped.
  expect(lateAt({ on: '2026-03-29', minute: 150, zone })).toBe('2026-03-29T01:30:00.000Z');
  // The night in which they go back: 02:30 comes twice, the first is meant.
  expect(lateAt({ on: '2026-10-25', minute: 150, zone })).toBe('2026-10-25T00:30:00.000Z');
  expect(lateAt({ on: '2026-10-25', minute: null, zone })).toBe('2026-10-25T23:00:00.000Z');
  expect(remindAt({ on: '2026-10-27', minute: null, zone }, 2)).toBe('2026-10-25T08:00:00.000Z');
  expect(remindAt({ on: '2026-10-27', minute: 60, zone }, 0)).toBe('2026-10-27T00:00:00.000Z');
});

test('own tasks stand under overdue, today, the week, later', () => {
  const at = (on: string, minute: number | null = null) =>
    groupOf({ dueOn: on, dueAt: lateAt({ on, minute, zone: 'UTC' }) }, '2026-05-10T10:00:00.000Z', 'UTC');
  expect([at('2026-05-09'), at('2026-05-10', 599), at('2026-05-10', 601), at('2026-05-10')]).toEqual([
    'overdue',
    'overdue',
    'today',
    'today',
  ]);
  expect([at('2026-05-11'), at('2026-05-17'), at('2026-05-18')]).toEqual(['week', 'week', 'later']);
  expect(groupOf({ dueOn: null, dueAt: null }, '2026-05-10T10:00:00.000Z', 'UTC')).toBe('undated');
});

test('relative dues read as people say them', () => {
  expect(relativeWords('start', -21, 'show')).toBe('21 days before the show');
  expect(relativeWords('start', 0, 'show')).toBe('on the day of the show');
  expect(relativeWords('end', 1, 'concert')).toBe('1 day after the end of the concert');
});
