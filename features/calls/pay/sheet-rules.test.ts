import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf, sumOf, type PayLine } from './pay-line.ts';
import { lineReason } from './pay-words.ts';
import { differencesOf, payOf, problemsOf, together } from './sheet-rules.ts';
import type { PayPerson } from './sheet-contract.ts';
import { payTerms, usualTerms } from './terms.ts';

const person = (resourceId: string, totalMinor: number): PayPerson => ({
  resourceId,
  name: `Name of ${resourceId}`,
  skill: 'fl',
  services: 1,
  byRoster: false,
  lines: [],
  totalMinor,
});

test('adjustments are lines of their own, for people without a seat too', () => {
  const paid = payOf(usualTerms, {
    resourceId: 'a',
    name: 'Ada',
    skill: '',
    seats: [],
    adjustments: [
      { reason: 'Parking', amountMinor: 1_500 },
      { reason: 'Paid twice in May', amountMinor: -2_000 },
    ],
  });
  expect(paid.totalMinor).toBe(-500);
  expect(paid.lines.map((line) => lineReason(line, { money: String, day: String }))).toEqual([
    'Parking',
    'Paid twice in May',
  ]);
  expect(problemsOf({ name: 'S', currency: 'EUR', terms: usualTerms }, [], [paid], [])).toMatchObject([
    { code: 'below_zero' },
  ]);
  const inYen = [{ reason: 'Taxi', currency: 'JPY' }];
  expect(problemsOf({ name: 'S', currency: 'EUR', terms: usualTerms }, [], [], inYen)).toMatchObject([
    { code: 'other_currency', message: expect.stringContaining('Taxi') },
  ]);
});

test('differences name who changed, came and went', () => {
  const before = [person('a', 100), person('b', 200), person('c', 300)];
  const after = [person('a', 100), person('c', 250), person('d', 50)];
  expect(
    differencesOf(before, after).map(({ resourceId, beforeMinor, afterMinor }) => [
      resourceId,
      beforeMinor,
      afterMinor,
    ]),
  ).toEqual([
    ['b', 200, 0],
    ['c', 300, 250],
    ['d', 0, 50],
  ]);
});

test('differences add up to what the total changed by', () => {
  const people = fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(1_000)), { selector: ([id]) => id })
    .map((pairs) => pairs.map(([id, total]) => person(id, total)));
  const total = (all: readonly PayPerson[]) => all.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  fc.assert(
    fc.property(people, people, (before, after) => {
      const moved = differencesOf(before, after).reduce((sum, each) => sum + each.afterMinor - each.beforeMinor, 0);
      expect(moved).toBe(total(after) - total(before));
    }),
  );
});

test('lines together come to the same', () => {
  const line: fc.Arbitrary<PayLine> = fc
    .record({
      kind: fc.constantFrom('base' as const, 'overtime' as const, 'doubling' as const),
      serviceKind: fc.constantFrom('rehearsal', 'concert', null),
      quantity: fc.option(fc.nat(9), { nil: null }),
      amountMinor: fc.nat(1_000),
    })
    .map(({ kind, amountMinor, ...facts }) => lineOf(kind, amountMinor, facts));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(sumOf(together(lines))).toBe(sumOf(lines));
    }),
  );
});

test('terms that contradict themselves are refused, with the reason', () => {
  const wrong = (more: object) => payTerms.safeParse({ ...usualTerms, ...more }).error?.issues[0]?.message;
  expect(payTerms.safeParse(usualTerms).success).toBe(true);
  const rehearsal = { kind: 'rehearsal', baseMinor: 1, minutes: 150 };
  expect(wrong({ services: [rehearsal, rehearsal] })).toBe('A kind of service stands here once.');
  expect(wrong({ services: [{ ...rehearsal, kind: 'load_in' }] })).toBe('Choose a kind of service.');
  expect(wrong({ services: [{ ...rehearsal, baseMinor: 12.5 }] })).toBe('Enter an amount.');
  expect(wrong({ services: [{ ...rehearsal, baseMinor: -1 }] })).toBeDefined();
  expect(
    wrong({
      cancellation: [
        { withinHours: 24, rate: 5_000 },
        { withinHours: 48, rate: 10_000 },
      ],
    }),
  ).toBe('Shorter notice may not be paid less than longer notice.');
  expect(wrong({ surprise: 1 })).toBeDefined();
});
