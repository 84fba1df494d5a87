import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { history } from '#features/history/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { imports, type ImportTask } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
});
afterAll(() => app.stop());

const people = 'Name;E-Mail;Instrument;Tagessatz;Tags\nAda Lo;ada@x.org;"Violin:5; Viola";450,50;union\nBob;;;;\n';

async function finished(
  id: string,
  org = 'test',
  of: TestOrganisation = app.org,
  seen: ImportTask[] = [],
): Promise<ImportTask> {
  for (let attempt = 0; attempt < 1_500; attempt++) {
    const task = await app.client(imports, 'manager', of).task({ org, params: { id } });
    seen.push(task);
    if (task.status !== 'running') return task;
    await sleep(25);
  }
  throw new Error('The import did not end.');
}

test('a CSV: looked at, imported in the background, and again without any change', async () => {
  const api = app.client(imports, 'manager');
  const body = { kind: 'person' as const, content: people };
  const preview = await api.previewCsv({ org: 'test', body });
  expect(preview).toMatchObject({
    rows: 2,
    creates: 2,
    updates: 0,
    unchanged: 0,
    problems: [],
    mapping: { Name: 'name', 'E-Mail': 'email', Instrument: 'skills', Tagessatz: 'rate', Tags: 'tags' },
  });
  expect(preview.sample[1]).toEqual({ Name: 'Bob', 'E-Mail': '', Instrument: '', Tagessatz: '', Tags: '' });
  const list = () => app.client(resources).list({ org: 'test', query: { kind: 'person' } });
  expect((await list()).total).toBe(0);
  const started = await api.importCsv({ org: 'test', body });
  expect(started).toMatchObject({ kind: 'csv', status: 'running', total: 2 });
  expect(await finished(started.id)).toMatchObject({
    status: 'done',
    done: 2,
    report: { created: 2, updated: 0, unchanged: 0 },
  });
  const made = await list();
  expect(made.items[0]).toMatchObject({
    name: 'Ada Lo',
    email: 'ada@x.org',
    zone: 'Europe/Berlin',
    rateMinor: 45_050,
    rateCurrency: 'EUR',
    rateUnit: 'day',
    tags: ['union'],
    skills: [
      { skill: 'Viola', level: 3 },
      { skill: 'Violin', level: 5 },
    ],
  });
  const changes = async () => (await app.client(history).list({ org: 'test', query: {} })).total;
  const before = await changes();
  expect((await finished((await api.importCsv({ org: 'test', body })).id)).report).toEqual({
    created: 0,
    updated: 0,
    unchanged: 2,
  });
  expect(await list()).toEqual(made);
  expect(await changes()).toBe(before);
  const mended = { ...body, content: people.replace('450,50', '500') };
  expect((await finished((await api.importCsv({ org: 'test', body: mended })).id)).report).toEqual({
    created: 0,
    updated: 1,
    unchanged: 1,
  });
  expect((await list()).items[0]).toMatchObject({ rateMinor: 50_000, version: 2 });
});

test('one wrong row: nothing is imported, and the answer says which', async () => {
  const api = app.client(imports);
  const content = 'Name,Email\nGood,good@x.org\nBad,not-an-address\n';
  const refused = api.importCsv({ org: 'test', body: { kind: 'person', content } });
  await expect(refused).rejects.toMatchObject({
    status: 422,
    code: 'rows_invalid',
    problem: { problems: [{ row: 3, column: 'Email' }] },
  });
  expect((await app.client(resources).list({ org: 'test', query: { q: 'Good' } })).total).toBe(0);
  const mapping = { Name: 'name' as const, Email: null };
  expect(await api.previewCsv({ org: 'test', body: { kind: 'person', content, mapping } })).toMatchObject({
    creates: 2,
    problems: [],
  });
  const wrong = api.previewCsv({ org: 'test', body: { kind: 'person', content, mapping: { Phone: 'phone' } } });
  await expect(wrong).rejects.toMatchObject({ status: 400, fields: [{ field: 'mapping' }] });
});

test('unreadable files, and who may not import', async () => {
  const api = app.client(imports);
  await expect(api.previewCsv({ org: 'test', body: { kind: 'place', content: 'Name\n"Hall' } })).rejects.toMatchObject({
    status: 422,
    code: 'file_unreadable',
  });
  await expect(api.importSeason({ org: 'test', body: { content: '{}' } })).rejects.toMatchObject({
    status: 422,
    code: 'file_unreadable',
  });
  await expect(api.importSeason({ org: 'test', body: { content: '{"a":"\u0000"}' } })).rejects.toMatchObject({
    status: 422,
  });
  await expect(api.importSeason({ org: 'test', body: { lengthMinutes: 5 } })).rejects.toMatchObject({ status: 400 });
  await expect(app.client(imports, 'staff').importSeason({ org: 'test', body: {} })).rejects.toMatchObject({
    status: 403,
  });
  await expect(api.task({ org: 'test', params: { id: '00000000-0000-7000-8000-000000000000' } })).rejects.toMatchObject(
    { status: 404 },
  );
});

test('places with their parents, and things', async () => {
  const org = await app.addOrganisation('places');
  const api = app.client(imports, 'owner', org);
  const content = 'Raum,Teil von,Kapazität\nStage,Hall,\nHall,,\n';
  const { id } = await api.importCsv({ org: 'places', body: { kind: 'place', content } });
  expect((await finished(id, 'places', org)).status).toBe('done');
  const { items } = await app.client(resources, 'owner', org).list({ org: 'places', query: { kind: 'place' } });
  expect(items.map(({ name }) => name)).toEqual(['Hall', 'Stage']);
  expect(items[1]?.parentId).toBe(items[0]?.id);
  const again = await api.previewCsv({ org: 'places', body: { kind: 'place', content } });
  expect(again).toMatchObject({ creates: 0, updates: 0, unchanged: 2, problems: [] });
  const vans = await api.importCsv({ org: 'places', body: { kind: 'thing', content: 'Name,Quantity\nVan,6\n' } });
  await finished(vans.id, 'places', org);
  expect(
    (await app.client(resources, 'owner', org).list({ org: 'places', query: { kind: 'thing' } })).items,
  ).toMatchObject([{ name: 'Van', capacity: 6 }]);
});

test('the season goes in as a job whose progress is seen; another organisation can’t see the task', async () => {
  const org = await app.addOrganisation('season');
  const api = app.client(imports, 'owner', org);
  const { id, total } = await api.importSeason({ org: 'season', body: {} });
  expect(total).toBe(252);
  const seen: ImportTask[] = [];
  const done = await finished(id, 'season', org, seen);
  expect(done).toMatchObject({
    status: 'done',
    done: 252,
    report: { programmes: 144, concerts: 252, venues: 28, people: 258 },
  });
  await expect(app.client(imports).task({ org: 'test', params: { id } })).rejects.toMatchObject({ status: 404 });
  const again = await finished((await api.importSeason({ org: 'season', body: {} })).id, 'season', org);
  expect(again.report).toEqual({ ...done.report, created: 0 });
});

test('many rows go in at once, in seconds', async () => {
  const org = await app.addOrganisation('many');
  const api = app.client(imports, 'owner', org);
  const lines = Array.from({ length: 20_000 }, (_, n) => `Player ${n},p${n}@x.org,Violin:4`);
  const body = { kind: 'person' as const, content: `Name,Email,Skills\n${lines.join('\n')}` };
  const { id } = await api.importCsv({ org: 'many', body });
  expect((await finished(id, 'many', org)).report).toEqual({ created: 20_000, updated: 0, unchanged: 0 });
  expect(await api.previewCsv({ org: 'many', body })).toMatchObject({ unchanged: 20_000 });
});

test('a CSV of contacts: roles, companies that nobody knew, and what was exported comes in again unchanged', async () => {
  const api = app.client(imports, 'manager');
  const contacts = app.client(parties);
  const content = [
    'Name,E-Mail,Firma,Rolle,Website,Kategorie',
    'Ann Agent,ann@agency.example,Agency Ltd,"agent; manager",agency.example,',
    'Bo Booker,bo@agency.example,Agency Ltd,agent,,',
    'Hall AG,,,venue,https://hall.example,',
  ].join('\n');
  const body = { kind: 'party' as const, content };
  const preview = await api.previewCsv({ org: 'test', body });
  expect(preview).toMatchObject({
    creates: 3,
    problems: [],
    mapping: { Name: 'name', 'E-Mail': 'email', Firma: 'company', Rolle: 'roles', Website: 'website', Kategorie: null },
  });
  const report = (result: ImportTask) => [result.status, result.report];
  const first = await api.importCsv({ org: 'test', body });
  expect(report(await finished(first.id))).toEqual(['done', { created: 3, updated: 0, unchanged: 0 }]);
  const { items } = await contacts.list({ org: 'test', query: {} });
  expect(items.map(({ name, kind, roles }) => [name, kind, roles])).toEqual([
    ['Agency Ltd', 'company', []],
    ['Ann Agent', 'person', ['agent', 'manager']],
    ['Bo Booker', 'person', ['agent']],
    ['Hall AG', 'person', ['venue']],
  ]);
  const agency = items[0]?.id ?? '';
  const people = await contacts.listBelongings({ org: 'test', params: { id: agency } });
  expect(people.items.map(({ name }) => name)).toEqual(['Ann Agent', 'Bo Booker']);
  for (const again of [content, await contacts.export({ org: 'test' })])
    expect(await api.previewCsv({ org: 'test', body: { kind: 'party', content: again } })).toMatchObject({
      creates: 0,
      updates: 0,
      problems: [],
    });
});

test('contacts: one wrong cell refuses the file, and columns of people aren’t theirs', async () => {
  const api = app.client(imports, 'manager');
  const look = (content: string, mapping?: ImportMapping) =>
    api.previewCsv({ org: 'test', body: { kind: 'party', content, ...(mapping ? { mapping } : {}) } });
  const wrong = await look('Name,Website,Kind\nBad,javascript:alert(1),alien\n');
  expect(wrong.problems.map(({ column }) => column)).toEqual(['Kind', 'Website']);
  const circular = await look('Name,Kind,Company\nA Corp,company,B Corp\n');
  expect(circular.problems).toMatchObject([{ row: 2 }]);
  await expect(look('Name,Rate\nX,5\n', { Name: 'name', Rate: 'rate' })).rejects.toMatchObject({ status: 400 });
});

type ImportMapping = Record<string, 'name' | 'rate' | null>;
