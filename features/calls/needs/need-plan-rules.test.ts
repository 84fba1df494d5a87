import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFormula } from '#features/calls/instruments/formula-rules.ts';
import { demandOf, type Work } from './demand-rules.ts';
import { changeSeats, planNeeds, type ExistingNeed, type PlannedSeat } from './need-plan-rules.ts';

function work(formula: string, scheduleItemIds: string[] | null = null): Work {
  const read = parseFormula(formula);
  if ('error' in read) throw new Error(read.error.message);
  return { needs: read.needs, scheduleItemIds };
}

const titles = (works: Work[], services = ['r1', 'r2', 'c']) => demandOf(works, services).map(({ title }) => title);

test('the largest demand of several works wins; a player is one player', () => {
  expect(titles([work('1 0 0 0 - 0 0 0 0'), work('2[1.2/pic] 0 0 0 - 0 0 0 0')])).toEqual([
    'Flute 1',
    'Flute 2, also piccolo',
  ]);
  const demands = demandOf([work('0 0 0 0 - 2 0 0 0 - 8.6.4.3.2'), work('0 1 0 0 - 4 0 0 0 - 14.12.10.8.6')], ['c']);
  expect(demands.map(({ title, counts }) => [title, counts.get('c')])).toEqual([
    ['Oboe', 1],
    ['Horn 1', 1],
    ['Horn 2', 1],
    ['Horn 3', 1],
    ['Horn 4', 1],
    ['First violin, principal', 1],
    ['First violin, section', 13],
    ['Second violin, principal', 1],
    ['Second violin, section', 11],
    ['Viola, principal', 1],
    ['Viola, section', 9],
    ['Cello, principal', 1],
    ['Cello, section', 7],
    ['Double bass, principal', 1],
    ['Double bass, section', 5],
  ]);
});

test('a work that is played at some services only wants its players there only', () => {
  const demands = demandOf([work('0 0 0 0 - 2 0 0 0'), work('0 0 0 0 - 4 0 0 0', ['r2', 'c'])], ['r1', 'r2', 'c']);
  expect(demands.map(({ title, everyService, counts }) => [title, everyService, [...counts.keys()]])).toEqual([
    ['Horn 1', true, ['r1', 'r2', 'c']],
    ['Horn 2', true, ['r1', 'r2', 'c']],
    ['Horn 3', false, ['r2', 'c']],
    ['Horn 4', false, ['r2', 'c']],
  ]);
});

/** What is there after a plan, for the next one. */
function apply(existing: ExistingNeed[], works: Work[], services: string[]): ExistingNeed[] {
  const plan = planNeeds(existing, demandOf(works, services));
  let made = 0;
  const seated = (seats: PlannedSeat[], needId: string, { add, remove }: ReturnType<typeof changeSeats>) => [
    ...seats.filter((seat) => !remove.includes(seat)),
    ...add.map((seat) => ({
      ...seat,
      id: `${needId}-${seat.scheduleItemId}-${seat.number}-${made++}`,
      resourceId: null,
    })),
  ];
  const gone = new Set([...plan.remove, ...plan.keep.map(({ need }) => need)]);
  return [
    ...plan.keep.map(({ need, demand, seats }) => ({
      ...need,
      ...demand,
      skill: demand.instrument,
      source: 'formula' as const,
      seats: seated(need.seats, need.id, seats),
    })),
    ...plan.add.map((demand) => ({
      ...demand,
      id: `n${made++}-${demand.title}`,
      skill: demand.instrument,
      source: 'formula' as const,
      seats: seated([], demand.title, changeSeats([], demand.counts)),
    })),
    ...existing.filter((need) => !gone.has(need)),
  ].toSorted((a, b) => orderOf(a, works, services) - orderOf(b, works, services));
}

function orderOf(need: ExistingNeed, works: Work[], services: string[]): number {
  return demandOf(works, services).findIndex(({ title }) => title === need.title);
}

const formula = fc
  .record({
    winds: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 }),
    strings: fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ winds, strings }) => `${winds.slice(0, 4).join(' ')} - ${winds.slice(4).join(' ')} - ${strings.join('.')}`);
const services = ['a', 'b', 'c'];
const programme = fc.array(
  fc.tuple(formula, fc.option(fc.subarray(services, { minLength: 1 }))).map(([text, at]) => work(text, at)),
  { minLength: 1, maxLength: 3 },
);

test('a plan gives each service the seats it wants, and planned again changes nothing', () => {
  fc.assert(
    fc.property(programme, programme, (before, after) => {
      const there = apply(apply([], before, services), after, services);
      for (const demand of demandOf(after, services)) {
        const need = there.find(({ title }) => title === demand.title);
        for (const service of services) {
          const seats = need?.seats.filter(({ scheduleItemId }) => scheduleItemId === service) ?? [];
          expect(seats).toHaveLength(demand.counts.get(service) ?? 0);
          expect(new Set(seats.map(({ number }) => number)).size).toBe(seats.length);
        }
      }
      const again = planNeeds(there, demandOf(after, services));
      expect(again.add).toEqual([]);
      expect(again.remove).toEqual([]);
      for (const { seats } of again.keep) expect(seats).toEqual({ add: [], remove: [] });
    }),
    { numRuns: 60 },
  );
});

test('nobody loses a seat while an open one could go', () => {
  const seat = fc.record({
    scheduleItemId: fc.constantFrom(...services),
    number: fc.integer({ min: 1, max: 9 }),
    resourceId: fc.option(fc.uuid()),
  });
  const seats = fc
    .uniqueArray(seat, { selector: ({ scheduleItemId, number }) => `${scheduleItemId}${number}` })
    .map((rows) => rows.map((row, index) => ({ ...row, id: String(index) })));
  const counts = fc.dictionary(fc.constantFrom(...services), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(seats, counts, (there, wanted) => {
      const { add, remove } = changeSeats(there, new Map(Object.entries(wanted)));
      for (const service of services) {
        const here = there.filter(({ scheduleItemId }) => scheduleItemId === service);
        const goes = remove.filter(({ scheduleItemId }) => scheduleItemId === service);
        const comes = add.filter(({ scheduleItemId }) => scheduleItemId === service);
        expect(here.length - goes.length + comes.length).toBe(wanted[service] ?? 0);
        expect(goes.length === 0 || comes.length === 0).toBe(true);
        const stays = here.filter((each) => !goes.includes(each));
        if (goes.some(({ resourceId }) => resourceId !== null))
          expect(stays.every(({ resourceId }) => resourceId !== null)).toBe(true);
        const numbers = [...stays, ...comes].map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
      }
    }),
  );
});

test('“Flute” becomes “Flute 1” and keeps who sits there; a need by hand stays or is taken over by its title', () => {
  const flute: ExistingNeed = {
    id: 'n1',
    skill: 'fl',
    title: 'Flute',
    kind: 'principal',
    doubles: [],
    everyService: true,
    quantity: 1,
    source: 'formula',
    seats: [{ id: 's1', scheduleItemId: 'c', number: 1, resourceId: 'ann' }],
  };
  const crew: ExistingNeed = { ...flute, id: 'n2', skill: 'Stagehand', title: 'Stagehand', source: 'hand', seats: [] };
  const byHand: ExistingNeed = { ...crew, id: 'n3', skill: 'fl', title: 'Flute 2' };
  const plan = planNeeds([flute, crew, byHand], demandOf([work('2 0 0 0 - 0 0 0 0')], ['c']));
  expect(plan.keep.map(({ need, demand, seats }) => [need.id, demand.title, seats.remove])).toEqual([
    ['n1', 'Flute 1', []],
    ['n3', 'Flute 2', []],
  ]);
  expect(plan.add).toEqual([]);
  expect(plan.remove).toEqual([]);
});
