import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { resources } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const person = (name: string, more: object = {}) => ({ kind: 'person' as const, name, ...more });

test('creates, reads, lists and finds by skill', async () => {
  const api = app.client(resources, 'manager');
  const created = await api.create({
    org: 'test',
    body: person('Ada Lo', { skills: [{ skill: 'Violin', level: 5 }], tags: ['union'] }),
  });
  expect(created).toMatchObject({
    name: 'Ada Lo',
    zone: 'Europe/Berlin',
    version: 1,
    skills: [{ skill: 'Violin', level: 5 }],
  });
  expect(await api.get({ org: 'test', params: { id: created.id } })).toEqual(created);
  const found = await api.list({ org: 'test', query: { skill: 'Violin', tag: 'union', q: 'ada' } });
  expect(found).toEqual({ items: [created], total: 1, next: null });
  expect(await api.facets({ org: 'test' })).toEqual({ skills: ['Violin'], tags: ['union'] });
});

test('pages follow each other without gaps or repeats', async () => {
  const api = app.client(resources);
  const org = await app.addOrganisation('pages');
  const of = app.client(resources, 'owner', org);
  for (let n = 0; n < 7; n++) await of.create({ org: 'pages', body: person(`Player ${n % 3}`) });
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await of.list({ org: 'pages', query: { limit: 3, ...(after && { after }) } });
    expect(page.total).toBe(7);
    names.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  expect(new Set(names).size).toBe(7);
  await expect(api.list({ org: 'test', query: { after: 'nonsense' } })).rejects.toMatchObject({
    status: 400,
    code: 'invalid_input',
  });
});

test('two editors: other fields merge, the same field is a conflict with both values', async () => {
  const api = app.client(resources);
  const { id } = await api.create({ org: 'test', body: person('Merge') });
  await api.change({ org: 'test', params: { id }, body: { version: 1, phone: '+49 30 1' } });
  const merged = await api.change({ org: 'test', params: { id }, body: { version: 1, email: 'm@example.com' } });
  expect(merged).toMatchObject({ version: 3, phone: '+49 30 1', email: 'm@example.com' });
  const clash = api.change({ org: 'test', params: { id }, body: { version: 1, phone: '+49 30 2' } });
  await expect(clash).rejects.toMatchObject({
    status: 409,
    code: 'version_conflict',
    problem: { conflicts: { phone: { yours: '+49 30 2', theirs: '+49 30 1' } } },
  });
});

test('two editors of skills: the second one decides, nothing is lost', async () => {
  const api = app.client(resources);
  const skills = [{ skill: 'Oboe', level: 3 }];
  const { id } = await api.create({ org: 'test', body: person('Skilled', { skills }) });
  const change = (version: number, changes: object) =>
    api.change({ org: 'test', params: { id }, body: { version, ...changes } });
  await change(1, { skills: [...skills, { skill: 'Flute', level: 2 }] });
  await expect(change(1, { skills: [{ skill: 'Harp', level: 1 }] })).rejects.toMatchObject({
    code: 'version_conflict',
    problem: { conflicts: { skills: { theirs: [{ skill: 'Flute' }, { skill: 'Oboe' }] } } },
  });
  await change(2, { phone: '+49 1' });
  expect(await change(2, { skills: [{ skill: 'Harp', level: 1 }] })).toMatchObject({
    phone: '+49 1',
    skills: [{ skill: 'Harp' }],
  });
});

test('a change that leaves half of a rate or of a point names the field', async () => {
  const api = app.client(resources);
  const { id } = await api.create({ org: 'test', body: person('Half') });
  const change = (changes: object) => api.change({ org: 'test', params: { id }, body: { version: 1, ...changes } });
  await expect(change({ rateMinor: 100 })).rejects.toMatchObject({ status: 400, fields: [{ field: 'rateMinor' }] });
  await expect(change({ latitude: 1 })).rejects.toMatchObject({ status: 400, fields: [{ field: 'longitude' }] });
  const { id: place } = await api.create({ org: 'test', body: { kind: 'place', name: 'Somewhere' } });
  await expect(change({ parentId: place })).rejects.toMatchObject({ status: 400, fields: [{ field: 'parentId' }] });
});

test('places nest and never in a circle', async () => {
  const api = app.client(resources);
  const hall = await api.create({ org: 'test', body: { kind: 'place', name: 'Hall' } });
  const stage = await api.create({ org: 'test', body: { kind: 'place', name: 'Stage', parentId: hall.id } });
  const circle = api.change({ org: 'test', params: { id: hall.id }, body: { version: 1, parentId: stage.id } });
  await expect(circle).rejects.toMatchObject({ status: 400, fields: [{ field: 'parentId' }] });
});

test('bad input names the field; a missing permission says which', async () => {
  const api = app.client(resources);
  const bad = api.create({ org: 'test', body: { kind: 'person', name: ' ', zone: 'Mars/Base' } });
  await expect(bad).rejects.toMatchObject({ status: 400, fields: [{ field: 'name' }, { field: 'zone' }] });
  const rate = api.create({ org: 'test', body: person('Rate', { rateMinor: 100 }) });
  await expect(rate).rejects.toMatchObject({ status: 400, fields: [{ field: 'rateMinor' }] });
  const staff = app.client(resources, 'staff').create({ org: 'test', body: person('No') });
  await expect(staff).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  const twice = { kind: 'thing' as const, name: 'Van', externalRef: 'van-1' };
  await api.create({ org: 'test', body: twice });
  await expect(api.create({ org: 'test', body: twice })).rejects.toMatchObject({ status: 409, code: 'duplicate' });
});

test('the same idempotency key gets the first answer; for another request it is refused', async () => {
  const api = app.client(resources);
  const send = (name: string) => api.create({ org: 'test', body: person(name) }, { idempotencyKey: 'once-1' });
  const all = await Promise.all([send('Once'), send('Once'), send('Once')]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  await expect(send('Twice')).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
});
