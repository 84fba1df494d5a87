import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { advance } from '../contract.ts';
import { outsideAdvance } from '../outside/contract.ts';

/** What the schedule says to an item is said to who may read both, and is nobody's answer by itself. */
const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const api = () => app.client(advance, 'manager');
const schedules = () => app.client(timeline, 'manager');

/** A show from six to nine in the evening of 1 May, by UTC. */
async function show() {
  const { id } = await app.client(engagements).create({
    org,
    body: { title: 'Gala', startsAt: '2039-05-01T18:00:00.000Z', endsAt: '2039-05-01T21:00:00.000Z', zone: 'UTC' },
  });
  const params = { id };
  return {
    params,
    ask: (title: string, more: object = {}) =>
      api().addItem({ org, params, body: { title, kind: 'time', side: 'us', ...more } }),
    plan: (kind: 'load_in' | 'doors' | 'set' | 'load_out' | 'other', startsAt: string, endsAt: string, more = {}) =>
      schedules().create({
        org,
        params,
        body: { kind, startsAt: `2039-05-${startsAt}:00.000Z`, endsAt: `2039-05-${endsAt}:00.000Z`, ...more },
      }),
    get: () => api().get({ org, params }),
    said: async () => (await api().get({ org, params })).schedule.map(({ itemId: _, ...said }) => said),
  };
}

test('what the schedule says is taken as the answer, and stays agreed when the schedule moves', async () => {
  const { ask, plan, get } = await show();
  const doors = await ask('Doors');
  const loadIn = await ask('Load-in', { side: 'them' });
  await ask('Curfew', { kind: 'text' });
  expect((await get()).schedule).toEqual([]);
  const planned = await plan('doors', '01T18:00', '01T19:00');
  await plan('load_in', '01T12:00', '01T14:00');
  await plan('other', '01T22:00', '01T22:05', { title: 'Curfew' });
  const { schedule, items } = await get();
  const shared = { day: null, zone: 'UTC', seenBy: 'everyone' };
  expect(schedule).toEqual([
    { itemId: doors.id, name: 'Doors', time: '18:00', ...shared },
    { itemId: loadIn.id, name: 'Load-in', time: '12:00', ...shared },
  ]);
  expect(items.map(({ answer, state }) => [answer, state])).toEqual(items.map(() => ['', 'open']));

  const time = schedule[0]?.time ?? '';
  const { version } = await api().answer({
    org,
    params: { id: doors.id },
    body: { version: doors.version, answer: time },
  });
  await api().mark({ org, params: { id: doors.id }, body: { version, mark: 'agreed' } });
  await schedules().shift({ org, params: { id: planned.id }, body: { minutes: 30, until: 'day' } });
  const later = await get();
  expect(later.schedule[0]).toMatchObject({ itemId: doors.id, time: '18:30' });
  expect(later.items.find(({ id }) => id === doors.id)).toMatchObject({ answer: '18:00', state: 'agreed' });
  // Whoever takes the time from an old look writes over nobody's answer.
  await expect(
    api().answer({ org, params: { id: doors.id }, body: { version: doors.version, answer: '18:30' } }),
  ).rejects.toMatchObject({ code: 'version_conflict' });
  await schedules().remove({ org, params: { id: planned.id } });
  expect((await get()).schedule.map(({ itemId }) => itemId)).toEqual([loadIn.id]);
});

test('several, on other days, past midnight and in another zone', async () => {
  const { ask, plan, said } = await show();
  const hall = await app
    .client(resources)
    .create({ org, body: { kind: 'place', name: 'Carnegie Hall', zone: 'America/New_York' } });
  for (const title of ['Stage time', 'Load-in', 'Load-out', 'Load-out until', 'Doors']) await ask(title);
  await plan('set', '01T18:30', '01T19:00', { title: 'Support' });
  await plan('set', '01T19:30', '01T21:00', { title: 'Headline' });
  await plan('load_in', '01T02:00', '01T03:00', { title: 'Truck' });
  await plan('load_out', '02T00:30', '02T02:15');
  await plan('doors', '01T22:00', '01T23:00', { placeId: hall.id });
  const shared = { zone: 'UTC', seenBy: 'everyone' };
  expect(await said()).toEqual([
    { name: 'Set: Support', time: '18:30', day: null, ...shared },
    { name: 'Set: Headline', time: '19:30', day: null, ...shared },
    // In the night before: of the day before.
    { name: 'Load-in: Truck', time: '02:00', day: '2039-04-30', ...shared },
    { name: 'Load-out', time: '00:30', day: null, ...shared },
    { name: 'Load-out', time: '02:15', day: null, ...shared },
    { name: 'Doors', time: '18:00', day: null, ...shared, zone: 'America/New_York' },
  ]);
});

test('the other side and who may not read schedules hear nothing of it; an answer taken from it is an answer', async () => {
  const { params, ask, plan, get } = await show();
  const doors = await ask('Doors');
  const secret = await ask('Surprise guest');
  await ask('Load-in', { side: 'them' });
  await plan('doors', '01T18:07', '01T19:00');
  await plan('load_in', '01T12:11', '01T13:00');
  await plan('other', '01T20:13', '01T20:30', { title: 'Surprise guest', seenBy: 'team' });
  expect((await get()).schedule).toMatchObject([
    { itemId: doors.id, time: '18:07' },
    { itemId: secret.id, time: '20:13', seenBy: 'team' },
    { time: '12:11' },
  ]);
  await api().answer({ org, params: { id: doors.id }, body: { version: doors.version, answer: '18:07' } });

  const email = 'vera@venue.example';
  await api().send({ org, params, body: { name: 'Vera', email } });
  const [mail] = await app.inTenant((tx) =>
    tx.query<{ href: string }>(
      "select content #>> '{button,href}' as href from messages where org_id = $1 and recipient = $2",
      [tx.scope.orgId, email],
    ),
  );
  const [, , orgId = '', token = ''] = (mail?.href ?? '').split('/');
  const outside = createClient(outsideAdvance, { baseUrl: app.baseUrl });
  const sheet = await outside.get({ params: { orgId, token } });
  expect(sheet.items.map(({ title, answer }) => [title, answer])).toEqual([
    ['Doors', '18:07'],
    ['Surprise guest', ''],
    ['Load-in', ''],
  ]);
  for (const hidden of ['schedule', '20:13', '12:11']) expect(JSON.stringify(sheet)).not.toContain(hidden);

  const id = uuidv7();
  await app.databases.control
    .insertInto('custom_roles')
    .values({ id, organisation_id: app.org.id, name: 'Advancer', permissions: ['advance.read'] })
    .execute();
  const { cookie } = await addPerson(app, { role: 'custom', customRoleId: id, name: 'Ava' });
  const hers = await createClient(advance, { baseUrl: app.baseUrl, headers: { cookie } }).get({ org, params });
  expect(hers).toMatchObject({ items: [{ answer: '18:07' }, { answer: '' }, { answer: '' }], schedule: [] });
});
