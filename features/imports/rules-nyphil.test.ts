import { expect, test } from 'vitest';
import { bundledSeason } from './server/bundled.ts';
import { clockTime, planSeason } from './rules-nyphil.ts';

const plan = planSeason(bundledSeason(), 150);

function season(concerts: object[], works: object[] = []) {
  const programs = [{ programID: '1', orchestra: 'New York Philharmonic', season: '2024-25', concerts, works }];
  return planSeason(JSON.stringify({ programs }), 90);
}
const evening = { eventType: 'Tour', Location: 'Seoul', Venue: 'Hall', Date: '2024-11-03T04:00:00Z', Time: '7:30PM' };

test('the bundled season: counted, each concert with a reference of its own', () => {
  expect(plan).toMatchObject({ venues: 28, people: 258 });
  expect([plan.programmes.length, plan.concerts.length]).toEqual([144, 252]);
  expect(new Set(plan.concerts.map(({ ref }) => ref)).size).toBe(252);
  const starts = plan.concerts.map(({ startsAt }) => startsAt);
  expect(starts).toEqual(starts.toSorted());
  for (const { needs, notes, title } of plan.concerts) {
    expect(new Set(needs).size).toBe(needs.length);
    expect(`${notes}${title}`).not.toMatch(/undefined|\[|  /);
  }
});

test.each([
  ['7:30PM', '19:30'],
  ['12:00PM', '12:00'],
  ['12:15AM', '00:15'],
  ['9AM', '09:00'],
  [' 10:30 a.m. ', '10:30'],
  ['None', undefined],
  ['', undefined],
  ['19:30', undefined],
  ['13:00PM', undefined],
  ['7:75PM', undefined],
])('time %s', (text, time) => expect(clockTime(text)).toBe(time));

test('New York’s clock, on the days when it changes too', () => {
  const at = (date: string, time: string) => season([{ ...evening, Date: date, Time: time }]).concerts[0];
  expect(at('2024-11-02T04:00:00Z', '7:30PM')).toMatchObject({
    startsAt: '2024-11-02T23:30:00.000Z',
    endsAt: '2024-11-03T01:00:00.000Z',
  });
  expect(at('2024-11-03T04:00:00Z', '7:30PM')).toMatchObject({ startsAt: '2024-11-04T00:30:00.000Z' });
  expect(at('2025-03-09T05:00:00Z', '2:30AM')).toMatchObject({ startsAt: '2025-03-09T07:30:00.000Z' });
  expect(at('2024-11-03T04:00:00Z', '')).toMatchObject({
    timed: false,
    date: '2024-11-03',
    startsAt: '2024-11-03T04:00:00.000Z',
    endsAt: '2024-11-04T05:00:00.000Z',
  });
});

test('who is named twice is needed once; nobody is nobody', () => {
  const { concerts, people, resources } = season(
    [evening, evening],
    [
      {
        conductorName: 'Wang, Yuja',
        soloists: [
          { soloistName: 'Wang, Yuja', soloistInstrument: 'Piano' },
          { soloistName: ' ', soloistInstrument: ' ' },
        ],
      },
      { conductorName: 'Not conducted', soloists: [] },
    ],
  );
  expect(people).toBe(1);
  expect(resources.find(({ kind }) => kind === 'person')).toMatchObject({
    name: 'Yuja Wang',
    skills: ['Conductor', 'Piano'],
  });
  expect(concerts.map(({ ref }) => ref)).toEqual([
    'nyphil:concert:1:2024-11-03:19:30:hall',
    'nyphil:concert:1:2024-11-03:19:30:hall:2',
  ]);
  expect(concerts[0]?.needs).toEqual(['nyphil:venue:hall:seoul', 'nyphil:person:yuja-wang']);
});

test.each([
  ['', /not JSON/],
  ['[1]', /not a season/],
  [
    '{"programs":[{"programID":"1","concerts":[{"Venue":"Hall","Date":"soon"}],"works":[]}]}',
    /programs\.0\.concerts\.0\.Date/,
  ],
])('an unreadable file says where: %s', (content, message) => {
  expect(() => planSeason(content, 150)).toThrow(message);
});
