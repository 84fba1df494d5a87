import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupKeys } from '#features/engagements/people/group-words.ts';
import { isForCircle, isNamed, mayKnow, seenBy, type Audience, type OnRoster } from './audience-rules.ts';

const ids = ['1', '2', '3', '4'];
const audience: fc.Arbitrary<Audience> = fc.record({
  forAll: fc.boolean(),
  forGroups: fc.subarray([...groupKeys]),
  personIds: fc.subarray(ids),
  seenBy: fc.constantFrom(...seenBy),
  seenByGroups: fc.subarray([...groupKeys]),
});
const entry: fc.Arbitrary<OnRoster> = fc.record({
  id: fc.constantFrom(...ids),
  groupKey: fc.constantFrom(...groupKeys),
  standing: fc.constantFrom('booked', 'confirmed', 'held', 'open', 'replaced'),
});

test('a copy for everybody holds nothing that anybody on it may not know of', () => {
  fc.assert(
    fc.property(audience, fc.array(entry, { maxLength: 3 }), (item, entries) => {
      if (isForCircle(item, 'everyone')) expect(mayKnow(item, entries, false)).toBe(true);
    }),
  );
});

test('a copy for a group holds nothing that somebody sure of that group may not know of', () => {
  fc.assert(
    fc.property(audience, entry, (item, one) => {
      const sure = { ...one, standing: 'confirmed' };
      if (isForCircle(item, one.groupKey)) expect(mayKnow(item, [sure], false)).toBe(true);
    }),
  );
});

test('what is the team’s nobody else knows of without a seat there; more on the roster never hides anything', () => {
  fc.assert(
    fc.property(audience, fc.array(entry, { maxLength: 3 }), entry, fc.boolean(), (item, entries, one, seated) => {
      if (item.seenBy === 'team') expect(mayKnow(item, entries, seated)).toBe(seated);
      if (mayKnow(item, entries, seated)) expect(mayKnow(item, [...entries, one], seated)).toBe(true);
    }),
  );
});

test('named is by name or group, and never in what is for everybody', () => {
  fc.assert(
    fc.property(audience, entry, (item, one) => {
      const wanted = item.forGroups.some((key) => key === one.groupKey) || item.personIds.some((id) => id === one.id);
      expect(isNamed(item, one)).toBe(wanted && !item.forAll);
    }),
  );
});
