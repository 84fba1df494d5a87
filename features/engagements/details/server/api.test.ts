import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { detailsContract as contract } from '../contract.ts';

const org = 'test';
let app: TestApp;
let kim: Person;
let kimId: string;
beforeAll(async () => {
  app = await startTestApp();
  kim = await addPerson(app, { role: 'crew', name: 'Kim Crew' });
  kimId = (await app.client(resources).create({ org, body: { kind: 'person', name: 'Kim Crew' } })).id;
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, kimId, kim.userId]),
  );
});
afterAll(() => app.stop());

const api = () => app.client(contract, 'manager');
const times = { startsAt: '2029-05-01T18:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
const addShow = async () => {
  const body = { title: 'Gala', pack: 'orchestra' as const, ...times };
  return { id: (await app.client(engagements).create({ org, body })).id };
};
const write = (params: { id: string }, key: string, from: string | null, to: string | null) =>
  api().set({ org, params, body: { changes: [{ key, from, to }] } });

test('fields of the pack say what is written; bad values name the field and change nothing', async () => {
  const params = await addShow();
  expect((await api().get({ org, params })).values).toEqual({});
  const both = [
    { key: 'conductor', from: null, to: ' Ada Lo ' },
    { key: 'minutes', from: null, to: '95' },
  ];
  expect((await api().set({ org, params, body: { changes: both } })).values).toEqual({
    conductor: 'Ada Lo',
    minutes: '95',
  });
  const bad = [
    { key: 'conductor', from: 'Ada Lo', to: 'Bo' },
    { key: 'minutes', from: '95', to: 'long' },
  ];
  await expect(api().set({ org, params, body: { changes: bad } })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'minutes', message: 'Must be a number like 1200 or 2.5.' }],
  });
  await expect(write(params, 'nonsense', null, 'x')).rejects.toMatchObject({ fields: [{ field: 'nonsense' }] });
  expect((await write(params, 'minutes', '95', '')).values).toEqual({ conductor: 'Ada Lo' });
  await expect(write({ id: kimId }, 'minutes', null, '1')).rejects.toMatchObject({ status: 404 });
});

test('two who write different fields at once lose nothing; in one field the second is told', async () => {
  const params = await addShow();
  const keys = ['conductor', 'minutes', 'dress', 'parts', 'sponsor'] as const;
  await Promise.all(keys.map((key, index) => write(params, key, null, String(index))));
  expect(Object.keys((await api().get({ org, params })).values)).toHaveLength(5);
  const tries = await Promise.allSettled(['A', 'B', 'C', 'D'].map((to) => write(params, 'conductor', '0', to)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { conductor = '' } = (await api().get({ org, params })).values;
  await expect(write(params, 'conductor', '0', 'late')).rejects.toMatchObject({
    status: 409,
    code: 'version_conflict',
    message: expect.stringContaining('“Conductor”'),
    problem: { values: { conductor } },
  });
  // Who wants what stands there already has it.
  expect((await write(params, 'conductor', '0', conductor)).values).toMatchObject({ conductor });
});

test('an organisation writes its own fields; what a lost field said comes back with it', async () => {
  const params = await addShow();
  await write(params, 'dress', null, 'Black');
  const [built] = (await api().listSets({ org })).items;
  expect(built).toMatchObject({ pack: 'orchestra', version: 0 });
  const fields = [
    { key: 'choir', label: 'Choir', kind: 'choice' as const, choices: ['None', 'Large'], hint: '', shared: true },
  ];
  const set = (version: number, body = fields) =>
    api().setFields({ org, params: { pack: 'orchestra' }, body: { version, fields: body } });
  expect(await set(0)).toMatchObject({ version: 1, fields });
  await expect(set(0)).rejects.toMatchObject({ code: 'version_conflict' });
  await expect(set(7)).rejects.toMatchObject({ fields: [{ field: 'version' }] });
  await expect(set(1, [...fields, ...fields])).rejects.toMatchObject({ status: 400 });
  await expect(
    set(
      1,
      fields.map((field) => ({ ...field, choices: [] })),
    ),
  ).rejects.toMatchObject({ status: 400 });
  await expect(
    api().setFields({ org, params: { pack: 'studio' }, body: { version: 0, fields } }),
  ).rejects.toMatchObject({
    status: 404,
  });
  expect((await api().get({ org, params })).values).toEqual({});
  await expect(write(params, 'dress', 'Black', 'White')).rejects.toMatchObject({ status: 400 });
  await api().resetFields({ org, params: { pack: 'orchestra' } });
  expect((await api().get({ org, params })).values).toEqual({ dress: 'Black' });
  await expect(
    app.client(contract, 'staff').setFields({ org, params: { pack: 'orchestra' }, body: { version: 0, fields } }),
  ).rejects.toMatchObject({ status: 403 });
});

test('who takes part sees what is shared; nobody else sees anything', async () => {
  const params = await addShow();
  await write(params, 'dress', null, 'Black');
  await write(params, 'sponsor', null, 'A bank');
  const mine = createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: kim.cookie } });
  await expect(mine.get({ org, params })).rejects.toMatchObject({ status: 404 });
  await app.client(claims).place({
    org,
    body: { engagementId: params.id, claims: [{ resourceId: kimId, status: 'commit', ...times }] },
  });
  const seen = await mine.get({ org, params });
  expect(seen.values).toEqual({ dress: 'Black' });
  expect(seen.fields.map(({ key }) => key)).not.toContain('sponsor');
  await expect(
    mine.set({ org, params, body: { changes: [{ key: 'dress', from: 'Black', to: 'White' }] } }),
  ).rejects.toMatchObject({ status: 403 });
});
