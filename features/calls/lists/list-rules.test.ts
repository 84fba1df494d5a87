import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupName, inScoreOrder, knownSkill, overlap, samePeople, standingOf } from './list-rules.ts';

const order = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 });

test('other people, somebody twice, or somebody missing are not the same people', () => {
  fc.assert(
    fc.property(order, (people) => {
      expect(samePeople(people, people.toReversed())).toBe(true);
      expect(samePeople(people, people.slice(1))).toBe(false);
      expect(samePeople(people, [...people, ...people.slice(0, 1)])).toBe(false);
      expect(samePeople(people, people.with(0, `${people.join('')}!`))).toBe(false);
      if (people.length > 1) expect(samePeople(people, people.with(0, people.at(-1) ?? ''))).toBe(false);
    }),
  );
});

test('two validities overlap exactly when they share a day', () => {
  const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-09-0${n}`);
  const validity = fc
    .tuple(day, fc.option(day))
    .map(([validFrom, validTo]) => ({ validFrom, validTo: validTo && validTo < validFrom ? null : validTo }));
  const days = Array.from({ length: 20 }, (_, n) => `2026-09-${String(n + 1).padStart(2, '0')}`);
  const holds = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }, on: string) =>
    validFrom <= on && (validTo === null || on <= validTo);
  fc.assert(
    fc.property(validity, validity, (a, b) => {
      expect(overlap(a, b)).toBe(days.some((on) => holds(a, on) && holds(b, on)));
    }),
  );
});

test('a list is a draft, to come, current or over', () => {
  const at = '2026-09-01T00:00:00.000Z';
  const of = (validFrom: string, validTo: string | null, approvedAt: string | null = at) =>
    standingOf({ validFrom, validTo, approvedAt }, '2026-10-01');
  expect(of('2026-01-01', null, null)).toBe('draft');
  expect(of('2026-01-01', null)).toBe('current');
  expect(of('2026-10-01', '2026-10-01')).toBe('current');
  expect(of('2026-10-02', null)).toBe('future');
  expect(of('2026-01-01', '2026-09-30')).toBe('past');
});

test('a skill is spelt in one way, and groups stand as in a score', () => {
  expect(['vn1', 'First violin', 'first VIOLIN', 'FL', 'Stagehand', 'Violin'].map(knownSkill)).toEqual([
    'vn1',
    'vn1',
    'vn1',
    'fl',
    'Stagehand',
    'Violin',
  ]);
  const groups = [
    { skill: 'Rigger', kind: 'section' },
    { skill: 'vn1', kind: 'section' },
    { skill: 'fl', kind: 'section' },
    { skill: 'vn1', kind: 'principal' },
  ] as const;
  expect(groups.toSorted(inScoreOrder).map(groupName)).toEqual([
    'Flute, section',
    'First violin, principal',
    'First violin, section',
    'Rigger',
  ]);
});
