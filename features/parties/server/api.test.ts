import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { parties } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('adds, reads, finds, changes and removes a contact', async () => {
  const api = app.client(parties, 'staff');
  const made = await api.create({
    org: 'test',
    body: { kind: 'company', name: 'Big Shows Ltd', email: 'desk@bigshows.example' },
  });
  expect(made).toMatchObject({ kind: 'company', phone: null, notes: '', version: 1 });
  expect(await api.get({ org: 'test', params: { id: made.id } })).toEqual(made);
  await api.create({ org: 'test', body: { name: 'Zoe' } });
  expect((await api.list({ org: 'test', query: {} })).items.map(({ name }) => name)).toEqual(['Big Shows Ltd', 'Zoe']);
  expect((await api.list({ org: 'test', query: { q: 'bigshows.ex' } })).items).toEqual([made]);
  const changed = await api.change({ org: 'test', params: { id: made.id }, body: { version: 1, phone: '+1 212 1' } });
  expect(changed).toMatchObject({ phone: '+1 212 1', version: 2 });
  await api.remove({ org: 'test', params: { id: made.id } });
  await expect(api.get({ org: 'test', params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
  await expect(api.remove({ org: 'test', params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
});

test('two editors and bad input', async () => {
  const api = app.client(parties);
  const { id } = await api.create({ org: 'test', body: { name: 'Merge', externalRef: 'p1' } });
  await api.change({ org: 'test', params: { id }, body: { version: 1, email: 'a@example.com' } });
  const clash = api.change({ org: 'test', params: { id }, body: { version: 1, email: 'b@example.com' } });
  await expect(clash).rejects.toMatchObject({
    code: 'version_conflict',
    problem: { conflicts: { email: { theirs: 'a@example.com' } } },
  });
  await expect(api.create({ org: 'test', body: { name: 'Copy', externalRef: 'p1' } })).rejects.toMatchObject({
    code: 'duplicate',
  });
  const wrong = api.create({ org: 'test', body: { name: ' ', email: 'no' } });
  await expect(wrong).rejects.toMatchObject({ status: 400, fields: [{ field: 'name' }, { field: 'email' }] });
});
