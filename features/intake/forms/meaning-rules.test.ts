import { expect, test } from 'vitest';
import { makeField } from './field-rules.ts';
import { meaningOf } from './meaning-rules.ts';

const times = makeField('times', 't', 'When?', { meaning: 'times' });
const day = makeField('date', 'd', 'When?', { meaning: 'times' });

test('times are by the clock of the place, a day is the whole of it', () => {
  const said = { t: { from: '2029-06-01T20:00', to: '2029-06-02T02:00' } };
  expect(meaningOf([times], said, 'Europe/Berlin')).toMatchObject({
    startsAt: '2029-06-01T18:00:00.000Z',
    endsAt: '2029-06-02T00:00:00.000Z',
    zone: 'Europe/Berlin',
  });
  expect(meaningOf([day], { d: '2029-03-25' }, 'Europe/Berlin')).toMatchObject({
    startsAt: '2029-03-24T23:00:00.000Z',
    // The day on which the clocks go forward has 23 hours.
    endsAt: '2029-03-25T22:00:00.000Z',
  });
});

test('nothing asked, nothing meant; times that the clocks swallow mean none', () => {
  expect(new Set(Object.values(meaningOf([], {}, 'UTC')))).toEqual(new Set([null]));
  const swallowed = { t: { from: '2029-03-25T02:30', to: '2029-03-25T03:10' } };
  expect(meaningOf([times], swallowed, 'Europe/Berlin')).toMatchObject({ startsAt: null, endsAt: null, zone: null });
});
