import { expect, test } from 'vitest';
import type { DetailField } from '#features/engagements/details/contract.ts';
import { detailsFrom } from './detail-rules.ts';

const detail = (key: string, label: string, kind: DetailField['kind'], choices: string[] = []): DetailField => ({
  key,
  label,
  kind,
  choices,
  hint: '',
  shared: true,
});
const details = [
  detail('expected', 'Expected attendance', 'number'),
  detail('setup', 'Set-up', 'choice', ['Seated', 'Standing']),
  detail('nda', 'Under NDA', 'yes_no'),
  detail('announce_on', 'Announce', 'date'),
  detail('access', 'Access', 'text'),
  detail('sponsor', 'Sponsor', 'line'),
];
const options = [
  { key: 'sit', label: 'Seated' },
  { key: 'lie', label: 'Lying down' },
];
const fields = [
  { type: 'number', key: 'expected', label: 'How many guests?' },
  { type: 'choice_one', key: 'how', label: ' set-up ', options },
  {
    type: 'choice_one',
    key: 'nda',
    label: 'Is it confidential?',
    options: [{ key: 'yes', label: 'Yes, send us one' }],
  },
  { type: 'date', key: 'announce_on', label: 'When may we say so?' },
  { type: 'long_text', key: 'access', label: 'How do we get in?' },
  { type: 'short_text', key: 'other', label: 'What else?' },
];
const from = (answers: Record<string, unknown>) =>
  Object.fromEntries(detailsFrom(details, { fields, answers, placeNames: {} }).map(({ key, value }) => [key, value]));

test('answers go where a detail has the question’s key or its name', () => {
  const answers = { expected: 250, how: 'sit', nda: 'yes', announce_on: '2027-03-01', access: 'Gate 2\nRing twice' };
  expect(from({ ...answers, other: 'Nothing' })).toEqual({
    expected: '250',
    setup: 'Seated',
    nda: 'yes',
    announce_on: '2027-03-01',
    access: 'Gate 2\nRing twice',
  });
});

test('what doesn’t fit, or wasn’t said, stays an answer', () => {
  expect(from({ expected: 'many', how: 'lie', nda: 'perhaps', announce_on: ['x'], access: '' })).toEqual({});
  expect(from({})).toEqual({});
});
