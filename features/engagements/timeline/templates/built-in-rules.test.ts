import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { timeline } from '../contract.ts';
import { dayOf } from '../day-rules.ts';
import { minutesOf, timesOn } from '../template-rules.ts';
import { builtInSchedules } from './built-in-rules.ts';

test('each pack has schedules for several kinds of days', () => {
  for (const pack of packNames)
    expect(builtInSchedules.filter((each) => each.pack === pack).length, pack).toBeGreaterThanOrEqual(3);
  expect(new Set(builtInSchedules.map(({ key }) => key)).size).toBe(builtInSchedules.length);
});

test('each is whole: what the API would take, in order, with names of its own, nothing too long', () => {
  const accepted = timeline.routes.createTemplate.body;
  for (const { key, ...fields } of builtInSchedules) {
    expect(accepted.safeParse(fields).error?.message, key).toBeUndefined();
    expect(key).toMatch(new RegExp(`^${fields.pack}\\.[a-z-]+$`));
    expect(fields.items.length, key).toBeGreaterThanOrEqual(4);
    const starts = fields.items.map((item) => timesOn(item, '2026-06-15', 'Europe/Berlin').startsAt);
    for (const [index, item] of fields.items.entries()) {
      expect(minutesOf(item.from, item.until), `${key} ${item.id}`).toBeLessThanOrEqual(6 * 60);
      if (item.kind === 'other' || item.kind === 'meeting') expect(item.title, `${key} ${item.id}`).not.toBe('');
      // What happens beside other things may begin a little before them.
      expect(starts.filter((start, at) => at < index && start > (starts[index] ?? '')).length).toBeLessThanOrEqual(2);
    }
  }
});

test('a show day on tour has all that a tour manager writes down', () => {
  const show = builtInSchedules.find(({ key }) => key === 'touring.show-day');
  const ids = show?.items.map(({ id }) => id);
  for (const id of [
    'bus-call',
    'load-in',
    'line-check',
    'soundcheck',
    'doors',
    'support',
    'changeover',
    'set',
    'curfew',
    'load-out',
  ])
    expect(ids).toContain(id);
});

const time = fc
  .integer({ min: 0, max: 1_439 })
  .map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
const chosen = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));

test('applied to a day, an item is on it as people count, ends after it begins, within a day', () => {
  fc.assert(
    fc.property(
      time,
      time,
      chosen,
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
      (from, until, day, zone) => {
        const { startsAt, endsAt } = timesOn({ day: 0, from, until }, day, zone);
        expect(startsAt < endsAt).toBe(true);
        expect(Date.parse(endsAt) - Date.parse(startsAt)).toBeLessThanOrEqual(25 * 3_600_000);
        // Within the hour that a clock skips, it is an hour later.
        if (from < '02:00' || from >= '05:00') expect(dayOf({ startsAt, zone })).toBe(day);
      },
    ),
  );
});
