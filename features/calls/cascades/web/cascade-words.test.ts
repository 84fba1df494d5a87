import { expect, test } from 'vitest';
import type { Call } from '../cascade-contract.ts';
import { callSentence, durationWords } from './cascade-words.ts';

test('lengths of time are said as people say them', () => {
  const said = [0, 1, 45, 60, 90, 120, 200, 1_440, 2_000, 2_880, 10_000].map(durationWords);
  expect(said).toEqual([
    '0 minutes',
    '1 minute',
    '45 minutes',
    '1 hour',
    '90 minutes',
    '2 hours',
    '3 hours',
    '1 day',
    '33 hours',
    '2 days',
    '7 days',
  ]);
});

const call: Call = {
  id: 'c',
  version: 1,
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  cascadeId: 'k',
  needId: 'n',
  engagementId: 'e',
  resourceId: 'r',
  place: 1,
  grade: 'A',
  state: 'open',
  reason: null,
  note: '',
  sentAt: '2026-11-20T09:00:00.000Z',
  deadlineAt: '2026-11-20T19:00:00.000Z',
  remindAt: null,
  remindedAt: null,
  openedAt: null,
  answeredAt: null,
  name: 'Bea',
  zone: 'UTC',
  engagementTitle: 'Brahms',
  needTitle: 'First violin',
  services: [],
  mail: 'sent',
  questions: 0,
};
const answered = { answeredAt: '2026-11-20T12:00:00.000Z' };
const sentence = (change: Partial<Call>) =>
  callSentence({ ...call, ...change }, 'UTC', Date.parse('2026-11-20T14:00:00Z')).replaceAll(/\u202f/g, ' ');

test('each attempt is one sentence: what, when, why', () => {
  const at = (hour: string) => `Fri, Nov 20, 2026, ${hour}`;
  expect(sentence({})).toBe(`Asked ${at('9:00 AM')}. Answer due ${at('7:00 PM')} (in 5 hours).`);
  expect(sentence({ openedAt: call.sentAt })).toContain(', read.');
  expect(sentence({ state: 'planned', sentAt: null })).toBe('Waits for their turn.');
  expect(sentence({ state: 'declined', reason: 'ill', note: 'Flu.', ...answered })).toBe(
    `Declined ${at('12:00 PM')}, after 3 hours: ill or hurt – “Flu.”`,
  );
  expect(sentence({ state: 'declined', reason: 'other', note: 'A wedding.', ...answered })).toMatch(/: “A wedding.”$/);
  expect(sentence({ state: 'declined', reason: 'other', ...answered })).toMatch(/: something else\.$/);
  expect(sentence({ state: 'skipped', sentAt: null, reason: 'committed' })).toBe('Not asked: booked at that time.');
  expect(sentence({ state: 'cancelled', reason: 'filled' })).toBe(
    `Asked ${at('9:00 AM')}, then taken back: every seat was taken.`,
  );
  const service = { scheduleItemId: 's', kind: 'concert', title: '', startsAt: '', endsAt: '', zone: 'UTC' };
  const services: Call['services'] = [
    { ...service, answer: 'accepted' },
    { ...service, answer: 'declined' },
  ];
  expect(sentence({ state: 'accepted', services, ...answered })).toBe(
    `Accepted 1 of 2 services ${at('12:00 PM')}, after 3 hours.`,
  );
});
