import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activityParts, momentsOf, partOf, partNames, tablesFor, toldFields, toldTables } from './activity-rules.ts';

const happened = fc.record({
  id: fc.nat(),
  actor: fc.constantFrom('user:a', 'user:b'),
  engagementId: fc.constantFrom(null, 'e1', 'e2'),
  at: fc.integer({ min: 0, max: 600 }).map((seconds) => new Date(1_800_000_000_000 + seconds * 1_000).toISOString()),
});

test('moments keep all, in order, and never mix people, engagements or minutes', () => {
  fc.assert(
    fc.property(fc.array(happened, { maxLength: 40 }), (items) => {
      const moments = momentsOf(items);
      expect(moments.flatMap((moment) => moment.items)).toEqual(items);
      for (const moment of moments)
        for (const item of moment.items)
          expect([item.actor, item.engagementId, item.at.slice(0, 16)]).toEqual([
            moment.actor,
            moment.engagementId,
            moment.at.slice(0, 16),
          ]);
      for (const [index, moment] of moments.slice(1).entries()) {
        const before = moments[index];
        expect([before?.actor, before?.engagementId, before?.at.slice(0, 16)]).not.toEqual([
          moment.actor,
          moment.engagementId,
          moment.at.slice(0, 16),
        ]);
      }
    }),
  );
});

test('a table is told in one part, with its permission', () => {
  const all = partNames.flatMap((part) => Object.keys(activityParts[part].tables));
  expect(new Set(all).size).toBe(all.length);
  expect(toldTables.toSorted()).toEqual(all.toSorted());
  expect(partOf('travellers')).toBe('travel');
  expect(tablesFor((permission) => permission === 'travel.read')).not.toContain('per_diems');
  expect(tablesFor((permission) => permission === 'travel.money')).toEqual(['per_diems']);
  expect(tablesFor(() => true, 'notes')).toEqual(['notes']);
  expect(tablesFor(() => false)).toEqual([]);
});

test('what is only named shows that it changed, and nothing else leaves', () => {
  const fieldOf = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  expect(toldFields('per_diems', { day: '2029-01-01', amountMinor: 4500, orgId: 'x' }, fieldOf)).toEqual({
    day: '2029-01-01',
    amountMinor: null,
  });
  expect(toldFields('api_keys', { name: 'x' }, fieldOf)).toBeNull();
  expect(toldFields('tasks', null, fieldOf)).toBeNull();
});
