import { expect, test } from 'vitest';
import { feeWords } from './letter-words.ts';

test('a fee says which services it is for', () => {
  const fee = { minor: 360_00, currency: 'EUR' };
  expect(feeWords(fee, 1, false)).toBe('€360.00');
  expect(feeWords(fee, 2, false)).toBe('€360.00 for both services together');
  expect(feeWords(fee, 3, true)).toBe('€360.00 for all 3 services together; ask us what it is for a part of them');
  expect(feeWords({ minor: null, currency: null }, 3, true)).toBe('as agreed');
});
