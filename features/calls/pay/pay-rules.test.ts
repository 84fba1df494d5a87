import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaidSeat, PaidService } from './paid-seat.ts';
import { sumOf } from './pay-line.ts';
import { reckon } from './pay-rules.ts';
import { usualTerms, type PayTerms } from './terms.ts';

/** Worked examples from agreements, and what must hold whatever the terms say. */
const base = 120_00;
const terms: PayTerms = {
  ...usualTerms,
  services: usualTerms.services.map((each) => ({ ...each, baseMinor: base })),
};

let made = 0;
/** A rehearsal of 2½ hours at ten, unless told. */
function service(more: Partial<PaidService> = {}): PaidService {
  made += 1;
  return {
    id: `service ${made}`,
    kind: 'rehearsal',
    day: '2026-11-03',
    startsAt: '2026-11-03T10:00:00.000Z',
    endsAt: '2026-11-03T12:30:00.000Z',
    startedAt: null,
    endedAt: null,
    cancelledAt: null,
    ...more,
  };
}

function seat(more: Partial<PaidSeat> = {}): PaidSeat {
  return {
    service: service(),
    needId: 'need',
    principal: false,
    skill: 'fl',
    doubles: [],
    byRoster: false,
    status: 'present',
    minutes: 0,
    ...more,
  };
}

const total = (seats: readonly PaidSeat[], by: PayTerms = terms) => sumOf(reckon(by, seats));
const ended = (time: string) => seat({ service: service({ endedAt: `2026-11-03T${time}:00.000Z` }) });

describe('worked examples', () => {
  test('a service of 2½ hours is its base; so is one that ends early', () => {
    expect(total([seat()])).toBe(base);
    expect(total([ended('12:00')])).toBe(base);
  });

  test.each([
    ['12:30', 0],
    ['12:31', 1],
    ['12:45', 1],
    ['12:46', 2],
    ['13:30', 4],
  ])('until %s: %i started quarters at one and a half times', (time, quarters) => {
    // A quarter hour is a tenth of 2½ hours.
    expect(total([ended(time)])).toBe(base + quarters * (base / 10) * 1.5);
  });

  test('within the grace nothing, past it every minute', () => {
    const graced = { ...terms, overtime: { ...terms.overtime, graceMinutes: 5 } };
    expect(total([ended('12:35')], graced)).toBe(base);
    expect(total([ended('12:36')], graced)).toBe(base + 18_00);
  });

  test('who is called for ten is at work from ten, however late it begins', () => {
    const late = service({ startedAt: '2026-11-03T10:20:00.000Z', endedAt: '2026-11-03T12:40:00.000Z' });
    expect(total([seat({ service: late })])).toBe(base + 18_00);
  });

  test('a day of more than 5½ hours', () => {
    const at = (from: string, to: string) =>
      seat({ service: service({ startsAt: `2026-11-03T${from}:00.000Z`, endsAt: `2026-11-03T${to}:00.000Z` }) });
    const two = [at('10:00', '12:30'), at('14:00', '16:30')];
    expect(total(two)).toBe(2 * base);
    // 6½ hours: one hour is four quarters.
    expect(total([...two, at('18:00', '19:30')])).toBe(3 * base + 4 * 18_00);
    const nextDay = seat({ service: service({ day: '2026-11-04' }) });
    expect(total([...two, nextDay])).toBe(3 * base);
  });

  test('three hours of rest between dress rehearsal and concert', () => {
    const dress = seat({ service: service({ kind: 'dress_rehearsal', endedAt: '2026-11-03T12:40:00.000Z' }) });
    const concert = (from: string) =>
      seat({
        service: service({
          kind: 'concert',
          startsAt: `2026-11-03T${from}:00.000Z`,
          endsAt: '2026-11-03T17:00:00.000Z',
        }),
      });
    // The rehearsal's ten minutes over are one quarter; 15:30 leaves 170 minutes, which lacks another.
    expect(total([dress, concert('15:40')])).toBe(2 * base + 18_00);
    expect(total([dress, concert('15:30')])).toBe(2 * base + 2 * 18_00);
  });

  test('a principal gets a fifth more', () => {
    expect(total([seat({ principal: true })])).toBe(144_00);
    const over = { principal: true, service: service({ endedAt: '2026-11-03T12:45:00.000Z' }) };
    expect(total([seat(over)])).toBe(144_00 + 18_00);
    expect(total([seat(over)], { ...terms, premiumsOn: 'base_and_overtime' })).toBe((base + 18_00) * 1.2);
  });

  test.each([
    [{ by: 'steps', first: 1_200, second: 1_000, further: 800 }, ['picc'], 12],
    [{ by: 'steps', first: 1_200, second: 1_000, further: 800 }, ['picc', 'afl', 'bfl', 'rec'], 12 + 10 + 8 + 8],
    [{ by: 'steps', first: 1_250, second: 625, further: 625 }, ['picc', 'afl', 'bfl'], 12.5 + 6.25 + 6.25],
    [{ by: 'steps', first: 5_000, second: 0, further: 0 }, ['picc', 'afl'], 50],
    [
      {
        by: 'category',
        categories: [
          { name: 'A', rate: 1_900, instruments: ['afl'] },
          { name: 'B', rate: 1_400, instruments: ['bfl'] },
          { name: 'C', rate: 900, instruments: ['picc'] },
        ],
      },
      ['picc', 'afl', 'rec'],
      9 + 19,
    ],
  ] as const)('doubling by %j of %j', (doubling, doubles, percent) => {
    const by: PayTerms = JSON.parse(JSON.stringify({ ...terms, doubling }));
    expect(total([seat({ doubles })], by)).toBe(base + (base * percent) / 100);
  });

  test('cartage once, or for each service; of what is doubled too', () => {
    const amounts = [
      { instrument: 'db' as const, amountMinor: 25_00 },
      { instrument: 'cbn' as const, amountMinor: 10_00 },
    ];
    const two = [seat({ skill: 'db' }), seat({ skill: 'db', service: service({ day: '2026-11-04' }) })];
    expect(total(two, { ...terms, cartage: { per: 'engagement', amounts } })).toBe(2 * base + 25_00);
    expect(total(two, { ...terms, cartage: { per: 'service', amounts } })).toBe(2 * base + 50_00);
    const bassoon = seat({ skill: 'bn', doubles: ['cbn'] });
    const free = { ...terms, doubling: { by: 'steps' as const, first: 0, second: 0, further: 0 } };
    expect(total([bassoon], { ...free, cartage: { per: 'engagement', amounts } })).toBe(base + 10_00);
    expect(total([{ ...bassoon, status: 'absent' }], { ...free, cartage: { per: 'service', amounts } })).toBe(0);
  });

  test('a per diem for each day away', () => {
    const away: PayTerms = { ...terms, perDiem: { amountMinor: 45_00, kinds: ['concert'] } };
    const on = (day: string) => seat({ service: service({ kind: 'concert', day }) });
    expect(
      total([on('2026-11-03'), on('2026-11-03'), on('2026-11-04'), seat()], {
        ...away,
        day: { minutes: null, restMinutes: null },
      }),
    ).toBe(4 * base + 90_00);
  });

  test('guaranteed services are topped up, those missed by oneself are not', () => {
    const guaranteed: PayTerms = { ...terms, guarantee: { services: 4, kind: 'rehearsal' } };
    const three = [
      seat(),
      seat({ service: service({ day: '2026-11-04' }) }),
      seat({ service: service({ day: '2026-11-05' }) }),
    ];
    expect(total(three, guaranteed)).toBe(4 * base);
    expect(total(three.slice(0, 2), guaranteed)).toBe(4 * base);
    const absent = three.map((each, index) => (index === 2 ? { ...each, status: 'absent' as const } : each));
    expect(total(absent, guaranteed)).toBe(3 * base);
    expect(total([], guaranteed)).toBe(0);
  });

  test.each([
    ['2026-11-03T09:00:00.000Z', base],
    ['2026-11-02T10:00:01.000Z', base],
    ['2026-11-02T10:00:00.000Z', base / 2],
    ['2026-10-27T10:00:00.000Z', 0],
  ])('called off at %s: %i', (cancelledAt, paid) => {
    expect(total([seat({ principal: true, service: service({ cancelledAt }) })])).toBe(paid);
  });

  test('late, left early, excused, absent', () => {
    const of = (status: PaidSeat['status'], minutes = 0, by: PayTerms = terms) =>
      total([seat({ status, minutes })], by);
    expect(of('late', 20)).toBe(base - 16_00);
    expect(of('late', 20, { ...terms, lateness: 'unpaid_by_step' })).toBe(base - 24_00);
    expect(of('late', 20, { ...terms, lateness: 'paid' })).toBe(base);
    expect(of('late', 600)).toBe(0);
    expect(of('left_early', 20)).toBe(base - 16_00);
    expect(of('absent')).toBe(0);
    expect(of('excused')).toBe(0);
    expect(of('excused', 0, { ...terms, excused: 'paid' })).toBe(base);
    // Who leaves in overtime misses overtime first.
    const over = service({ endedAt: '2026-11-03T13:00:00.000Z' });
    expect(total([seat({ service: over })])).toBe(base + 2 * 18_00);
    expect(total([seat({ service: over, status: 'left_early', minutes: 30 })])).toBe(base);
    expect(total([seat({ service: over, status: 'left_early', minutes: 40 })])).toBe(base - 8_00);
  });

  test('the roster is on a salary unless the scale pays it', () => {
    expect(reckon(terms, [seat({ byRoster: true })])).toEqual([]);
    expect(total([seat({ byRoster: true })], { ...terms, payRoster: true })).toBe(base);
  });
});

const amount = fc.integer({ min: 0, max: 1_000_000 });
const rate = fc.integer({ min: 0, max: 20_000 });
const anyTerms: fc.Arbitrary<PayTerms> = fc
  .record({
    bases: fc.tuple(amount, amount, amount, amount),
    minutes: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 15, max: 300 }))),
    graceMinutes: fc.integer({ min: 0, max: 30 }),
    stepMinutes: fc.integer({ min: 5, max: 60 }),
    rate,
    day: fc.option(fc.integer({ min: 30, max: 600 }), { nil: null }),
    restMinutes: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }),
    principal: rate,
    steps: fc.tuple(rate, rate, rate),
    premiumsOn: fc.constantFrom('base' as const, 'base_and_overtime' as const),
    guarantee: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
    per: fc.constantFrom('engagement' as const, 'service' as const),
    lateness: fc.constantFrom('unpaid_by_minute' as const, 'unpaid_by_step' as const, 'paid' as const),
    excused: fc.constantFrom('paid' as const, 'unpaid' as const),
    rounding: fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const),
  })
  .map((some) => ({
    ...usualTerms,
    services: (['rehearsal', 'dress_rehearsal', 'concert', 'run_out'] as const).map((kind, index) => ({
      kind,
      baseMinor: some.bases[index] ?? 0,
      minutes: some.minutes[index] ?? 150,
    })),
    overtime: { graceMinutes: some.graceMinutes, stepMinutes: some.stepMinutes, rate: some.rate },
    day: { minutes: some.day, restMinutes: some.restMinutes },
    principal: some.principal,
    doubling: { by: 'steps', first: some.steps[0], second: some.steps[1], further: some.steps[2] },
    premiumsOn: some.premiumsOn,
    guarantee: some.guarantee === null ? null : { services: some.guarantee, kind: 'rehearsal' },
    cartage: { per: some.per, amounts: [{ instrument: 'db', amountMinor: some.bases[0] }] },
    perDiem: { amountMinor: some.bases[1], kinds: ['run_out'] },
    lateness: some.lateness,
    excused: some.excused,
    rounding: some.rounding,
  }));

const dayStart = Date.parse('2026-11-03T08:00:00Z');
const at = (day: number, minute: number) => new Date(dayStart + day * 86_400_000 + minute * 60_000).toISOString();
/** A chair is the same at each of its services. */
const chairs = [
  { needId: 'one', principal: true, skill: 'fl', doubles: ['picc', 'afl', 'bfl'] },
  { needId: 'two', principal: false, skill: 'fl', doubles: ['picc'] },
  { needId: 'three', principal: false, skill: 'db', doubles: [] },
];
const anySeat: fc.Arbitrary<PaidSeat> = fc
  .record({
    kind: fc.constantFrom('rehearsal', 'dress_rehearsal', 'concert', 'run_out'),
    day: fc.integer({ min: 0, max: 2 }),
    starts: fc.integer({ min: 0, max: 600 }),
    length: fc.integer({ min: 30, max: 240 }),
    over: fc.option(fc.integer({ min: -60, max: 120 }), { nil: null }),
    cancelled: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: null, freq: 6 }),
    chair: fc.constantFrom(...chairs),
    status: fc.constantFrom(
      'present' as const,
      'late' as const,
      'left_early' as const,
      'excused' as const,
      'absent' as const,
    ),
    minutes: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ kind, day, starts, length, over, cancelled, chair, status, minutes }) =>
    seat({
      ...chair,
      status,
      // Nobody misses more than there was.
      minutes: status === 'late' || status === 'left_early' ? Math.min(minutes, Math.max(1, length + (over ?? 0))) : 0,
      service: service({
        kind,
        day: at(day, 0).slice(0, 10),
        startsAt: at(day, starts),
        endsAt: at(day, starts + length),
        endedAt: over === null ? null : at(day, starts + Math.max(1, length + over)),
        cancelledAt: cancelled === null ? null : at(day, starts - cancelled),
      }),
    }),
  );
const anySeats = fc.array(anySeat, { maxLength: 7 });

describe('whatever the terms say', () => {
  test('every amount is whole, only deductions are below zero, none below its base, and nobody owes', () => {
    fc.assert(
      fc.property(anyTerms, anySeats, (by, seats) => {
        const lines = reckon(by, seats);
        for (const { kind, amountMinor, ofMinor } of lines) {
          expect(Number.isSafeInteger(amountMinor)).toBe(true);
          if (kind === 'deduction') expect(-amountMinor).toBeLessThanOrEqual(ofMinor ?? 0);
          else expect(amountMinor).toBeGreaterThanOrEqual(0);
        }
        expect(sumOf(lines)).toBeGreaterThanOrEqual(0);
        expect(reckon(by, seats)).toEqual(lines);
      }),
    );
  });

  test('whoever stays longer, comes more often, is there or doubles more never gets less', () => {
    fc.assert(
      fc.property(
        anyTerms,
        anySeats,
        anySeat,
        fc.integer({ min: 1, max: 240 }),
        fc.nat(),
        (by, some, one, more, pick) => {
          const seats = [...some, one];
          const index = pick % seats.length;
          const replaced = (change: (old: PaidSeat) => PaidSeat) =>
            total(
              seats.map((each, place) => (place === index ? change(each) : each)),
              by,
            );
          const before = total(seats, by);
          const longer = replaced((old) => {
            const end = Date.parse(old.service.endedAt ?? old.service.endsAt) + more * 60_000;
            return { ...old, service: { ...old.service, endedAt: new Date(end).toISOString() } };
          });
          expect(longer, 'longer').toBeGreaterThanOrEqual(before);
          expect(
            replaced((old) => ({ ...old, status: 'present', minutes: 0 })),
            'there',
          ).toBeGreaterThanOrEqual(before);
          if (one.status === 'present') {
            expect(before, 'one service more').toBeGreaterThanOrEqual(total(some, by));
          }
          const doubling = total(
            seats.map((each) => ({ ...each, doubles: [...each.doubles, 'rec'] })),
            by,
          );
          expect(doubling, 'one double more').toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });
});
