import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved } from './moved.ts';

test('moving keeps everybody, each once, and puts the moved one where it was wanted', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }), fc.nat(40), fc.nat(40), (list, a, to) => {
      const from = a % list.length;
      const after = moved(list, from, to);
      expect(after.indexOf(list[from] ?? '')).toBe(Math.min(to, list.length - 1));
      expect(after.filter((one) => one !== list[from])).toEqual(list.toSpliced(from, 1));
    }),
  );
});
