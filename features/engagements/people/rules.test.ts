import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { groupKeys, groupLabel, groupNames, packGroups } from './group-words.ts';
import { placedFrom, type Candidate } from './rules.ts';

const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    kind: fc.boolean(),
    who: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    last: fc.option(fc.record({ groupKey: fc.constantFrom(...groupKeys), role: fc.string({ maxLength: 20 }) })),
    seats: fc.array(fc.constantFrom('Flute', 'Drums'), { maxLength: 3 }),
  })
  .map(({ kind, who, last, seats }) => ({
    resourceId: kind ? who : null,
    partyId: kind ? null : who,
    last,
    seats,
  }));
const named = ({ resourceId, partyId }: Pick<Candidate, 'resourceId' | 'partyId'>) => `${resourceId} ${partyId}`;

test('everybody who isn’t there yet comes once, and nobody else', () => {
  fc.assert(
    fc.property(fc.array(candidate), fc.array(candidate), (candidates, there) => {
      const placed = placedFrom(candidates, there).map(named);
      expect(new Set(placed).size).toBe(placed.length);
      const known = new Set(there.map(named));
      expect(new Set(placed)).toEqual(new Set(candidates.map(named).filter((each) => !known.has(each))));
    }),
  );
});

test('as what they sit here, else as what they were last', () => {
  const last = { groupKey: 'c' as const, role: 'Rigger' };
  const one = { resourceId: '1', partyId: null };
  expect(placedFrom([{ ...one, last, seats: ['Flute', 'Flute'] }], [])).toMatchObject([
    { groupKey: 'c', role: 'Flute' },
  ]);
  expect(placedFrom([{ ...one, last, seats: [] }], [])).toMatchObject([{ groupKey: 'c', role: 'Rigger' }]);
  expect(placedFrom([{ ...one, last: null, seats: [] }], [])).toMatchObject([{ groupKey: 'b', role: '' }]);
});

test('each pack names its groups, each differently; an organisation may name some of them anew', () => {
  for (const pack of packNames) {
    const names = groupKeys.map((key) => packGroups[pack][key]);
    expect(new Set(names).size, pack).toBe(groupKeys.length);
    expect(names.every((name) => name.length > 0 && name.length <= 60)).toBe(true);
  }
  expect(groupNames('touring', { touring: { a: 'Artists' } })).toEqual({ ...packGroups.touring, a: 'Artists' });
  expect(groupLabel('b', packGroups.touring)).toBe('B · Band');
});
