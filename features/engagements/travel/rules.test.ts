import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#platform/time/wall-clock.ts';
import { bedsOf, bufferOf, roomKinds, travelModes, type TravelMode } from './kinds.ts';
import { findConflicts, nightsOf, sumPerDiems, type Journey, type PersonTravel, type Wanted } from './rules.ts';

const minute = 60_000;
const start = Date.parse('2029-05-01T00:00:00.000Z');
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

const leg = (id: string, from: number, to: number, mode: TravelMode = 'ground'): Journey => ({
  id,
  mode,
  carrier: '',
  number: id,
  fromZone: 'UTC',
  toZone: 'UTC',
  departsAt: at(from),
  arrivesAt: at(to),
});
const wanted = (what: string, from: number, to: number, elsewhere = false): Wanted => ({
  what,
  startsAt: at(from),
  endsAt: at(to),
  zone: 'UTC',
  elsewhere,
});
const person = (more: Partial<PersonTravel>): PersonTravel => ({
  personId: 'anna',
  name: 'Anna',
  onRoster: true,
  legs: [],
  otherLegs: [],
  wanted: [],
  nights: new Set(),
  ...more,
});
const found = (more: Partial<PersonTravel>) =>
  findConflicts([person(more)], []).map(({ kind, what, minutes }) => [kind, what, minutes]);

test('late, tight, on the way while wanted, and elsewhere', () => {
  expect(found({ legs: [leg('bus', 60, 120)], wanted: [wanted('Load-in', 90, 200)] })).toEqual([
    ['late', 'Load-in', null],
  ]);
  expect(found({ legs: [leg('bus', 60, 120)], wanted: [wanted('Load-in', 140, 200)] })).toEqual([
    ['tight', 'Load-in', 20],
  ]);
  expect(found({ legs: [leg('bus', 60, 120)], wanted: [wanted('Load-in', 150, 200)] })).toEqual([]);
  expect(found({ legs: [leg('fly', 60, 120, 'air')], wanted: [wanted('Load-in', 150, 200)] })).toEqual([
    ['tight', 'Load-in', 30],
  ]);
  expect(found({ legs: [leg('bus', 60, 120)], wanted: [wanted('Show', 30, 61)] })).toEqual([['overlap', 'Show', null]]);
  // Whoever leaves when it ends, or arrives when it begins, is in nobody’s way but may be tight.
  expect(found({ legs: [leg('bus', 60, 120)], wanted: [wanted('Show', 30, 60)] })).toEqual([]);
  expect(found({ legs: [leg('bus', 60, 120)], wanted: [wanted('Gala', 0, 500, true)] })).toEqual([
    ['elsewhere', 'Gala', null],
  ]);
});

test('two legs at once, also when one belongs to another engagement', () => {
  expect(found({ legs: [leg('a', 0, 60), leg('b', 30, 90)] })).toEqual([['two_legs', 'b', null]]);
  expect(found({ legs: [leg('a', 0, 60)], otherLegs: [leg('x', 59, 90)] })).toEqual([['two_legs', 'x', null]]);
  expect(found({ legs: [leg('a', 0, 60), leg('b', 60, 90)] })).toEqual([]);
});

test('nobody is missed while nothing is booked', () => {
  expect(found({})).toEqual([]);
  const other = person({ personId: 'bo', name: 'Bo', legs: [leg('a', 0, 60)] });
  expect(findConflicts([person({}), other, person({ onRoster: false })], [])).toMatchObject([
    { kind: 'no_travel', personName: 'Anna' },
  ]);
});

test('a night ends at four by the clock of where one is', () => {
  const zoned = (id: string, departsAt: string, arrivesAt: string, zone: string): Journey => ({
    ...leg(id, 0, 1),
    departsAt,
    arrivesAt,
    fromZone: zone,
    toZone: zone,
  });
  const beds = (departs: string, nights: string[] = []) =>
    findConflicts(
      [
        person({
          legs: [
            zoned('in', '2029-05-01T12:00:00.000Z', '2029-05-01T16:00:00.000Z', 'America/New_York'),
            zoned('out', departs, '2029-05-09T12:00:00.000Z', 'America/New_York'),
          ],
          nights: new Set(nights),
        }),
      ],
      [],
    ).flatMap((one) => one.nights);
  // Until 3:59 there it is still the first of May.
  expect(beds('2029-05-02T07:59:00.000Z')).toEqual([]);
  expect(beds('2029-05-02T08:00:00.000Z')).toEqual(['2029-05-01']);
  expect(beds('2029-05-03T08:00:00.000Z', ['2029-05-01'])).toEqual(['2029-05-02']);
  expect(beds('2029-05-03T08:00:00.000Z', ['2029-05-01', '2029-05-02'])).toEqual([]);
});

test('rooms hold as many as their beds', () => {
  const sleepers = (many: number) => Array.from({ length: many }, (_, n) => ({ name: `P${n}` }));
  for (const kind of roomKinds) {
    const room = { kind, label: '12', hotelName: 'Astra' };
    expect(findConflicts([], [{ ...room, sleepers: sleepers(bedsOf(kind)) }])).toEqual([]);
    expect(findConflicts([], [{ ...room, sleepers: sleepers(bedsOf(kind) + 1) }])).toMatchObject([
      { kind: 'full_room', what: expect.stringContaining('12, Astra') },
    ]);
  }
});

const span = fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 900 }));
const legs = fc
  .array(fc.tuple(span, fc.constantFrom(...travelModes)), { maxLength: 6 })
  .map((all) => all.map(([[from, length], mode], index) => leg(`leg ${index}`, from, from + length, mode)));
const items = fc
  .array(fc.tuple(span, fc.boolean()), { maxLength: 6 })
  .map((all) =>
    all.map(([[from, length], elsewhere], index) => wanted(`item ${index}`, from, from + length, elsewhere)),
  );

test('minute by minute: nobody is told of what isn’t, and nobody is left untold', () => {
  fc.assert(
    fc.property(legs, items, (journeys, needs) => {
      const told = findConflicts([person({ legs: journeys, wanted: needs })], []);
      const has = (kind: string, legId: string) => told.some((one) => one.kind === kind && one.legId === legId);
      for (const one of journeys) {
        const shared = needs.filter((need) => overlapOf(one.departsAt, one.arrivesAt, need.startsAt, need.endsAt) > 0);
        expect(has('elsewhere', one.id)).toBe(shared.some(({ elsewhere }) => elsewhere));
        expect(has('overlap', one.id) || has('late', one.id)).toBe(shared.some(({ elsewhere }) => !elsewhere));
        const gaps = needs
          .map(({ startsAt }) => (Date.parse(startsAt) - Date.parse(one.arrivesAt)) / minute)
          .filter((gap) => gap >= 0);
        expect(has('tight', one.id)).toBe(gaps.some((gap) => gap < bufferOf(one.mode)));
      }
      const pairs = journeys.flatMap((a, index) => journeys.slice(index + 1).map((b) => [a, b] as const));
      const clashing = pairs.filter(
        ([a, b]) => overlapOf(a.departsAt, a.arrivesAt, b.departsAt, b.arrivesAt) > 0,
      ).length;
      expect(told.filter(({ kind }) => kind === 'two_legs')).toHaveLength(clashing);
    }),
  );
});

function overlapOf(a: string, b: string, c: string, d: string): number {
  return Math.min(Date.parse(b), Date.parse(d)) - Math.max(Date.parse(a), Date.parse(c));
}

test('with a bed each night nobody is told of one missing; without any, of each night that they are there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 12_000 }), (arrives, stays) => {
      const out = arrives + 60 + stays;
      const two = [leg('in', arrives, arrives + 60), leg('out', out, out + 60)];
      const nights = nightsOf({ checkInOn: '2029-04-28', checkOutOn: '2029-06-01' });
      expect(findConflicts([person({ legs: two, nights: new Set(nights) })], [])).toEqual([]);
      const without = findConflicts([person({ legs: two })], []).flatMap((one) => one.nights);
      // How often it is four in the morning between the two.
      const fours = (minutes: number) => Math.floor((minutes + 1_440 - 240) / 1_440);
      expect(without).toHaveLength(fours(out) - fours(arrives + 60));
    }),
  );
});

test('nights are the days from check-in up to check-out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 366 }), (length) => {
      const nights = nightsOf({ checkInOn: '2028-02-20', checkOutOn: addDays('2028-02-20', length) });
      expect(nights).toHaveLength(length);
      expect(new Set(nights).size).toBe(length);
    }),
  );
});

test('sums of per diems lose nothing, whatever their order', () => {
  const due = fc.record({
    personId: fc.constantFrom('a', 'b', 'c'),
    amountMinor: fc.integer({ min: 1, max: 1_000_000 }),
    currency: fc.constantFrom('EUR', 'USD', 'JPY'),
    paidAt: fc.constantFrom(null, at(0)),
  });
  fc.assert(
    fc.property(fc.array(due, { maxLength: 30 }), (all) => {
      const named = all.map((one) => ({ ...one, name: one.personId.toUpperCase() }));
      const sums = sumPerDiems(named);
      expect(sumPerDiems(named.toReversed())).toEqual(sums);
      for (const currency of ['EUR', 'USD', 'JPY']) {
        const of = (those: { currency: string; amountMinor: number }[]) =>
          those.filter((one) => one.currency === currency).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const told = sums.filter((one) => one.currency === currency);
        expect(told.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(of(all));
        expect(told.reduce((sum, { openMinor }) => sum + openMinor, 0)).toBe(
          of(all.filter(({ paidAt }) => paidAt === null)),
        );
      }
      expect(new Set(sums.map(({ personId, currency }) => personId + currency)).size).toBe(sums.length);
    }),
  );
});
