import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { addDays, today } from '#platform/time/wall-clock.ts';
import { lists } from '../contract.ts';
import { candidatesOf } from './candidates.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const now = today('Europe/Berlin');

/** An organisation of its own, with short ways to what most tests need. */
async function stage(slug: string) {
  const org = await app.addOrganisation(slug);
  const api = app.client(lists, 'manager', org);
  const people = app.client(resources, 'manager', org);
  const addPerson = async (name: string, more: object = {}) =>
    (await people.create({ org: slug, body: { kind: 'person', name, ...more } })).id;
  const draft = (body: Partial<Parameters<typeof api.create>[0]['body']> = {}) =>
    api.create({ org: slug, body: { skill: 'vn1', grade: 'A', validFrom: '2026-09-01', ...body } });
  const at = (id: string) => ({ org: slug, params: { id } });
  const add = (id: string, ids: readonly string[], place?: number) =>
    api.addPeople({
      ...at(id),
      body: { people: ids.map((resourceId) => ({ resourceId })), ...(place && { at: place }) },
    });
  return {
    org,
    api,
    at,
    addPerson,
    draft,
    add,
    archive: (id: string) => people.archive({ org: slug, params: { id }, body: {} }),
    approve: async (id: string, endOthers = false) => {
      const { version } = await api.get(at(id));
      return api.approve({ ...at(id), body: { version, endOthers } });
    },
    /** A list of these people, approved. */
    approved: async (body: Parameters<typeof draft>[0], ids: readonly string[]) => {
      const { id } = await draft(body);
      const { version } = await add(id, ids);
      return api.approve({ ...at(id), body: { version } });
    },
    candidates: (skill: string, on: string, kind: 'section' | 'principal' = 'section') =>
      withTenant(app.databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), (tx) =>
        candidatesOf(tx, { skill, kind, on }),
      ).then((all) => all.map(({ name, grade, place }) => `${name} ${grade}${place}`)),
  };
}

const order = ({ entries }: { entries: readonly { name: string; place: number }[] }) =>
  entries.map(({ name, place }) => `${place} ${name}`);

test('a draft is drawn up: people added, put in between, moved, noted, taken off, never with a gap', async () => {
  const { api, at, addPerson, draft, add } = await stage('draw');
  const [ada, bo, cy, di] = [
    await addPerson('Ada', { skills: [{ skill: 'violin', level: 5 }] }),
    await addPerson('Bo', { skills: [{ skill: 'Geige', level: 3 }] }),
    await addPerson('Cy'),
    await addPerson('Di'),
  ];
  const { id } = await draft({ skill: 'First violin' });
  await add(id, [ada, bo]);
  expect(order(await add(id, [cy, ada, cy], 2))).toEqual(['1 Ada', '2 Cy', '3 Bo']);
  const four = await add(id, [di], 99);
  expect(four).toMatchObject({ skill: 'vn1', kind: 'section', people: 4, approvedAt: null });
  expect(four.entries.map(({ skilled }) => skilled)).toEqual([true, false, true, false]);
  const ordered = await api.order({ ...at(id), body: { version: four.version, resourceIds: [di, cy, bo, ada] } });
  expect(order(ordered)).toEqual(['1 Di', '2 Cy', '3 Bo', '4 Ada']);
  const noted = await api.changeNote({
    ...at(id),
    params: { id, resourceId: bo },
    body: { version: ordered.version, note: 'Second half only' },
  });
  expect(noted.entries[2]).toMatchObject({ name: 'Bo', note: 'Second half only' });
  expect(order(await api.removePerson({ ...at(id), params: { id, resourceId: cy } }))).toEqual([
    '1 Di',
    '2 Bo',
    '3 Ada',
  ]);
  await expect(api.removePerson({ ...at(id), params: { id, resourceId: cy } })).rejects.toMatchObject({ status: 404 });
  expect(await api.change({ ...at(id), body: { version: 1, grade: 'B', notes: 'Spring' } })).toMatchObject({
    grade: 'B',
    notes: 'Spring',
  });
  await api.remove(at(id));
  await expect(api.get(at(id))).rejects.toMatchObject({ status: 404 });
});

test('two editors: the slower one is told, and nothing of theirs is saved', async () => {
  const { api, at, addPerson, draft, add } = await stage('editors');
  const [ada, bo] = [await addPerson('Ada'), await addPerson('Bo')];
  const { id } = await draft();
  const { version } = await add(id, [ada, bo]);
  const reorder = (seen: number, resourceIds: string[]) =>
    api.order({ ...at(id), body: { version: seen, resourceIds } });
  await reorder(version, [bo, ada]);
  await expect(reorder(version, [ada, bo])).rejects.toMatchObject({
    status: 409,
    code: 'version_conflict',
    problem: { version: version + 1 },
  });
  for (const wrong of [[bo], [bo, bo], [bo, ada, crypto.randomUUID()]])
    await expect(reorder(version + 1, wrong)).rejects.toMatchObject({ fields: [{ field: 'resourceIds' }] });
  await expect(reorder(version + 9, [ada, bo])).rejects.toMatchObject({ fields: [{ field: 'version' }] });
  await expect(api.approve({ ...at(id), body: { version } })).rejects.toMatchObject({ code: 'version_conflict' });
  expect(order(await api.get(at(id)))).toEqual(['1 Bo', '2 Ada']);
  const both = await Promise.allSettled([reorder(version + 1, [ada, bo]), reorder(version + 1, [ada, bo])]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('approved, a list stays as it was; a new one drawn up from it takes its place', async () => {
  const { api, at, addPerson, draft, add, approve, approved, archive, candidates } = await stage('approve');
  const [ada, bo, cy] = [await addPerson('Ada'), await addPerson('Bo'), await addPerson('Cy')];
  const empty = await draft();
  await expect(approve(empty.id)).rejects.toMatchObject({ fields: [{ field: 'people' }] });
  const first = await approved({}, [ada, bo]);
  expect(first).toMatchObject({ approvedAt: expect.any(String), approvedBy: 'API key “manager”' });
  const refused = { status: 409, code: 'list_approved', message: expect.stringContaining('Draw up a new one') };
  await expect(add(first.id, [cy])).rejects.toMatchObject(refused);
  await expect(
    api.order({ ...at(first.id), body: { version: first.version, resourceIds: [bo, ada] } }),
  ).rejects.toMatchObject(refused);
  await expect(api.change({ ...at(first.id), body: { version: first.version, grade: 'C' } })).rejects.toMatchObject(
    refused,
  );
  await expect(api.removePerson({ ...at(first.id), params: { id: first.id, resourceId: ada } })).rejects.toMatchObject(
    refused,
  );
  await expect(api.remove(at(first.id))).rejects.toMatchObject(refused);
  await expect(approve(first.id)).rejects.toMatchObject(refused);

  await archive(bo);
  const second = await draft({ validFrom: '2027-01-01', copyOf: first.id });
  expect(order(second)).toEqual(['1 Ada']);
  await add(second.id, [cy], 1);
  await expect(approve(second.id)).rejects.toMatchObject({
    status: 409,
    code: 'lists_overlap',
    message:
      'The approved A list from 1 September 2026 on is valid in that time. End it on 2026-12-31, the day before this one begins.',
    problem: { overlaps: [{ id: first.id }], endable: true },
  });
  await approve(second.id, true);
  expect(await api.get(at(first.id))).toMatchObject({ validTo: '2026-12-31' });
  expect(await candidates('vn1', '2026-12-31')).toEqual(['Ada A1']);
  expect(await candidates('vn1', '2027-01-01')).toEqual(['Cy A1', 'Ada A2']);
  expect(await candidates('vn1', '2026-08-31')).toEqual([]);
});

test('a later list stands in the way until this one ends before it; one from the same day makes room', async () => {
  const { api, at, addPerson, draft, add, approve, approved } = await stage('later');
  const ada = await addPerson('Ada');
  const later = await approved({ validFrom: '2027-09-01' }, [ada]);
  const { id } = await draft({ validFrom: '2026-09-01' });
  await add(id, [ada]);
  await expect(approve(id, true)).rejects.toMatchObject({
    code: 'lists_overlap',
    message: expect.stringContaining('Give this one a last day before 2027-09-01'),
    fields: [{ field: 'validTo' }],
  });
  const { version } = await api.get(at(id));
  await expect(api.change({ ...at(id), body: { version, validTo: '2026-08-31' } })).rejects.toMatchObject({
    fields: [{ field: 'validTo' }],
  });
  await api.change({ ...at(id), body: { version, validTo: '2027-08-31' } });
  const season = await approve(id);
  const end = (validTo: string | null, seen = season.version) =>
    api.end({ ...at(id), body: { version: seen, validTo } });
  await expect(end(null)).rejects.toMatchObject({ code: 'lists_overlap' });
  await expect(end('2026-08-01')).rejects.toMatchObject({ fields: [{ field: 'validTo' }] });
  expect(await end('2027-06-30')).toMatchObject({ validTo: '2027-06-30' });
  await expect(end('2027-07-31')).rejects.toMatchObject({ code: 'version_conflict' });

  const instead = await draft({ validFrom: '2027-09-01', copyOf: later.id });
  await approve(instead.id, true);
  expect((await api.get(at(later.id))).approvedAt).toBe(null);
  await expect(api.end({ ...at(later.id), body: { version: later.version + 1, validTo: null } })).rejects.toMatchObject(
    { fields: [{ field: 'validTo' }] },
  );
});

test('an approval is taken back while nobody can have been asked for days', async () => {
  const { api, at, addPerson, approved } = await stage('back');
  const ada = await addPerson('Ada');
  const back = async (list: { id: string; version: number }) =>
    api.takeBack({ ...at(list.id), body: { version: list.version } });
  const fresh = await approved({ validFrom: now }, [ada]);
  expect(await back(fresh)).toMatchObject({ approvedAt: null, approvedBy: null });
  await expect(back({ ...fresh, version: fresh.version + 1 })).rejects.toMatchObject({ status: 400 });
  const old = await approved({ validFrom: addDays(now, -1), grade: 'B' }, [ada]);
  await expect(back(old)).rejects.toMatchObject({ status: 409, code: 'in_use' });
});

test('twenty approvals at once for one time: one is approved', async () => {
  const { api, at, addPerson, draft, add } = await stage('race');
  const ada = await addPerson('Ada');
  const drafts = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { id } = await draft();
      return add(id, [ada]);
    }),
  );
  const tried = await Promise.allSettled(
    drafts.map(({ id, version }) => api.approve({ ...at(id), body: { version } })),
  );
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of tried)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 409, code: 'lists_overlap' });
});

test('candidates: A before B before C, nobody twice, nobody archived, each skill and kind for itself', async () => {
  const { api, at, addPerson, approved, archive, candidates } = await stage('candidates');
  const [ada, bo, cy, di] = [
    await addPerson('Ada'),
    await addPerson('Bo'),
    await addPerson('Cy'),
    await addPerson('Di'),
  ];
  await approved({ grade: 'B' }, [ada, bo, cy]);
  await approved({ grade: 'A' }, [cy, di]);
  const c = await approved({ grade: 'C', validTo: '2026-12-31' }, [bo]);
  await approved({ kind: 'principal' }, [bo]);
  await approved({ skill: 'Stagehand' }, [di]);
  await archive(di);
  expect(await candidates('vn1', '2026-10-01')).toEqual(['Cy A1', 'Ada B1', 'Bo B2']);
  expect(await candidates('VN1', '2026-10-01', 'principal')).toEqual(['Bo A1']);
  expect(await candidates('stagehand', '2026-10-01')).toEqual([]);
  expect((await api.get(at(c.id))).entries[0]?.alsoOn).toEqual(['B']);
  const { groups } = await api.list({ org: 'candidates' });
  expect(groups.map(({ skill, kind, people, lists: its }) => `${skill} ${kind} ${people} ${its.length}`)).toEqual([
    'vn1 principal 1 1',
    'vn1 section 4 3',
    'Stagehand section 1 1',
  ]);
});

test('names are read with problems by line, and put on the list as they stand', async () => {
  const { api, at, addPerson, draft, add } = await stage('names');
  const ada = await addPerson('Ada Lo', { email: 'ada@example.com' });
  const bo = await addPerson('Bo Ek');
  const { id } = await draft();
  await add(id, [bo]);
  const read = await api.readNames({ ...at(id), body: { content: '1. ADA@example.com\n2. Bo Ek\n3. Nobody' } });
  expect(read).toMatchObject({
    people: [
      { line: 1, resourceId: ada, there: false },
      { line: 2, resourceId: bo, there: true },
    ],
    problems: [{ line: 3, message: expect.stringContaining('Nobody is called “Nobody”') }],
  });
  await expect(api.readNames({ ...at(id), body: { content: 'name,e-mail\n"open' } })).rejects.toMatchObject({
    code: 'file_unreadable',
  });
});

test('only people in use, of this organisation; unknown and foreign lists look alike', async () => {
  const { org, api, at, addPerson, draft, add, archive } = await stage('strict');
  const { id } = await draft();
  const place = await app
    .client(resources, 'manager', org)
    .create({ org: 'strict', body: { kind: 'place', name: 'Hall' } });
  const foreign = (await app.client(resources).create({ org: 'test', body: { kind: 'person', name: 'Elsewhere' } })).id;
  const gone = await addPerson('Gone');
  await archive(gone);
  for (const someone of [place.id, foreign, gone, crypto.randomUUID()])
    await expect(add(id, [someone])).rejects.toMatchObject({ status: 400, fields: [{ field: 'people' }] });
  const elsewhere = await app
    .client(lists)
    .create({ org: 'test', body: { skill: 'fl', grade: 'A', validFrom: '2026-09-01' } });
  for (const unknown of [elsewhere.id, crypto.randomUUID()]) {
    await expect(api.get(at(unknown))).rejects.toMatchObject({ status: 404 });
    await expect(add(unknown, [await addPerson('Ada')])).rejects.toMatchObject({ status: 404 });
    await expect(draft({ copyOf: unknown })).rejects.toMatchObject({ fields: [{ field: 'copyOf' }] });
    await expect(api.ofPerson(at(unknown))).rejects.toMatchObject({ status: 404 });
  }
  await expect(draft({ validTo: '2026-08-31' })).rejects.toMatchObject({ fields: [{ field: 'validTo' }] });
});
