import { expect, test } from 'vitest';
import { minorOf, numberOf } from './typed-rules.ts';

test.each([
  ['12500', 'USD', 12_500_00],
  ['12,500', 'USD', 12_500_00],
  ['12.500', 'EUR', 12_500_00],
  ['12 500,50 €', 'EUR', 12_500_50],
  ['$12,500.50', 'USD', 12_500_50],
  ['CHF 300', 'CHF', 300_00],
  ['2500,5', 'EUR', 2500_50],
  ['1.250', 'KWD', 1_250],
  ['1,200', 'JPY', 1200],
  ['12,500 €', 'USD', Number.NaN],
  ['a lot', 'EUR', Number.NaN],
  [' ', 'EUR', undefined],
])('an amount as people write it: %s in %s', (text, currency, minor) => expect(minorOf(text, currency)).toBe(minor));

test('a number as people write it', () => {
  expect(['1,200', '1.200', '1 200', '2,5', '-3', 'ten', ''].map((text) => numberOf(text))).toEqual([
    1200,
    1200,
    1200,
    2.5,
    -3,
    Number.NaN,
    undefined,
  ]);
});
