import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withShares } from './share-rules.ts';

const row = fc.record({
  skill: fc.constantFrom('vn1', 'VN1', 'fl'),
  kind: fc.constantFrom('principal' as const, 'section' as const),
  grade: fc.constantFrom('A' as const, 'B' as const, null),
  sent: fc.nat(20),
});

test('the shares of one grade make a whole, and nobody’s is larger for being asked less', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const shared = withShares(rows);
      expect(shared.map(({ gradeShare: _, gradePeople: __, ...rest }) => rest)).toEqual(rows);
      const groups = Map.groupBy(shared, ({ skill, kind, grade }) => `${skill.toLowerCase()} ${kind} ${grade}`);
      for (const group of groups.values()) {
        const calls = group.reduce((sum, { sent }) => sum + sent, 0);
        for (const one of group) {
          if (one.grade === null) expect([one.gradeShare, one.gradePeople]).toEqual([null, null]);
          else expect(one.gradePeople).toBe(group.length);
          if (one.grade !== null && calls > 0) expect(one.gradeShare).toBeCloseTo(one.sent / calls);
        }
        const sum = group.reduce((total, { gradeShare }) => total + (gradeShare ?? 0), 0);
        if (group[0]?.grade && calls > 0) expect(sum).toBeCloseTo(1);
      }
    }),
  );
});
