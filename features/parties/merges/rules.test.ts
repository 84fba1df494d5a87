import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosable, mergedValues, proposedTake, type Mergeable } from './rules.ts';

const words = fc.constantFrom('', 'Ann', 'Bo', 'Desk');
const optional = fc.option(fc.constantFrom('a', 'b'));
const mergeable: fc.Arbitrary<Mergeable> = fc.record({
  name: fc.constantFrom('Ann', 'Bo'),
  email: optional,
  phone: optional,
  address: words,
  website: optional,
  notes: words,
  externalRef: optional,
  roles: fc.uniqueArray(fc.constantFrom('client', 'agent', 'vendor', 'promoter')),
});

test('each value is one of the two’s, as chosen; no role is lost', () => {
  fc.assert(
    fc.property(mergeable, mergeable, fc.subarray([...choosable]), (survivor, other, take) => {
      const merged = mergedValues(survivor, other, { take, joinNotes: false });
      for (const field of choosable) expect(merged[field]).toBe((take.includes(field) ? other : survivor)[field]);
      expect(new Set(merged.roles)).toEqual(new Set([...survivor.roles, ...other.roles]));
    }),
  );
});

test('what only the other has is proposed, and notes can be kept both', () => {
  fc.assert(
    fc.property(mergeable, mergeable, (survivor, other) => {
      const take = proposedTake(survivor, other);
      const merged = mergedValues(survivor, other, { take, joinNotes: true });
      for (const field of choosable) if (survivor[field] || other[field]) expect(merged[field]).toBeTruthy();
      expect(merged.notes).toContain(survivor.notes);
      expect(merged.notes).toContain(other.notes);
    }),
  );
});
