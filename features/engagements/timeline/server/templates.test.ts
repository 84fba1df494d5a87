import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '../contract.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const api = () => app.client(timeline, 'manager');
const show = async () =>
  (
    await app.client(engagements).create({
      org,
      body: {
        title: 'Gala',
        zone: 'Europe/Berlin',
        startsAt: '2029-05-01T08:00:00.000Z',
        endsAt: '2029-05-03T22:00:00.000Z',
      },
    })
  ).id;
const item = { id: 'one', kind: 'doors' as const, from: '19:00', until: '20:00' };

test('a schedule comes onto a day once; what was left out or removed comes with the next time', async () => {
  const id = await show();
  await app.client(needs).create({ org, params: { id }, body: { skill: 'vn1', title: 'Violins', quantity: 2 } });
  const apply = (body: object) =>
    api().applyTemplate({ org, params: { id }, body: { key: 'orchestra.run-out', day: '2029-05-02', ...body } });
  const some = await apply({ itemIds: ['concert', 'home'] });
  expect(some.items.map(({ kind, startsAt, endsAt }) => [kind, startsAt, endsAt])).toEqual([
    ['run_out', '2029-05-02T17:30:00.000Z', '2029-05-02T19:45:00.000Z'],
    ['travel', '2029-05-02T20:15:00.000Z', '2029-05-02T22:45:00.000Z'],
  ]);
  const { seats } = await app.client(needs).grid({ org, params: { id } });
  expect(seats).toHaveLength(2);
  expect((await apply({})).items).toHaveLength(6);
  expect((await apply({})).items).toEqual([]);
  expect((await apply({ day: '2029-05-03' })).items).toHaveLength(8);
  await expect(apply({ key: 'nothing' })).rejects.toMatchObject({ fields: [{ field: 'key' }] });
  await expect(apply({ itemIds: [] })).rejects.toMatchObject({ fields: [{ field: 'itemIds' }] });
  await expect(
    api().applyTemplate({ org, params: { id: nobody }, body: { key: 'orchestra.run-out', day: '2029-05-02' } }),
  ).rejects.toMatchObject({ status: 404 });
});

test('two who apply the same at once put it there once', async () => {
  const id = await show();
  const apply = () =>
    api().applyTemplate({ org, params: { id }, body: { key: 'orchestra.recording', day: '2029-05-02' } });
  const made = await Promise.all([apply(), apply(), apply()]);
  expect(made.map(({ items }) => items.length).toSorted((a, b) => a - b)).toEqual([0, 0, 5]);
});

test('a built-in schedule is made one’s own and back; two editors are told of each other', async () => {
  const keys = async () =>
    (await api().listTemplates({ org })).items.map(({ key, version, builtIn }) => [key, version, builtIn].join(' '));
  expect(await keys()).toEqual([
    'orchestra.project-week 0 true',
    'orchestra.recording 0 true',
    'orchestra.run-out 0 true',
  ]);
  const body = { version: 0, pack: 'orchestra' as const, name: 'Run-out', items: [item] };
  const set = (version: number) =>
    api().setTemplate({ org, params: { key: 'orchestra.run-out' }, body: { ...body, version } });
  expect(await set(0)).toMatchObject({ version: 1, builtIn: true, items: [{ id: 'one', from: '19:00' }] });
  await expect(set(0)).rejects.toMatchObject({ code: 'version_conflict' });
  expect(await set(1)).toMatchObject({ version: 2 });
  await expect(set(1)).rejects.toMatchObject({ code: 'version_conflict' });
  await api().removeTemplate({ org, params: { key: 'orchestra.run-out' } });
  expect(await keys()).toContain('orchestra.run-out 0 true');
  const own = await api().createTemplate({ org, body: { pack: 'orchestra', name: 'Matinee', items: [item] } });
  expect(own).toMatchObject({ builtIn: false, version: 1 });
  const wrong = (more: object) =>
    api().createTemplate({ org, body: { pack: 'orchestra', name: 'X', items: [{ ...item, ...more }] } });
  await expect(wrong({ from: '25:00' })).rejects.toMatchObject({ fields: [{ field: 'items.0.from' }] });
  await expect(
    api().createTemplate({ org, body: { pack: 'orchestra', name: 'X', items: [item, item] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'items' }] });
  await expect(app.client(timeline, 'staff').removeTemplate({ org, params: { key: own.key } })).rejects.toMatchObject({
    status: 403,
  });
});
