import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRoster, suits, type Chair, type WantedPlayer } from './roster-fill-rules.ts';

const chair = (
  resourceId: string,
  instrument: string,
  kind: Chair['kind'] = 'section',
  ...doubles: string[]
): Chair => ({
  resourceId,
  instrument,
  kind,
  doubles,
});
const need = (id: string, skill: string, kind: WantedPlayer['kind'] = 'section', ...doubles: string[]) => ({
  id,
  skill,
  kind,
  doubles,
});
const seatsOf = (needId: string, serviceId: string, quantity: number) =>
  Array.from({ length: quantity }, (_, index) => ({
    id: `${needId}-${serviceId}-${index + 1}`,
    needId,
    serviceId,
    number: index + 1,
  }));
const nobody = new Map<string, ReadonlySet<string>>();

test('principals lead, tutti chairs fill the section; solo instruments know no difference', () => {
  const none = new Set<string>();
  expect(suits(chair('a', 'hn', 'principal'), need('n', 'hn', 'section'), none)).toBe(0);
  expect(suits(chair('a', 'hn', 'principal'), need('n', 'hn', 'principal'), none)).toBeGreaterThan(0);
  expect(suits(chair('a', 'eh', 'principal'), need('n', 'eh', 'section'), none)).toBeGreaterThan(0);
  expect(suits(chair('a', 'ob', 'section', 'eh'), need('n', 'eh', 'section'), none)).toBeGreaterThan(0);
  expect(suits(chair('a', 'kbd', 'principal', 'pf'), need('n', 'pf', 'principal'), none)).toBeGreaterThan(0);
  expect(suits(chair('a', 'fl'), need('n', 'Stagehand'), none)).toBe(0);
});

test('a double is played by who has it on the chair, or as a skill', () => {
  const wanted = need('n', 'fl', 'section', 'picc');
  expect(suits(chair('a', 'fl'), wanted, new Set())).toBe(0);
  const bySkill = suits(chair('a', 'fl'), wanted, new Set(['piccolo']));
  expect(suits(chair('a', 'fl', 'section', 'picc'), wanted, new Set())).toBeGreaterThan(bySkill);
  expect(bySkill).toBeGreaterThan(0);
});

test('the doubling need chooses first; each keeps one seat number over the services', () => {
  const chairs = [chair('second', 'fl'), chair('third', 'fl', 'section', 'picc')];
  const plan = planRoster({
    needs: [need('fl2', 'fl'), need('picc', 'fl', 'section', 'picc')],
    services: ['r', 'c'].map((id) => ({ id, chairs })),
    open: ['r', 'c'].flatMap((service) => [...seatsOf('fl2', service, 1), ...seatsOf('picc', service, 1)]),
    seated: [],
    skills: new Map([['second', new Set(['piccolo'])]]),
  });
  expect(plan.map(({ needId, resourceId }) => `${needId} ${resourceId}`)).toEqual([
    'picc third',
    'fl2 second',
    'picc third',
    'fl2 second',
  ]);
});

test('who was away in the first rehearsal does not push others from their seats', () => {
  const all = ['a', 'b', 'c'].map((name) => chair(name, 'vn1'));
  const plan = planRoster({
    needs: [need('vn', 'vn1')],
    services: [
      { id: 'r', chairs: all.filter(({ resourceId }) => resourceId !== 'a') },
      { id: 'c', chairs: all },
    ],
    open: [...seatsOf('vn', 'r', 3), ...seatsOf('vn', 'c', 3)],
    seated: [],
    skills: nobody,
  });
  expect(plan.map(({ serviceId, number, resourceId }) => `${serviceId}${number} ${resourceId}`)).toEqual([
    'r1 b',
    'r2 c',
    'c3 a',
    'c1 b',
    'c2 c',
  ]);
});

const instruments = ['fl', 'picc', 'ob', 'vn1'];
const anyChair = fc.record({
  resourceId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  instrument: fc.constantFrom(...instruments),
  kind: fc.constantFrom('principal' as const, 'section' as const),
  doubles: fc.subarray(instruments, { maxLength: 2 }),
});
const anyNeed = fc.record({
  skill: fc.constantFrom(...instruments, 'Stagehand'),
  kind: fc.constantFrom('principal' as const, 'section' as const),
  doubles: fc.subarray(instruments, { maxLength: 1 }),
  quantity: fc.integer({ min: 1, max: 4 }),
});

test('nobody twice at a service, nobody who does not suit, and no seat stays open that somebody left over could take', () => {
  fc.assert(
    fc.property(fc.array(anyChair, { maxLength: 12 }), fc.array(anyNeed, { maxLength: 5 }), (chairs, wanted) => {
      const needs = wanted.map((each, index) => ({ ...each, id: `need${index}` }));
      const services = ['r', 'c'].map((id) => ({ id, chairs }));
      const open = needs.flatMap(({ id, quantity }) => services.flatMap((each) => seatsOf(id, each.id, quantity)));
      const input = { needs, services, open, seated: [], skills: nobody };
      const plan = planRoster(input);
      expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length);
      for (const { id } of services) {
        const here = plan.filter(({ serviceId }) => serviceId === id);
        const people = here.map(({ resourceId }) => resourceId);
        expect(new Set(people).size).toBe(people.length);
        for (const each of needs) {
          const fits = chairs.filter((held) => suits(held, each, new Set()) > 0).map(({ resourceId }) => resourceId);
          const sits = here.filter(({ needId }) => needId === each.id);
          for (const { resourceId } of sits) expect(fits).toContain(resourceId);
          if (sits.length < each.quantity) for (const resourceId of fits) expect(people).toContain(resourceId);
        }
      }
      // Those who sit stay where they are: planned again, nothing is left to do.
      const taken = new Set(plan.map(({ id }) => id));
      const rest = planRoster({ ...input, seated: plan, open: open.filter(({ id }) => !taken.has(id)) });
      expect(rest).toEqual([]);
    }),
  );
});
