import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clashes, type Elsewhere, type Plan, type PlannedItem } from './clash-rules.ts';

const zone = 'Europe/Berlin';
const item = (id: string, from: string, until: string, more: Partial<PlannedItem> = {}): PlannedItem => ({
  id,
  name: id,
  startsAt: `2026-05-${from}:00.000Z`,
  endsAt: `2026-05-${until}:00.000Z`,
  zone,
  placeId: null,
  called: [],
  working: more.called ?? [],
  ...more,
});
const names = new Map([
  ['ann', 'Ann'],
  ['ben', 'Ben'],
  ['cem', 'Cem'],
  ['dot', 'Dot'],
]);
const plan = (items: PlannedItem[], more: Partial<Plan> = {}): Plan => ({
  items,
  names,
  elsewhere: [],
  places: [],
  restMinutes: 660,
  ...more,
});
const said = (...args: Parameters<typeof plan>) => clashes(plan(...args)).map(({ message }) => message);

describe('in plain words', () => {
  test('somebody wanted at two things; what is for everybody doesn’t count', () => {
    const check = item('Soundcheck', '01T14:00', '01T15:00', { called: ['ann', 'ben', 'cem', 'dot'] });
    const meal = item('Meal', '01T14:30', '01T15:30', { called: ['ben', 'ann', 'cem', 'dot'] });
    expect(said([check, meal])).toEqual(['Ann, Ben and 2 more are wanted at Soundcheck and Meal at the same time.']);
    expect(said([check, { ...meal, called: ['ben'] }])).toEqual([
      'Ben is wanted at Soundcheck and Meal at the same time.',
    ]);
    expect(said([check, item('Doors', '01T14:30', '01T15:30', { working: ['ann'] })])).toEqual([]);
    expect(said([check, item('After', '01T15:00', '01T16:00', { called: ['ann'] })])).toEqual([]);
  });

  test('somebody booked elsewhere, a place taken or closed', () => {
    const set = item('Set', '01T19:00', '01T20:30', { called: ['ann'], placeId: 'hall' });
    const at = (of: string, title: string): Elsewhere => ({
      of,
      title,
      startsAt: '2026-05-01T18:00:00.000Z',
      endsAt: '2026-05-01T19:30:00.000Z',
      zone,
    });
    const hall = { id: 'hall', name: 'Great Hall', zone, hours: [], away: [] };
    expect(said([set], { elsewhere: [at('ann', 'Gala'), at('hall', 'Fair')], places: [hall] })).toEqual([
      'Ann is at Gala at the time of Set.',
      'Great Hall is taken at the time of Set: Fair, 20:00–21:30.',
    ]);
    const hours = [{ weekday: 5, startsMinute: 600, endsMinute: 1_320 }];
    const away = [{ startsAt: '2026-05-01T00:00:00.000Z', endsAt: '2026-05-02T00:00:00.000Z', reason: 'Repairs' }];
    expect(said([set], { places: [{ ...hall, hours, away }] })).toEqual([
      'Great Hall is closed at the time of Set: Repairs.',
      'Set reaches outside of the hours of Great Hall.',
    ]);
  });

  test('too little rest from a night to the next day, not within one', () => {
    const out = item('Load-out', '01T21:00', '01T23:30', { working: ['ann'] });
    const bus = item('Bus call', '02T06:00', '02T07:00', { working: ['ann', 'ben'] });
    expect(said([out, bus])).toEqual([
      'Ann has 6 hours 30 minutes between Load-out, which ends at 01:30, and Bus call; 11 hours of rest are wanted.',
    ]);
    expect(said([out, bus], { restMinutes: 390 })).toEqual([]);
    expect(said([item('Get-in', '01T08:00', '01T10:00', { working: ['ann'] }), out])).toEqual([]);
    const elsewhere = [
      { of: 'ben', title: 'Gala', startsAt: '2026-05-01T20:00:00.000Z', endsAt: '2026-05-01T22:00:00.000Z', zone },
    ];
    expect(said([bus], { elsewhere })).toEqual([
      'Ben has 8 hours between Gala, which ends at 00:00, and Bus call; 11 hours of rest are wanted.',
    ]);
  });
});

const person = fc.constantFrom('ann', 'ben', 'cem', 'dot');
const planned = fc
  .record({
    at: fc.integer({ min: 0, max: 400 }),
    length: fc.integer({ min: 1, max: 60 }),
    called: fc.uniqueArray(person),
    more: fc.uniqueArray(person),
  })
  .map(({ at, length, called, more }, index = 0) => {
    const instant = (step: number) => new Date(Date.UTC(2026, 4, 1) + step * 15 * 60_000).toISOString();
    return {
      id: `${at}-${length}-${index}`,
      name: 'Item',
      startsAt: instant(at),
      endsAt: instant(at + length),
      zone,
      placeId: null,
      called,
      working: [...new Set([...called, ...more])],
    };
  });
const schedule = fc.uniqueArray(planned, { maxLength: 8, selector: ({ id }) => id });

test('two things at once are found exactly where two times overlap and somebody is called to both', () => {
  fc.assert(
    fc.property(schedule, (items) => {
      const found = clashes(plan(items))
        .filter(({ kind }) => kind === 'twice')
        .map(({ itemIds }) => itemIds.toSorted().join());
      const naive = items.flatMap((a, index) =>
        items
          .slice(index + 1)
          .filter(
            (b) =>
              Math.max(+new Date(a.startsAt), +new Date(b.startsAt)) <
              Math.min(+new Date(a.endsAt), +new Date(b.endsAt)),
          )
          .filter((b) => a.called.some((one) => b.called.includes(one)))
          .map((b) => [a.id, b.id].toSorted().join()),
      );
      expect(found.toSorted()).toEqual(naive.toSorted());
    }),
  );
});

test('without rest to keep nobody has too little; more rest to keep never finds less', () => {
  fc.assert(
    fc.property(schedule, fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 0, max: 600 }), (items, rest, more) => {
      const tired = (restMinutes: number) =>
        clashes(plan(items, { restMinutes })).filter(({ kind }) => kind === 'rest').length;
      expect(tired(0)).toBe(0);
      expect(tired(rest + more)).toBeGreaterThanOrEqual(tired(rest));
    }),
  );
});

test('a full schedule of a large production is judged while somebody waits for it', () => {
  const everybody = Array.from({ length: 500 }, (_, index) => `person ${index}`);
  const items = Array.from({ length: 500 }, (_, index): PlannedItem => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 4, 1) + minutes * 60_000).toISOString();
    const called = index % 3 === 0 ? everybody.filter((_one, nth) => nth % 5 === index % 5) : [];
    const times = { startsAt: at(index * 30), endsAt: at(index * 30 + 25) };
    return { id: `${index}`, name: 'Item', ...times, zone, placeId: null, called, working: everybody };
  });
  const before = performance.now();
  clashes(plan(items));
  // Well under a second; judging each person by themselves took more than a minute.
  expect(performance.now() - before).toBeLessThan(5_000);
});
