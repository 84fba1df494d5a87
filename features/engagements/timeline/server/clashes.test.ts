import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { people } from '#features/engagements/people/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { timeline } from '../contract.ts';

const org = 'test';
const at = (time: string) => `2029-05-${time}:00.000Z`;
let app: TestApp;
let ann: string;
let hall: string;
beforeAll(async () => {
  app = await startTestApp();
  const add = async (kind: 'person' | 'place', name: string) =>
    (await app.client(resources).create({ org, body: { kind, name, zone: 'UTC' } })).id;
  ann = await add('person', 'Ann');
  hall = await add('place', 'Great Hall');
});
afterAll(() => app.stop());

const api = () => app.client(timeline, 'manager');
const show = async (title: string, placeId: string | null = null) =>
  (
    await app
      .client(engagements)
      .create({ org, body: { title, zone: 'UTC', placeId, startsAt: at('01T08:00'), endsAt: at('03T22:00') } })
  ).id;
const join = async (engagement: string, groupKey: 'a' | 'b' = 'b') =>
  (await app.client(people).add({ org, params: { id: engagement }, body: { resourceId: ann, groupKey } })).id;
const add = (engagement: string, from: string, until: string, more: object = {}) =>
  api().create({
    org,
    params: { id: engagement },
    body: { kind: 'other', startsAt: at(from), endsAt: at(until), ...more },
  });
const said = async (engagement: string) =>
  (await api().listClashes({ org, params: { id: engagement } })).items.map(({ message }) => message);

test('before it is saved and after, with what the same people do elsewhere', async () => {
  const gala = await show('Gala');
  const other = await show('Other');
  const [here, there] = [await join(gala), await join(other)];
  await add(other, '01T14:00', '01T15:00', { title: 'Fitting', forAll: false, personIds: [there] });
  const draft = {
    kind: 'soundcheck' as const,
    startsAt: at('01T14:30'),
    endsAt: at('01T16:00'),
    forAll: false,
    forGroups: ['b' as const],
  };
  const check = (items: object[]) =>
    api().check({ org, params: { id: gala }, body: { items: items.map((one) => ({ ...draft, ...one })) } });
  expect((await check([{}])).items).toEqual([
    { kind: 'twice', itemIds: ['new:0'], message: 'Ann is at Other at the time of Soundcheck.' },
  ]);
  expect((await check([{ forGroups: [], personIds: [here] }])).items).toHaveLength(1);
  expect((await check([{ forGroups: ['c'] }])).items).toEqual([]);
  expect(await said(gala)).toEqual([]);
  const saved = await add(gala, '01T14:30', '01T16:00', { kind: 'soundcheck', forAll: false, forGroups: ['b'] });
  expect(await said(gala)).toEqual(['Ann is at Other at the time of Soundcheck.']);
  expect((await check([{ id: saved.id, startsAt: at('01T15:00') }])).items).toEqual([]);
  const both = await check([{}]);
  expect(both.items.map(({ message }) => message)).toContain(
    'Ann is wanted at Soundcheck and Soundcheck at the same time.',
  );
  await expect(check([{ startsAt: at('01T17:00') }])).rejects.toMatchObject({ status: 400 });
  await expect(api().check({ org, params: { id: ann }, body: { items: [draft] } })).rejects.toMatchObject({
    status: 404,
  });
  // What is lost takes nobody’s time.
  const { engagement } = await app.client(engagements).get({ org, params: { id: other } });
  await app
    .client(engagements)
    .setStage({ org, params: { id: other }, body: { version: engagement.version, stage: 'cancelled' } });
  expect(await said(gala)).toEqual([]);
});

test('a place that is taken, or closed, and a short night', async () => {
  const gala = await show('Night', hall);
  await join(gala);
  await add(gala, '01T20:00', '02T01:00', { title: 'Show' });
  await add(gala, '02T06:00', '02T07:00', { kind: 'travel', title: 'Bus' });
  expect(await said(gala)).toEqual([
    'Ann has 5 hours between Show, which ends at 01:00, and Travel: Bus; 11 hours of rest are wanted.',
  ]);
  const settings = await app.client(people).getSettings({ org });
  await app.client(people).setSettings({ org, body: { ...settings, restMinutes: 300 } });
  expect(await said(gala)).toEqual([]);
  await app.client(availability).setHours({
    org,
    params: { id: hall },
    body: { hours: [2, 3, 4].map((weekday) => ({ weekday, startsMinute: 0, endsMinute: 1_380 })) },
  });
  expect(await said(gala)).toEqual(['Show reaches outside of the hours of Great Hall.']);
  const fair = await show('Fair');
  await app.client(claims).place({
    org,
    body: {
      engagementId: fair,
      claims: [{ resourceId: hall, startsAt: at('02T06:30'), endsAt: at('02T12:00'), status: 'commit' }],
    },
  });
  expect(await said(gala)).toContain('Great Hall is taken at the time of Travel: Bus: Fair, 06:30–12:00.');
});

test('only the office asks', async () => {
  const gala = await show('Asked');
  await expect(app.client(timeline, 'crew').listClashes({ org, params: { id: gala } })).rejects.toMatchObject({
    status: 403,
  });
});
