import { expect, test } from 'vitest';
import * as z from 'zod';
import { amountProblem } from './amount-problems.ts';

const amount = z.int().min(-100_000).max(100_000_000);

test('an amount that is too large is refused in units of its currency, by its name; others as before', () => {
  const problems = (shape: z.ZodRawShape, value: unknown) =>
    z
      .object(shape)
      .safeParse(value)
      .error?.issues.map((issue) => amountProblem(issue, value));
  expect(problems({ feeMinor: amount }, { feeMinor: 1e9, feeCurrency: 'EUR' })).toEqual([
    'The fee must be at most €1,000,000.00.',
  ]);
  expect(problems({ dayRateMinor: amount }, { dayRateMinor: 1e9, currency: 'JPY' })).toEqual([
    'The day rate must be at most ¥100,000,000.',
  ]);
  expect(problems({ amountMinor: amount }, { amountMinor: -1e9, currency: 'EUR' })).toEqual([
    'The amount must be at least -€1,000.00.',
  ]);
  const rows = { currency: 'EUR', rows: [{ baseMinor: 1e9 }] };
  expect(problems({ rows: z.array(z.object({ baseMinor: amount })) }, rows)).toEqual([
    'The base must be at most €1,000,000.00.',
  ]);
  expect(problems({ amountMinor: amount }, { amountMinor: 1e9, currency: 'no' })).toEqual(['The amount is too large.']);
  expect(problems({ amountMinor: z.int().min(1) }, { amountMinor: 0, currency: 'EUR' })).toEqual([undefined]);
  expect(problems({ places: amount, feeMinor: amount }, { places: 1e9, feeMinor: 'much' })).toEqual([
    undefined,
    undefined,
  ]);
});
