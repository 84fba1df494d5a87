import { expect, test } from 'vitest';
import { money, reasonsOf, type Standing } from './rules.ts';

const standing: Standing = {
  skill: 'Violin',
  level: 5,
  distanceKm: 4.2,
  holds: 0,
  pencils: 0,
  freeUnits: null,
  rateMinor: 35_000,
  rateCurrency: 'EUR',
  rateUnit: 'day',
};

test('reasons follow the ranking', () => {
  expect(reasonsOf(standing)).toEqual([
    'Violin, outstanding',
    '4 km away',
    'nobody else holds this time',
    '€ 350 a day',
  ]);
  expect(
    reasonsOf({ ...standing, skill: undefined, level: null, distanceKm: 0.4, holds: 2, pencils: 1, rateMinor: null }),
  ).toEqual(['less than 1 km away', '2 holds and 1 pencil at this time']);
  expect(
    reasonsOf({
      ...standing,
      distanceKm: null,
      freeUnits: 1,
      holds: 0,
      pencils: 2,
      rateUnit: 'hour',
      rateMinor: 12_345,
    }),
  ).toEqual(['Violin, outstanding', '1 unit free', '2 pencils at this time', '€ 123.45 an hour']);
});

test.each([
  [35_000, 'EUR', '€ 350'],
  [123_456_789, 'USD', '$ 1,234,567.89'],
  [5_000, 'JPY', '¥ 5,000'],
  [12_345, 'KWD', 'KWD 12.345'],
  [100, 'CHF', 'CHF 1'],
  [0, 'EUR', '€ 0'],
])('%i of %s is %s', (minor, currency, text) => expect(money(minor, currency)).toBe(text));
