import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { guests } from '#features/engagements/guests/contract.ts';
import { setlists } from '#features/engagements/setlists/contract.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { travel } from '#features/engagements/travel/contract.ts';
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
    },
  });
  const then = await moment();
  await app.client(tasks).change({ org, params: { id: todo.id }, body: { version: 1, title: 'Book two hotels' } });
  await app.client(timeline).remove({ org, params: { id: item.id } });
  await app.client(guests).remove({ org, params: { id: guest.id } });
  await app.client(setlists).removeSet({ org, params: { id: set.id } });
  await app.client(travel).removeLeg({ org, params: { id: leg.id } });
  const at = (instant: string, role: 'manager' | 'staff' = 'manager') =>
    app.client(history, role).dossierAsOf({ org, params, query: { at: instant } });
  const told = (answer: Awaited<ReturnType<typeof at>>) =>
    answer.items.map(({ part, label, detail }) => [part, label, detail].filter(Boolean).join(' | '));
  expect(told(await at(before))).toEqual([]);
  const past = await at(then);
  expect(told(past)).toEqual([
    'schedule | Load-in: Stage left',
    'tasks | Book the hotel',
    'guests | Anna Berg | +1, requested',
    'setlist | Set 1 | set',
    'setlist | Opener | Set 1',
    'travel | ICE 5 | Munich to Berlin',
  ]);
  expect(past.items[0]).toMatchObject({ startsAt: times.startsAt, endsAt: times.endsAt });
  expect(JSON.stringify(past)).not.toContain('SECRET-REF');
  expect(told(await at(await moment()))).toEqual(['tasks | Book two hotels']);
  await expect(at(then, 'staff')).rejects.toMatchObject({ status: 403 });
  await expect(
    app.client(history).dossierAsOf({
      org,
      params: { id: '0199b8e0-0000-7000-8000-000000000000' },
      query: { at: then },
    }),
  ).rejects.toMatchObject({ status: 404 });
});
