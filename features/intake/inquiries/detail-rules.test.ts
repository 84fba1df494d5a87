import { expect, test } from 'vitest';
import type { DetailField } from '#features/engagements/details/contract.ts';
import { makeField } from '#features/intake/forms/field-rules.ts';
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
  makeField('number', 'expected', 'How many guests?'),
  makeField('choice_one', 'how', ' set-up ', { options }),
  makeField('choice_one', 'nda', 'Is it confidential?', { options: [{ key: 'yes', label: 'Yes, send us one' }] }),
  makeField('date', 'announce_on', 'When may we say so?'),
  makeField('long_text', 'access', 'How do we get in?'),
  makeField('short_text', 'other', 'What else?'),
];
const from = (answers: Record<string, unknown>) =>
  Object.fromEntries(
    detailsFrom(details, { fields: fields.map((field) => ({ ...field })), answers, placeNames: {} }).map(
      ({ key, value }) => [key, value],
    ),
  );

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
