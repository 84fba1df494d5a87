import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { detailsContract } from '#features/engagements/details/contract.ts';
import { guests } from '#features/engagements/guests/contract.ts';
import { setlists } from '#features/engagements/setlists/contract.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { travel } from '#features/engagements/travel/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { history } from '../contract.ts';

const org = 'test';
const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** An instant between what was done before and what comes. */
async function moment(): Promise<string> {
  await sleep(20);
  const at = new Date().toISOString();
  await sleep(20);
  return at;
}

test('each tab as it was: what came later isn’t there, what is gone is', async () => {
  const show = await app.client(engagements).create({ org, body: { title: 'Gala', ...times } });
  const params = { id: show.id };
  const person = (name: string) => app.client(resources).create({ org, body: { kind: 'person', name } });
  const [anna, ben] = await Promise.all([person('Anna Berg'), person('Ben Li')]);
  const before = await moment();
  const item = await app
    .client(timeline)
    .create({ org, params, body: { kind: 'load_in', title: 'Stage left', ...times } });
  const todo = await app.client(tasks).create({ org, body: { engagementId: show.id, title: 'Book the hotel' } });
  const allotment = await app.client(guests).addAllotment({ org, params, body: { name: 'Artist', places: 5 } });
  const guest = await app
    .client(guests)
    .add({ org, params, body: { allotmentId: allotment.id, firstName: 'Anna', lastName: 'Berg', plus: 1 } });
  const song = await app.client(setlists).createSong({ org, body: { title: 'Opener' } });
  const set = await app.client(setlists).addSet({ org, params, body: { name: 'Set 1', kind: 'set' } });
  await app.client(setlists).addEntry({ org, params: { id: set.id }, body: { kind: 'song', songId: song.id } });
  const leg = await app.client(travel).addLeg({
    org,
    params,
    body: {
      mode: 'rail',
      number: 'ICE 5',
      fromName: 'Munich',
      fromZone: 'Europe/Berlin',
      toName: 'Berlin',
      toZone: 'Europe/Berlin',
      departsAt: '2029-05-01T08:00:00.000Z',
      arrivesAt: '2029-05-01T12:00:00.000Z',
      confirmation: 'SECRET-REF',
      personIds: [anna.id, ben.id],
    },
  });
  const hotel = await app
    .client(travel)
    .addHotel({ org, params, body: { name: 'Astra', checkInOn: '2029-05-01', checkOutOn: '2029-05-03' } });
  const { rooms } = await app
    .client(travel)
    .addRooms({ org, params: { id: hotel.id }, body: { kind: 'twin', count: 1 } });
  const room = rooms[0]?.id ?? '';
  await app.client(travel).setSleepers({ org, params: { id: room }, body: { personIds: [ben.id, anna.id] } });
  await app.client(travel).setPerDiems({
    org,
    params,
    body: { amountMinor: 4500, currency: 'EUR', personIds: [anna.id], from: '2029-05-01', to: '2029-05-03' },
  });
  const write = (from: string | null, to: string | null) =>
    app.client(detailsContract).set({ org, params, body: { changes: [{ key: 'parts', from, to }] } });
  await write(null, 'in the library');
  const then = await moment();
  await app.client(tasks).change({ org, params: { id: todo.id }, body: { version: 1, title: 'Book two hotels' } });
  await app.client(timeline).remove({ org, params: { id: item.id } });
  await app.client(guests).remove({ org, params: { id: guest.id } });
  await app.client(setlists).removeSet({ org, params: { id: set.id } });
  await app.client(travel).removeLeg({ org, params: { id: leg.id } });
  await app.client(travel).removeSleeper({ org, params: { id: room, personId: ben.id } });
  await write('in the library', 'at the publisher');
  const at = (instant: string, role: 'manager' | 'staff' = 'manager') =>
    app.client(history, role).dossierAsOf({ org, params, query: { at: instant } });
  const told = (answer: Awaited<ReturnType<typeof at>>) =>
    answer.items.map(({ part, label, detail }) => [part, label, detail].filter(Boolean).join(' | '));
  expect(told(await at(before))).toEqual([]);
  const past = await at(then);
  expect(told(past)).toEqual([
    'overview | Parts | in the library',
    'schedule | Load-in: Stage left',
    'tasks | Book the hotel',
    'guests | Anna Berg | +1, requested',
    'setlist | Set 1 | set',
    'setlist | Opener | Set 1',
    'travel | ICE 5 | Munich to Berlin: Anna Berg, Ben Li',
    'travel | Astra | 2029-05-01 to 2029-05-03',
    'travel | Astra, Twin | Anna Berg, Ben Li',
    'travel | Per diems of Anna Berg | 3 days, €135.00',
  ]);
  expect(past.items[1]).toMatchObject({ startsAt: times.startsAt, endsAt: times.endsAt });
  expect(JSON.stringify(past)).not.toContain('SECRET-REF');
  expect(told(await at(await moment()))).toEqual([
    'overview | Parts | at the publisher',
    'tasks | Book two hotels',
    'travel | Astra | 2029-05-01 to 2029-05-03',
    'travel | Astra, Twin | Anna Berg',
    'travel | Per diems of Anna Berg | 3 days, €135.00',
  ]);
  await expect(at(then, 'staff')).rejects.toMatchObject({ status: 403 });
  await expect(
    app.client(history).dossierAsOf({
      org,
      params: { id: '0199b8e0-0000-7000-8000-000000000000' },
      query: { at: then },
    }),
  ).rejects.toMatchObject({ status: 404 });
});
