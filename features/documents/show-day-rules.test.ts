import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daySpan, isBookedOn, isOn, showDay, showDays } from './show-day-rules.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
] as const;
const instants = fc
  .date({ min: new Date('2012-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

test('each instant lies in exactly one show day, the one that it is said to have', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const day = showDay(instant, zone);
      const { startsAt, endsAt } = daySpan(day, zone);
      expect(startsAt <= instant && instant < endsAt).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('the small hours belong to the day before, by the clock of the place', () => {
  expect(showDay('2026-05-14T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-05-14');
  expect(showDay('2026-05-15T01:59:00.000Z', 'Europe/Berlin')).toBe('2026-05-14');
  expect(showDay('2026-05-15T02:00:00.000Z', 'Europe/Berlin')).toBe('2026-05-15');
  expect(showDay('2026-05-15T02:00:00.000Z', 'America/New_York')).toBe('2026-05-14');
});

test('a day on which the clocks change has 23 or 25 hours', () => {
  const hours = (day: string) => {
    const { startsAt, endsAt } = daySpan(day, 'Europe/Berlin');
    return (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;
  };
  expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-24')]).toEqual([23, 24, 25]);
});

test('something that runs over the night is on both days, and makes a day of neither but its first', () => {
  const bus = { startsAt: '2026-05-14T22:00:00.000Z', endsAt: '2026-05-15T07:00:00.000Z', zone: 'Europe/Berlin' };
  expect(['2026-05-13', '2026-05-14', '2026-05-15', '2026-05-16'].map((day) => isOn(day, bus))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(showDays([bus], [])).toEqual(['2026-05-14']);
});

test('a booking of a whole day is on that day of the calendar, not on the night before', () => {
  const hall = { startsAt: '2026-05-13T22:00:00.000Z', endsAt: '2026-05-14T22:00:00.000Z', zone: 'Europe/Berlin' };
  expect(['2026-05-13', '2026-05-14', '2026-05-15'].map((day) => isBookedOn(day, hall))).toEqual([false, true, false]);
  expect(showDays([], [hall])).toEqual(['2026-05-14']);
});
