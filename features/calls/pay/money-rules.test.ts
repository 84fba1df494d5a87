import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, rateText, readDecimal, roundings, share } from './money-rules.ts';

test('a half goes up, to the even one, or away', () => {
  const of = (amount: number) => roundings.map((rounding) => share(amount, 1, 2, rounding));
  expect([of(1), of(3), of(4), of(0)]).toEqual([
    [1, 0, 0],
    [2, 2, 1],
    [2, 2, 2],
    [0, 0, 0],
  ]);
  // 7/3 and 8/3.
  expect([share(7, 1, 3, 'half_up'), share(8, 1, 3, 'half_up'), share(8, 1, 3, 'down')]).toEqual([2, 3, 2]);
});

test('a share is the nearest whole amount, however large', () => {
  const amount = fc.integer({ min: 0, max: 10_000_000_000 });
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 0, max: 100_000_000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      (a, n, d) => {
        const exact = BigInt(a) * BigInt(n);
        const got = BigInt(share(a, n, d, 'half_up'));
        if (got > BigInt(Number.MAX_SAFE_INTEGER)) return;
        const off = 2n * (got * BigInt(d) - exact);
        expect(off <= BigInt(d) && off > -BigInt(d)).toBe(true);
      },
    ),
  );
});

test('amounts with the decimals of their currency', () => {
  expect([
    decimalText(5, 'EUR'),
    decimalText(-1_205, 'EUR'),
    decimalText(12_000, 'JPY'),
    decimalText(-1_250, 'KWD'),
  ]).toEqual(['0.05', '-12.05', '12000', '-1.250']);
  expect([readDecimal('12,5', 'EUR'), readDecimal(' 12.50 ', 'EUR'), readDecimal('1.25', 'KWD')]).toEqual([
    1250, 1250, 1250,
  ]);
  expect([readDecimal('-0.10', 'EUR'), readDecimal('120', 'JPY'), readDecimal('-0', 'EUR')]).toEqual([-10, 120, 0]);
  for (const wrong of ['', '1.234', '1,2,3', '1e3', '.5', 'ten', '--1']) expect(readDecimal(wrong, 'EUR')).toBeNull();
  expect(readDecimal('1.0', 'JPY')).toBeNull();
  expect(rateText(1_250)).toBe('12.5 %');
});

test('what is written reads back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (minor, currency) => {
        expect(readDecimal(decimalText(minor, currency), currency)).toBe(minor);
      },
    ),
  );
});
