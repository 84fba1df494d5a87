import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isQuiet, quietEnd, quietEve, reminderOf, timesOf, type Timing } from './quiet-rules.ts';

const night = { quietFrom: 21 * 60, quietTo: 8 * 60 };
const usual: Timing = {
  ...night,
  deadlineMinutes: 1_440,
  lateWithinMinutes: 2_880,
  lateDeadlineMinutes: 120,
  reminderMinutes: 240,
};
const ms = (instant: string) => Date.parse(instant);
const iso = (at: number | null) => at && new Date(at).toISOString();
const hour = 3_600_000;

test('quiet hours are those of the person’s clock, also when it changes', () => {
  expect(isQuiet(night, 'Europe/Berlin', ms('2026-05-05T19:00:00Z'))).toBe(true);
  expect(isQuiet(night, 'Europe/Berlin', ms('2026-05-05T18:59:59Z'))).toBe(false);
  expect(isQuiet(night, 'America/New_York', ms('2026-05-05T19:00:00Z'))).toBe(false);
  // The night of 28 to 29 March 2026 is an hour shorter, that of 24 to 25 October an hour longer.
  expect(iso(quietEnd(night, 'Europe/Berlin', ms('2026-03-28T20:00:00Z')))).toBe('2026-03-29T06:00:00.000Z');
  expect(iso(quietEnd(night, 'Europe/Berlin', ms('2026-10-24T19:00:00Z')))).toBe('2026-10-25T07:00:00.000Z');
});

test('an end that the clock skips comes with the jump; one that it shows twice ends both', () => {
  const early = { quietFrom: 0, quietTo: 150 };
  expect(iso(quietEnd(early, 'Europe/Berlin', ms('2026-03-29T00:30:00Z')))).toBe('2026-03-29T01:00:00.000Z');
  expect(iso(quietEnd(early, 'Europe/Berlin', ms('2026-10-24T23:30:00Z')))).toBe('2026-10-25T00:30:00.000Z');
  expect(iso(quietEnd(early, 'Europe/Berlin', ms('2026-10-25T01:15:00Z')))).toBe('2026-10-25T01:30:00.000Z');
});

test('late calls are answered sooner, and never after the service began', () => {
  const now = ms('2026-05-05T10:00:00Z');
  expect(iso(timesOf(usual, 'Europe/Berlin', now, now + 20 * 24 * hour).deadlineAt)).toBe('2026-05-06T10:00:00.000Z');
  expect(iso(timesOf(usual, 'Europe/Berlin', now, now + 47 * hour).deadlineAt)).toBe('2026-05-05T12:00:00.000Z');
  expect(iso(timesOf(usual, 'Europe/Berlin', now, now + hour).deadlineAt)).toBe('2026-05-05T11:00:00.000Z');
});

test('a deadline in quiet hours waits for the morning, unless the service begins before', () => {
  const now = ms('2026-05-05T18:00:00Z');
  expect(timesOf(usual, 'Europe/Berlin', now, ms('2026-05-06T17:00:00Z'))).toEqual({
    deadlineAt: ms('2026-05-06T06:00:00Z'),
    remindAt: ms('2026-05-05T18:59:00Z'),
  });
  expect(iso(timesOf(usual, 'Europe/Berlin', now, ms('2026-05-06T05:00:00Z')).deadlineAt)).toBe(
    '2026-05-05T20:00:00.000Z',
  );
  expect(reminderOf(usual, 'Europe/Berlin', now, ms('2026-05-05T19:30:00Z'))).toBeNull();
});

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
const instants = fc.integer({ min: ms('2026-01-01T00:00:00Z') / 60_000, max: ms('2027-12-31T00:00:00Z') / 60_000 });
const minuteOfDay = fc.integer({ min: 0, max: 1_439 });
const quiets = fc.record({ quietFrom: minuteOfDay, quietTo: minuteOfDay });

test('the end of quiet hours is the first minute that isn’t quiet; the eve the last before them', () => {
  fc.assert(
    fc.property(quiets, zones, instants, (quiet, zone, minutes) => {
      const at = minutes * 60_000;
      let end = at;
      while (isQuiet(quiet, zone, end)) end += 60_000;
      expect(quietEnd(quiet, zone, at)).toBe(end);
      if (end === at) return;
      let eve = at;
      while (isQuiet(quiet, zone, eve)) eve -= 60_000;
      expect(quietEve(quiet, zone, at)).toBe(eve);
    }),
    { numRuns: 300 },
  );
});

const timings = fc.record({
  quietFrom: minuteOfDay,
  quietTo: minuteOfDay,
  deadlineMinutes: fc.integer({ min: 5, max: 10_000 }),
  lateWithinMinutes: fc.integer({ min: 0, max: 10_000 }),
  lateDeadlineMinutes: fc.integer({ min: 5, max: 10_000 }),
  reminderMinutes: fc.option(fc.integer({ min: 5, max: 10_000 })),
});

test('deadlines come after the sending and no later than the service; reminders in between, and not at night', () => {
  fc.assert(
    fc.property(timings, zones, instants, fc.integer({ min: 5, max: 50_000 }), (timing, zone, minutes, ahead) => {
      const now = minutes * 60_000;
      const startsAt = now + ahead * 60_000;
      const { deadlineAt, remindAt } = timesOf(timing, zone, now, startsAt);
      expect(deadlineAt).toBeGreaterThan(now);
      expect(deadlineAt).toBeLessThanOrEqual(startsAt);
      if (isQuiet(timing, zone, deadlineAt))
        expect(quietEnd(timing, zone, deadlineAt)).toBeGreaterThanOrEqual(startsAt);
      if (remindAt === null) return;
      expect(remindAt).toBeGreaterThan(now);
      expect(remindAt).toBeLessThan(deadlineAt);
      expect(isQuiet(timing, zone, remindAt)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
