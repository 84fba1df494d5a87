import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecastRound, likelyAnswer, usualAnswer } from './forecast-rules.ts';

const month = 30 * 24 * 60;
const round = { strategy: 'one', width: 3, deadlineMinutes: 1_440, places: 1, untilMinutes: month } as const;
const always = { accepts: 1, answers: 1, medianMinutes: 60 };
const never = { accepts: 0, answers: 1, medianMinutes: 60 };

test('who always accepts fills the seat with one call; who never does leaves it open', () => {
  expect(forecastRound(round, [always, always])).toMatchObject({ chance: 1, calls: 1 });
  expect(forecastRound(round, [never, never])).toEqual({ chance: 0, hours: null, hoursMostly: null, calls: 2 });
  expect(forecastRound(round, [])).toEqual({ chance: 0, hours: null, hoursMostly: null, calls: 0 });
});

test('asking everybody is faster and costs more calls', () => {
  const people = Array.from({ length: 12 }, () => usualAnswer);
  const one = forecastRound({ ...round, places: 2 }, people);
  const all = forecastRound({ ...round, places: 2, strategy: 'all' }, people);
  expect(all.hours ?? 0).toBeLessThan(one.hours ?? 0);
  expect(all.calls).toBeGreaterThan(one.calls);
  expect([one.chance, all.chance].every((chance) => chance > 0.9)).toBe(true);
});

test('few answers say little, many much', () => {
  expect(likelyAnswer(undefined)).toEqual(usualAnswer);
  const few = likelyAnswer({ asked: 1, answered: 1, accepted: 1, medianMinutes: 10 });
  const many = likelyAnswer({ asked: 100, answered: 100, accepted: 100, medianMinutes: 10 });
  expect(few.accepts).toBeLessThan(0.6);
  expect(many.accepts).toBeGreaterThan(0.95);
});

test('a forecast is sound, and the same for the same question', () => {
  const likely = fc
    .record({
      accepts: fc.double({ min: 0, max: 1, noNaN: true }),
      more: fc.double({ min: 0, max: 1, noNaN: true }),
      medianMinutes: fc.integer({ min: 1, max: 5_000 }),
    })
    .map(({ accepts, more, medianMinutes }) => ({ accepts, answers: Math.min(1, accepts + more), medianMinutes }));
  fc.assert(
    fc.property(
      fc.array(likely, { maxLength: 15 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('one' as const, 'some' as const, 'all' as const),
      fc.integer({ min: 1, max: month }),
      (people, places, strategy, untilMinutes) => {
        const asked = { ...round, strategy, places, untilMinutes };
        const outlook = forecastRound(asked, people);
        expect(outlook).toEqual(forecastRound(asked, people));
        expect(outlook.chance).toBeGreaterThanOrEqual(0);
        expect(outlook.chance).toBeLessThanOrEqual(1);
        expect(outlook.calls).toBeLessThanOrEqual(people.length);
        if (people.length < places) expect(outlook.chance).toBe(0);
        if (outlook.hours === null) return;
        expect(outlook.hours).toBeLessThanOrEqual(outlook.hoursMostly ?? 0);
        expect(outlook.hoursMostly).toBeLessThanOrEqual(untilMinutes / 60 + 0.1);
      },
    ),
    { numRuns: 60 },
  );
});
