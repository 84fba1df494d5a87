import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderKeyBetween, orderKeysAfter } from './order-key.ts';

test('however people insert, keys stay in order and no two are alike', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 120 }), (places) => {
      const keys: string[] = [];
      for (const place of places) {
        const at = place % (keys.length + 1);
        keys.splice(at, 0, orderKeyBetween(keys[at - 1] ?? null, keys[at] ?? null));
      }
      expect(keys).toEqual([...keys].sort());
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(/^[0-9A-Za-z]*[1-9A-Za-z]$/);
    }),
  );
});

test('there is room before the first and between neighbours, again and again', () => {
  let first = orderKeyBetween(null, null);
  for (let n = 0; n < 500; n++) first = orderKeyBetween(null, first);
  let low = 'a';
  for (let n = 0; n < 500; n++) {
    const next = orderKeyBetween(low, 'b');
    expect(low < next && next < 'b').toBe(true);
    low = next;
  }
});

test('a long list that is appended to keeps short keys', () => {
  const keys = orderKeysAfter(null, 1000);
  expect(keys).toEqual([...keys].sort());
  expect(Math.max(...keys.map(({ length }) => length))).toBeLessThan(60);
  expect(() => orderKeyBetween('b', 'a')).toThrow('nothing between');
});
