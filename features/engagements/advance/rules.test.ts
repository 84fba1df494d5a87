import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWallClock } from '#platform/time/wall-clock.ts';
import {
  answerFault,
  answerKinds,
  dayBefore,
  itemStates,
  linkEnds,
  marks,
  progressOf,
  reminderDue,
  sectionsOf,
  sides,
  stateAfter,
  stateOfAnswer,
  theyMayMark,
} from './rules.ts';

const choices = ['Catering', 'Buy-out'];

test('an answer fits its kind, and an empty one always does', () => {
  const right = {
    text: ['Dock 3'],
    long_text: ['Two lines\nof it'],
    choice: ['Buy-out'],
    number: ['12', '-2.5', '0'],
    time: ['00:00', '23:59'],
    yes_no: ['yes', 'no'],
    file: [],
  } as const;
  const wrong = {
    text: ['two\nlines', ' ', 'x'.repeat(501)],
    long_text: ['x'.repeat(5_001), '\n'],
    choice: ['buy-out', 'Both'],
    number: ['twelve', '1e5', '1,5', '٣', '1.'],
    time: ['24:00', '7:30', '19.30', '19:60'],
    yes_no: ['Yes', 'maybe'],
    file: ['plot.pdf'],
  } as const;
  for (const kind of answerKinds) {
    expect(answerFault({ kind, choices }, '')).toBeNull();
    for (const answer of right[kind]) expect(answerFault({ kind, choices }, answer), answer).toBeNull();
    for (const answer of wrong[kind])
      expect(answerFault({ kind, choices }, answer), answer).toEqual(expect.any(String));
  }
});

test('a mark never says more than there is, and taking it back leaves what the answer says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...marks), fc.string(), (mark, answer) => {
      expect(stateAfter('open', answer)).toBe(stateOfAnswer(answer));
      expect(stateAfter(mark, answer) === 'open').toBe(mark === 'open' && answer === '');
    }),
  );
  expect(theyMayMark({ side: 'us', answer: 'yes' })).toBe(true);
  expect(theyMayMark({ side: 'us', answer: '' })).toBe(false);
  expect(theyMayMark({ side: 'them', answer: 'yes' })).toBe(false);
});

const items = fc.array(
  fc.record({
    section: fc.constantFrom('', 'A', 'B', 'C'),
    side: fc.constantFrom(...sides),
    state: fc.constantFrom(...itemStates),
  }),
);

test('sections hold every item once, each section once, in the order in which they stand', () => {
  fc.assert(
    fc.property(items, (list) => {
      const sections = sectionsOf(list);
      expect(sections.flatMap((each) => each.items)).toHaveLength(list.length);
      expect(sections.map(({ section }) => section)).toEqual([...new Set(list.map(({ section }) => section))]);
      for (const { section, items: its } of sections)
        expect(its).toEqual(list.filter((each) => each.section === section));
    }),
  );
});

test('what is counted adds up', () => {
  fc.assert(
    fc.property(items, (list) => {
      const { all, agreed, owed, problems } = progressOf(list);
      const answered = list.filter(({ state }) => state === 'answered').length;
      expect(agreed + owed.us + owed.them + problems + answered).toBe(all);
    }),
  );
});

const hour = 3_600_000;
const span = { startsAt: '2029-03-26T17:30:00.000Z', endsAt: '2029-03-26T20:00:00.000Z', zone: 'Europe/Berlin' };

test('days count by the clock of the place, over the change to summer time', () => {
  expect(dayBefore(span, 0)).toBe('2029-03-26');
  expect(dayBefore(span, 2)).toBe('2029-03-24');
  expect(dayBefore({ startsAt: '2029-03-26T23:30:00.000Z', zone: 'Europe/Berlin' }, 0)).toBe('2029-03-27');
  expect(linkEnds(span, 7)).toBe('2029-04-02T20:00:00.000Z');
  expect(linkEnds(span, 0)).toBe(span.endsAt);
});

test('who looks every hour reminds once for each day, and not before, nor afterwards', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
      fc.integer({ min: 0, max: 25 * 24 }),
      (remindDays, sentBefore) => {
        const begin = Date.parse(span.startsAt) - sentBefore * hour;
        const sentAt = new Date(begin).toISOString();
        let remindedAt: string | null = null;
        const reminded: string[] = [];
        for (let at = begin; at < Date.parse(span.startsAt) + 48 * hour; at += hour) {
          const now = new Date(at).toISOString();
          if (!reminderDue({ span, remindDays }, { sentAt, remindedAt }, now)) continue;
          remindedAt = now;
          reminded.push(now);
        }
        const moments = remindDays
          .map((days) => fromWallClock({ date: dayBefore(span, days), time: '09:00' }, span.zone) ?? '')
          .filter((moment) => moment > sentAt && moment < span.startsAt);
        expect(reminded).toHaveLength(moments.length);
        for (const [index, moment] of moments.toSorted().entries())
          expect(Date.parse(reminded[index] ?? '') - Date.parse(moment)).toBeLessThan(hour + 1);
      },
    ),
    { numRuns: 15 },
  );
});

test('a server that was away for long sends no heap of old reminders', () => {
  const sentAt = '2029-03-01T08:00:00.000Z';
  const asked = { span, remindDays: [16, 10, 5] };
  const at = (now: string) => reminderDue(asked, { sentAt, remindedAt: null }, now);
  expect(at('2029-03-10T08:01:00.000Z')).toBe(true);
  expect(at('2029-03-11T12:00:00.000Z')).toBe(true);
  expect(at('2029-03-12T12:00:00.000Z')).toBe(false);
});
