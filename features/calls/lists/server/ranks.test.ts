import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson as addAccount, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { history } from '#features/history/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import type { Contract, Role } from '#platform/contract/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { lists } from '../contract.ts';
import type { Grade, ListKind } from '../list-rules.ts';

/** Who sees ranks: whoever may, except those of lists on which they stand. Ada Z is first, and last by name. */
const org = 'test';
const chairs = { skill: 'vn1', kind: 'section' } as const;

let app: TestApp;
let ids: Record<'ada' | 'bo' | 'cy' | 'di', string>;
let a: string;
let b: string;
let oboes: string;

beforeAll(async () => {
  app = await startTestApp();
  const add = async (name: string) => (await app.client(resources).create({ org, body: { kind: 'person', name } })).id;
  ids = { ada: await add('Zada'), bo: await add('Bo'), cy: await add('Cy'), di: await add('Di') };
  a = await approved({ ...chairs, grade: 'A' }, [ids.ada, ids.di]);
  b = await approved({ ...chairs, grade: 'B' }, [ids.cy, ids.bo]);
  oboes = await approved({ skill: 'ob', grade: 'A' }, [ids.di, ids.cy]);
});
afterAll(() => app.stop());

async function approved(
  body: { skill: string; kind?: ListKind; grade: Grade },
  people: readonly string[],
): Promise<string> {
  const api = app.client(lists);
  const { id } = await api.create({ org, body: { ...body, validFrom: '2026-01-01', notes: 'The committee’s' } });
  const added = people.map((resourceId) => ({ resourceId, note: 'Between us' }));
  const { version } = await api.addPeople({ org, params: { id }, body: { people: added } });
  await api.approve({ org, params: { id }, body: { version } });
  return id;
}

const as = <C extends Contract>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie, origin: app.baseUrl } });

/** Somebody of a role, who is also one of the organisation's people. */
async function member(role: Role, resourceId: string): Promise<Person> {
  const account = await addAccount(app, { role, name: `${role} on a list` });
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [
      app.org.id,
      resourceId,
      account.userId,
    ]),
  );
  return account;
}

test.each(['owner', 'manager'] as const)('%s: the order and the grade', async (role) => {
  const api = app.client(lists, role);
  const { groups } = await api.list({ org });
  expect(groups.map(({ skill, own, lists: its }) => [skill, own, its.map(({ grade }) => grade).join('')])).toEqual([
    ['ob', false, 'A'],
    ['vn1', false, 'AB'],
  ]);
  expect((await api.get({ org, params: { id: b } })).entries.map(({ name }) => name)).toEqual(['Cy', 'Bo']);
  const { groups: standings } = await api.ofPerson({ org, params: { id: ids.cy } });
  expect(
    standings.map(({ skill, standings: its }) => [skill, its.map(({ grade, place }) => `${grade}${place}`)]),
  ).toEqual([
    ['ob', ['A2']],
    ['vn1', ['B1']],
  ]);
});

test('staff: who stands on lists, by name, and nothing that tells of a rank', async () => {
  const api = app.client(lists, 'staff');
  const { groups } = await api.list({ org });
  expect(groups).toEqual([
    { skill: 'ob', kind: 'section', people: 2, own: false, lists: [] },
    { skill: 'vn1', kind: 'section', people: 4, own: false, lists: [] },
  ]);
  const { items } = await api.people({ org, query: chairs });
  expect(items).toEqual([
    { resourceId: ids.bo, name: 'Bo' },
    { resourceId: ids.cy, name: 'Cy' },
    { resourceId: ids.di, name: 'Di' },
    { resourceId: ids.ada, name: 'Zada' },
  ]);
  expect((await api.ofPerson({ org, params: { id: ids.cy } })).groups).toEqual([
    { skill: 'ob', kind: 'section', own: false, standings: [] },
    { ...chairs, own: false, standings: [] },
  ]);
  for (const id of [a, b, crypto.randomUUID()])
    await expect(api.get({ org, params: { id } })).rejects.toMatchObject({ status: 403, code: 'forbidden' });
});

test.each(['crew', 'promoter', 'property_manager', 'client'] as const)('%s: no list at all', async (role) => {
  const api = app.client(lists, role);
  await expect(api.list({ org })).rejects.toMatchObject({ status: 403 });
  await expect(api.people({ org, query: chairs })).rejects.toMatchObject({ status: 403 });
  await expect(api.ofPerson({ org, params: { id: ids.cy } })).rejects.toMatchObject({ status: 403 });
});

test('drafts and lists that are over are told to nobody without ranks', async () => {
  const eve = (await app.client(resources).create({ org, body: { kind: 'person', name: 'Eve' } })).id;
  const api = app.client(lists);
  const { id } = await api.create({ org, body: { ...chairs, grade: 'C', validFrom: '2026-01-01' } });
  const { version } = await api.addPeople({ org, params: { id }, body: { people: [{ resourceId: eve }] } });
  const seen = async () => ({
    people: (await app.client(lists, 'staff').people({ org, query: chairs })).items.map(({ name }) => name),
    of: (await app.client(lists, 'staff').ofPerson({ org, params: { id: eve } })).groups.length,
  });
  expect(await seen()).toEqual({ people: ['Bo', 'Cy', 'Di', 'Zada'], of: 0 });
  const list = await api.approve({ org, params: { id }, body: { version } });
  expect(await seen()).toEqual({ people: ['Bo', 'Cy', 'Di', 'Eve', 'Zada'], of: 1 });
  await api.end({ org, params: { id }, body: { version: list.version, validTo: '2026-01-31' } });
  expect(await seen()).toEqual({ people: ['Bo', 'Cy', 'Di', 'Zada'], of: 0 });
});

test('whoever writes but sees no ranks is refused, by the permission that lacks', async () => {
  const id = uuidv7();
  await app.databases.control
    .insertInto('custom_roles')
    .values({
      id,
      organisation_id: app.org.id,
      name: 'Writer',
      permissions: ['lists.read', 'lists.write', 'lists.approve', 'history.read'],
    })
    .execute();
  const writer = await addAccount(app, { role: 'custom', customRoleId: id, name: 'Writer' });
  const api = as(writer, lists);
  const refused = { status: 403, code: 'forbidden', problem: { permission: 'lists.ranks' } };
  await expect(api.create({ org, body: { ...chairs, grade: 'C', validFrom: '2027-01-01' } })).rejects.toMatchObject(
    refused,
  );
  await expect(api.order({ org, params: { id: a }, body: { version: 1, resourceIds: [] } })).rejects.toMatchObject(
    refused,
  );
  await expect(api.end({ org, params: { id: a }, body: { version: 3, validTo: null } })).rejects.toMatchObject(refused);
  await noRanksInHistory(writer);
});

/** Neither who was put where, nor who stands beside whom. */
async function noRanksInHistory(person: Person): Promise<void> {
  const api = as(person, history);
  for (const entity of ['ranked_lists', 'ranked_entries']) {
    const { items } = await api.list({ org, query: { entity, limit: 500 } });
    expect(items.length).toBeGreaterThan(0);
    for (const { before, after, label } of items) {
      for (const field of ['place', 'grade', 'listId', 'resourceId', 'note', 'notes'])
        expect({ ...before, ...after }).not.toHaveProperty(field);
      expect(label).toBe(null);
    }
    const csv = await api.export({ org, body: { entity } });
    for (const word of ['Zada', ids.ada, 'Between us', 'committee']) expect(csv).not.toContain(word);
    if (entity === 'ranked_entries') expect(csv).not.toContain(a);
  }
}

test.each(['manager', 'owner'] as const)(
  '%s on a list: never their own rank, nor any from which it follows',
  async (role) => {
    const person = await member(role, ids.ada);
    const api = as(person, lists);
    const own = { status: 403, code: 'own_list' };
    const { groups } = await api.list({ org });
    expect(groups).toMatchObject([
      { skill: 'ob', own: false, lists: [{ id: oboes, grade: 'A' }] },
      { skill: 'vn1', own: true, people: 4, lists: [] },
    ]);
    // The lists beside theirs too: who isn't on B, and isn't shown on A, is on A.
    for (const id of [a, b]) await expect(api.get({ org, params: { id } })).rejects.toMatchObject(own);
    expect((await api.get({ org, params: { id: oboes } })).entries).toHaveLength(2);
    for (const id of [ids.ada, ids.cy])
      expect((await api.ofPerson({ org, params: { id } })).groups.at(-1)).toEqual({
        ...chairs,
        own: true,
        standings: [],
      });
    await noRanksInHistory(person);

    const body = { ...chairs, grade: 'C' as const, validFrom: '2027-01-01' };
    await expect(api.create({ org, body })).rejects.toMatchObject(own);
    await expect(api.create({ org, body: { ...body, skill: 'fl', copyOf: a } })).rejects.toMatchObject(own);
    const flutes = await api.create({ org, body: { ...body, skill: 'fl' } });
    await expect(
      api.addPeople({
        org,
        params: { id: flutes.id },
        body: { people: [{ resourceId: ids.bo }, { resourceId: ids.ada }] },
      }),
    ).rejects.toMatchObject(own);
    await api.remove({ org, params: { id: flutes.id } });
    const writes = [
      api.change({ org, params: { id: a }, body: { version: 1, notes: 'Mine' } }),
      api.remove({ org, params: { id: a } }),
      api.readNames({ org, params: { id: a }, body: { content: 'Bo' } }),
      api.addPeople({ org, params: { id: a }, body: { people: [{ resourceId: ids.bo }] } }),
      api.changeNote({ org, params: { id: a, resourceId: ids.ada }, body: { version: 3, note: '' } }),
      api.removePerson({ org, params: { id: a, resourceId: ids.di } }),
      api.order({ org, params: { id: a }, body: { version: 3, resourceIds: [ids.di, ids.ada] } }),
      api.approve({ org, params: { id: a }, body: { version: 3 } }),
      api.end({ org, params: { id: a }, body: { version: 3, validTo: '2027-01-01' } }),
      api.takeBack({ org, params: { id: a }, body: { version: 3 } }),
    ];
    await Promise.all(writes.map((write) => expect(write).rejects.toMatchObject(own)));
  },
);

test('a draft or an old list counts as well: the rank on it is theirs all the same', async () => {
  const person = await member('manager', ids.bo);
  const api = as(person, lists);
  await expect(api.get({ org, params: { id: a } })).rejects.toMatchObject({ code: 'own_list' });
  const { id } = await app.client(lists).create({ org, body: { skill: 'ob', grade: 'C', validFrom: '2027-01-01' } });
  expect((await api.get({ org, params: { id: oboes } })).grade).toBe('A');
  await app.client(lists).addPeople({ org, params: { id }, body: { people: [{ resourceId: ids.bo }] } });
  await expect(api.get({ org, params: { id: oboes } })).rejects.toMatchObject({ code: 'own_list' });
});

test('people behind an account have no list on their own page either', async () => {
  const crew = await member('crew', ids.cy);
  await expect(as(crew, lists).ofPerson({ org, params: { id: ids.cy } })).rejects.toMatchObject({ status: 403 });
  const staff = await member('staff', ids.di);
  expect((await as(staff, lists).ofPerson({ org, params: { id: ids.di } })).groups).toEqual([
    { skill: 'ob', kind: 'section', own: true, standings: [] },
    { ...chairs, own: true, standings: [] },
  ]);
});
