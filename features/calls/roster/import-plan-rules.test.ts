import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RosterRow } from './csv-rules.ts';
import { planRoster, type Known, type KnownChair, type RosterPlan } from './import-plan-rules.ts';

const day = fc.constantFrom('2024-09-01', '2025-09-01', '2026-09-01', '2027-09-01');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const row: fc.Arbitrary<Omit<RosterRow, 'line'>> = fc
  .record({
    person: fc.constantFrom('Ada', 'Bea', 'Cy', 'Di'),
    email: maybe(fc.constantFrom('ada@example.com', 'x@example.com')),
    instrument: fc.constantFrom('fl' as const, 'ob' as const),
    position: maybe(fc.constantFrom('Principal', 'Tutti')),
    number: maybe(fc.integer({ min: 1, max: 3 })),
    tenure: maybe(fc.constantFrom('permanent' as const, 'trial' as const)),
    from: maybe(day),
    to: maybe(day),
  })
  .filter(({ from, to }) => from === undefined || to === undefined || from <= to);

const nothing: Known = { people: [], positions: [], chairs: [], today: '2026-11-21' };

function counter(): () => string {
  let next = 0;
  return () => `id-${(next += 1)}`;
}

/** What the organisation knows after the plan was written. */
function after(known: Known, plan: RosterPlan): Known {
  const changed = new Map(plan.changedChairs.map((chair) => [chair.id, chair]));
  const wide = new Map(plan.widened.map((position) => [position.id, position]));
  const emails = new Map(plan.newEmails.map(({ id, email }) => [id, email]));
  return {
    ...known,
    people: [
      ...known.people.map((person) => ({ ...person, email: emails.get(person.id) ?? person.email })),
      ...plan.newPeople,
    ],
    positions: [...known.positions.map((position) => wide.get(position.id) ?? position), ...plan.newPositions],
    chairs: [...known.chairs.map((chair) => changed.get(chair.id) ?? chair), ...plan.newChairs],
  };
}

function days({ startsOn, endsOn }: KnownChair): Set<string> {
  const all = ['2024-09-01', '2025-09-01', '2026-09-01', '2026-11-21', '2027-09-01', '2030-01-01'];
  return new Set(all.filter((each) => startsOn <= each && (endsOn === null || each <= endsOn)));
}

test('a plan leaves one holder to a chair, and the same file again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), fc.array(row, { maxLength: 6 }), (first, second) => {
      const newId = counter();
      const lined = (rows: typeof first) => rows.map((each, index) => ({ ...each, line: index + 2 }));
      let known = nothing;
      for (const rows of [lined(first), lined(second)]) {
        const plan = planRoster(rows, known, newId);
        if (plan.problems.length > 0) continue;
        expect(plan.newChairs.length + plan.changedChairs.length + plan.unchanged).toBe(rows.length);
        known = after(known, plan);
        for (const [index, one] of known.chairs.entries())
          for (const other of known.chairs.slice(index + 1))
            if (one.positionId === other.positionId && one.number === other.number)
              expect([...days(one)].filter((each) => days(other).has(each))).toEqual([]);
        const again = planRoster(rows, known, newId);
        expect(again).toMatchObject({
          newPeople: [],
          newPositions: [],
          newChairs: [],
          changedChairs: [],
          problems: [],
        });
      }
    }),
    { numRuns: 5_000 },
  );
});
