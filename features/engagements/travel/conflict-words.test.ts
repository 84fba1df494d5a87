import { expect, test } from 'vitest';
import { conflictWords } from './conflict-words.ts';
import type { TravelConflict } from './travel-contract.ts';

const leg = { id: 'bus', mode: 'ground' as const, carrier: '', number: 'Bus 2', toZone: 'Europe/Berlin' };
const conflict = (fields: Partial<TravelConflict>): TravelConflict => ({
  kind: 'late',
  personId: 'p',
  personName: 'Anna',
  legId: 'bus',
  what: 'Load-in',
  at: '2029-05-01T12:00:00.000Z',
  zone: 'Europe/Berlin',
  arrivesAt: '2029-05-01T12:30:00.000Z',
  minutes: null,
  nights: [],
  ...fields,
});
const said = (...conflicts: Partial<TravelConflict>[]) =>
  conflictWords(conflicts.map(conflict), [leg]).map(({ text }) => text);

test('what is in the way of several people is said once', () => {
  const people = ['Anna', 'Bo', 'Cem', 'Dea', 'Eli'].map((personName) => ({ personName }));
  expect(said(...people.slice(0, 1))).toEqual([
    expect.stringMatching(/^Anna arrives with Bus 2 at 2:30.PM, too late for Load-in \(Tue, May 1, 2:00.PM\)\.$/),
  ]);
  expect(said(...people.slice(0, 3))[0]).toMatch(/^Anna, Bo, and Cem arrive with/);
  expect(said(...people)).toEqual([expect.stringMatching(/^Anna, Bo, and 3 others arrive with/)]);
});

test('each kind in its own words', () => {
  expect(said({ kind: 'tight', minutes: 0 })[0]).toMatch(/^Anna arrives with Bus 2 just as it is time for Load-in/);
  expect(said({ kind: 'tight', minutes: 1 })[0]).toMatch(/only 1 minute before Load-in/);
  expect(said({ kind: 'two_legs', what: 'LH 96' })).toEqual(['Anna is on Bus 2 and on LH 96 at the same time.']);
  expect(said({ kind: 'no_travel', legId: null })).toEqual(['Anna is on no leg.']);
  expect(said({ kind: 'no_bed', nights: ['2029-05-01'] })).toEqual(['Anna has no bed for the night of Tue, May 1.']);
  expect(said({ kind: 'no_bed', nights: ['2029-05-01', '2029-05-02', '2029-05-03'] })).toEqual([
    'Anna has no bed for the nights of Tue, May 1 to Thu, May 3.',
  ]);
  expect(said({ kind: 'full_room', legId: null, personName: 'Anna, Bo', what: 'Single 2, Astra' })).toEqual([
    'Single 2, Astra has fewer beds than people: Anna, Bo.',
  ]);
});
