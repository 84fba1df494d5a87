import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOf } from '#features/engagements/rules.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { columnOf, columnsOf, daysSince, forecastOf, sumsOf, type Worth } from './rules.ts';

const stages = packNames.flatMap((pack) => packs[pack].stages.map(({ key }) => ({ pack, stage: key })));
const worth: fc.Arbitrary<Worth> = fc
  .record({
    of: fc.constantFrom(...stages),
    value: fc.option(
      fc.record({
        minor: fc.integer({ min: 0, max: 100_000_000_000 }),
        currency: fc.constantFrom('EUR', 'JPY', 'USD'),
      }),
    ),
    probability: fc.option(fc.integer({ min: 0, max: 100 })),
  })
  .map(({ of, value, probability }) => ({
    ...of,
    probability,
    valueMinor: value?.minor ?? null,
    valueCurrency: value?.currency ?? null,
  }));

test('sums keep currencies apart, lose nothing, and weigh as one by one would', () => {
  fc.assert(
    fc.property(fc.array(worth, { maxLength: 60 }), (items) => {
      const sums = sumsOf(items);
      for (const currency of ['EUR', 'JPY', 'USD']) {
        const its = items.filter(({ valueCurrency }) => valueCurrency === currency);
        const sum = sums.find((each) => each.currency === currency);
        expect(sum?.count ?? 0).toBe(its.length);
        expect(sum?.minor ?? 0).toBe(its.reduce((total, { valueMinor }) => total + (valueMinor ?? 0), 0));
        const exact = its.reduce((total, each) => total + ((each.valueMinor ?? 0) / 100) * chanceOf(each), 0);
        expect(Math.abs((sum?.weighted ?? 0) - exact)).toBeLessThan(1 + exact * 1e-12);
        expect(sum?.weighted ?? 0).toBeLessThanOrEqual(sum?.minor ?? 0);
      }
      expect(sums.map(({ count }) => count)).toEqual(sums.map(({ count }) => count).toSorted((a, b) => b - a));
    }),
  );
});

test('the forecast is the same as the sums of each month, however it is grouped', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(worth, fc.constantFrom('2026-05', '2026-06')), { maxLength: 40 }), (items) => {
      const groups = items.flatMap(([{ valueMinor, valueCurrency, ...rest }, month]) =>
        valueMinor === null || valueCurrency === null
          ? []
          : [{ ...rest, month, minor: valueMinor, currency: valueCurrency, engagements: 1 }],
      );
      for (const { month, currency, engagements, weighted } of forecastOf(groups)) {
        const its = items.filter(([one, of]) => of === month && one.valueCurrency === currency).map(([one]) => one);
        const [sum] = sumsOf(its);
        expect({ engagements, weighted }).toEqual({ engagements: sum?.count, weighted: sum?.weighted });
      }
    }),
  );
});

test('what is certain is certain, whatever somebody said while it was open', () => {
  const said = { pack: 'venue' as const, probability: 5 };
  expect(chanceOf({ ...said, stage: 'definite' })).toBe(100);
  expect(chanceOf({ ...said, stage: 'lost' })).toBe(0);
  expect(chanceOf({ ...said, stage: 'tentative' })).toBe(5);
  expect(chanceOf({ ...said, stage: 'tentative', probability: null })).toBe(50);
});

test.each(packNames)('%s: each stage has its column', (pack) => {
  const columns = columnsOf(pack).map(({ key }) => key);
  for (const { key } of packs[pack].stages) expect(columns).toContain(columnOf({ pack, stage: key }));
  expect(columnsOf(pack).every(({ target }) => target !== '')).toBe(true);
});

test('days count when they are whole', () => {
  expect(daysSince('2026-05-01T12:00:00.000Z', '2026-05-03T11:00:00.000Z')).toBe(1);
  expect(daysSince('2026-05-03T12:00:00.000Z', '2026-05-03T11:00:00.000Z')).toBe(0);
});
