import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { messaging } from '#features/messaging/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { createClient } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { guests } from '../contract.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
});
afterAll(() => app.stop());

const api = () => app.client(guests, 'manager');
const as = <C extends Contract>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });

/** A show with one allotment of so many places. */
async function stage(places: number) {
  const show = await app.client(engagements).create({
    org,
    body: { title: 'Gala', startsAt: '2029-05-01T18:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' },
  });
  const params = { id: show.id };
  const allotment = await api().addAllotment({ org, params, body: { name: 'Artist', places } });
  const add = (lastName: string, more: object = {}) =>
    api().add({ org, params, body: { allotmentId: allotment.id, lastName, ...more } });
  return { show, params, allotment, add, get: () => api().get({ org, params }) };
}

test('asked for, approved, declined; never more than the allotment has', async () => {
  const { params, allotment, add, get } = await stage(3);
  const anna = await add('Berg', { firstName: 'Anna', plus: 1 });
  const bo = await add('Li', { plus: 1 });
  expect(anna).toMatchObject({ state: 'requested', allotmentName: 'Artist', requestedByName: 'API key “manager”' });
  expect(await api().decide({ org, body: { ids: [anna.id], state: 'approved' } })).toEqual({ changed: 1 });
  const both = { ids: [anna.id, bo.id], state: 'approved' as const };
  await expect(api().decide({ org, body: both })).rejects.toMatchObject({
    status: 409,
    code: 'allotment_full',
    message: expect.stringContaining('Artist has 3 places and 1 is left; this takes 2'),
  });
  expect((await get()).allotments).toMatchObject([{ approved: 2, requested: 2 }]);
  await expect(add('Po', { plus: 4, approve: true })).rejects.toMatchObject({ code: 'allotment_full' });
  const lower = (places: number) =>
    api().changeAllotment({ org, params: { id: allotment.id }, body: { version: 1, places } });
  await expect(lower(1)).rejects.toMatchObject({ code: 'allotment_full', fields: [{ field: 'places' }] });
  await expect(api().removeAllotment({ org, params: { id: allotment.id } })).rejects.toMatchObject({ code: 'in_use' });
  await expect(api().change({ org, params: { id: anna.id }, body: { version: 2, plus: 3 } })).rejects.toMatchObject({
    code: 'allotment_full',
  });
  expect(await api().change({ org, params: { id: anna.id }, body: { version: 2, plus: 2 } })).toMatchObject({
    plus: 2,
  });
  await api().decide({ org, body: { ids: [anna.id], state: 'declined' } });
  expect(await api().decide({ org, body: { ids: [bo.id], state: 'approved' } })).toEqual({ changed: 1 });
  expect(await lower(2)).toMatchObject({ places: 2, approved: 2 });
  await expect(api().decide({ org, body: { ids: [nobody], state: 'approved' } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(api().addAllotment({ org, params, body: { name: 'Artist', places: 1 } })).rejects.toMatchObject({
    code: 'duplicate',
  });
});

test('of many who approve and add at once, just as many get in as there are places', async () => {
  const { params, allotment, add, get } = await stage(10);
  const asked = await Promise.all(Array.from({ length: 12 }, (_, n) => add(`Asked ${n}`)));
  const tries = await Promise.allSettled([
    ...asked.map(({ id }) => api().decide({ org, body: { ids: [id], state: 'approved' } })),
    ...Array.from({ length: 12 }, (_, n) => add(`Added ${n}`, { approve: true })),
    ...Array.from({ length: 3 }, (_, n) =>
      api().import({
        org,
        params,
        body: { allotmentId: allotment.id, approve: true, guests: [{ lastName: `In ${n}` }, { lastName: `On ${n}` }] },
      }),
    ),
  ]);
  for (const each of tries)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'allotment_full' });
  const { allotments, guests: list } = await get();
  expect(allotments[0]?.approved).toBe(10);
  expect(list.filter(({ state }) => state === 'approved')).toHaveLength(10);
});

test('the database itself refuses one too many', async () => {
  const { show, allotment } = await stage(1);
  const insert = (id: string, plus: number) =>
    app.inTenant((tx) =>
      tx.query(
        `insert into guests (org_id, id, engagement_id, allotment_id, last_name, plus, state, requested_by)
         values ($1, $2, $3, $4, 'x', $5, 'approved', 'command')`,
        [app.org.id, id, show.id, allotment.id, plus],
      ),
    );
  await expect(insert('0199b8e0-0000-7000-8000-000000000001', 1)).rejects.toMatchObject({
    constraint: 'guests_within_allotment',
  });
  await insert('0199b8e0-0000-7000-8000-000000000002', 0);
});

test('after the cut-off only those who approve add', async () => {
  const { params, allotment, add } = await stage(5);
  const early = await add('Early');
  const set = (version: number, closesAt: string | null) =>
    api().setList({ org, params, body: { version, closesAt, pickup: 'Box office', tellGuests: false } });
  expect(await set(0, '2020-01-01T00:00:00.000Z')).toMatchObject({ version: 1, pickup: 'Box office' });
  await expect(set(0, null)).rejects.toMatchObject({ code: 'version_conflict' });
  const staff = app.client(guests, 'staff');
  const late = { allotmentId: allotment.id, lastName: 'Late' };
  await expect(staff.add({ org, params, body: late })).rejects.toMatchObject({ code: 'list_closed' });
  await expect(staff.change({ org, params: { id: early.id }, body: { version: 1, plus: 1 } })).rejects.toMatchObject({
    code: 'list_closed',
  });
  expect(await staff.change({ org, params: { id: early.id }, body: { version: 1, note: 'Tall' } })).toMatchObject({
    note: 'Tall',
  });
  await expect(staff.add({ org, params, body: { ...late, approve: true } })).rejects.toMatchObject({ status: 403 });
  expect(await add('Late', { approve: true })).toMatchObject({ state: 'approved' });
});

test('a promoter asks within the allotment given to them, and sees nothing else', async () => {
  const { show, params, allotment, add } = await stage(5);
  await add('Secret');
  const pat = await addPerson(app, { role: 'promoter', name: 'Pat Promoter' });
  const party = await app.client(parties).create({ org, body: { name: 'Pat', kind: 'person' } });
  await app.inTenant((tx) =>
    tx.query('update parties set user_id = $3 where org_id = $1 and id = $2', [app.org.id, party.id, pat.userId]),
  );
  const given = await api().addAllotment({ org, params, body: { name: 'Promoter', places: 2, partyId: party.id } });
  const own = as(pat, guests);
  const ask = (allotmentId: string, lastName: string) => own.add({ org, params, body: { allotmentId, lastName } });
  const mine = await ask(given.id, 'Friend');
  expect(mine).toMatchObject({ state: 'requested', requestedByName: 'Pat Promoter' });
  await expect(ask(allotment.id, 'Sneak')).rejects.toMatchObject({ status: 404 });
  await expect(
    own.change({ org, params: { id: mine.id }, body: { version: 1, allotmentId: allotment.id } }),
  ).rejects.toMatchObject({ status: 404 });
  const seen = await own.get({ org, params });
  expect([seen.allotments.map(({ name }) => name), seen.guests.map(({ lastName }) => lastName)]).toEqual([
    ['Promoter'],
    ['Friend'],
  ]);
  await expect(own.door({ org, params })).rejects.toMatchObject({ status: 403 });
  await api().decide({ org, body: { ids: [mine.id], state: 'approved' } });
  await expect(own.change({ org, params: { id: mine.id }, body: { version: 2, note: 'x' } })).rejects.toMatchObject({
    status: 403,
  });
  await expect(own.remove({ org, params: { id: mine.id } })).rejects.toMatchObject({ status: 403 });
  expect((await own.get({ org, params: { id: nobody } })).guests).toEqual([]);
  expect(show.id).toBe(params.id);
});

test('two doors at once count nobody twice', async () => {
  const { params, add, get } = await stage(20);
  const party = await add('Berg', { firstName: 'Anna', plus: 3, approve: true });
  const asked = await add('Waiting');
  const door = app.client(guests, 'staff');
  const arrive = (seen: number, arrived: number, id = party.id) =>
    door.arrive({ org, params: { id }, body: { seen, arrived } });
  const both = await Promise.allSettled([arrive(0, 4), arrive(0, 4), arrive(0, 1), arrive(0, 2)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of both)
    if (each.status === 'rejected')
      expect(each.reason).toMatchObject({
        status: 409,
        code: 'already_arrived',
        message: expect.stringContaining('Berg'),
      });
  const now = (await door.door({ org, params })).guests[0];
  if (!now) throw new Error('Nobody is on the list.');
  expect(await arrive(now.arrived, 3)).toMatchObject({ arrived: 3, arrivedAt: now.arrivedAt });
  await expect(arrive(3, 5)).rejects.toMatchObject({ fields: [{ field: 'arrived' }] });
  await expect(arrive(0, 1, asked.id)).rejects.toMatchObject({ status: 404 });
  await expect(api().remove({ org, params: { id: party.id } })).rejects.toMatchObject({ code: 'in_use' });
  await expect(api().decide({ org, body: { ids: [party.id], state: 'declined' } })).rejects.toMatchObject({
    code: 'in_use',
  });
  await expect(api().change({ org, params: { id: party.id }, body: { version: 1, plus: 1 } })).rejects.toMatchObject({
    fields: [{ field: 'plus' }],
  });
  expect(await arrive(3, 0)).toMatchObject({ arrived: 0, arrivedAt: null });
  expect(JSON.stringify(await door.door({ org, params }))).not.toContain('email');
  expect((await get()).guests.map(({ lastName }) => lastName)).toEqual(['Berg', 'Waiting']);
});

test('a list of names comes in whole or not at all; who stands twice is marked; the table runs nothing', async () => {
  const { params, allotment, get } = await stage(5);
  const load = (names: string[], approve = false) =>
    api().import({
      org,
      params,
      body: { allotmentId: allotment.id, approve, guests: names.map((lastName) => ({ lastName, email: null })) },
    });
  await expect(load(['A', 'B', 'C', 'D', 'E', 'F'], true)).rejects.toMatchObject({ code: 'allotment_full' });
  expect((await get()).guests).toEqual([]);
  expect(await load(['Müller', 'muller', '=1+1', '@home', '+49'])).toEqual({ added: 5 });
  // The same name to whoever reads it: neither comes before the other.
  const doubles = (await get()).guests.filter(({ twice }) => twice).map(({ lastName }) => lastName);
  expect(doubles.toSorted()).toEqual(['Müller', 'muller']);
  const csv = await api().export({ org, params });
  expect(csv).toMatch(/^Surname,First name/);
  for (const cell of ["'=1+1", "'@home", "'+49"]) expect(csv).toContain(`\r\n${cell},`);
  await expect(api().export({ org, params: { id: nobody } })).rejects.toMatchObject({ status: 404 });
});

test('a guest with an address is told once, where the list says so', async () => {
  const { params, add } = await stage(5);
  const tell = (version: number, tellGuests: boolean) =>
    api().setList({ org, params, body: { version, tellGuests, pickup: 'Stage door' } });
  await add('Untold', { email: 'untold@example.com', approve: true });
  await tell(0, true);
  const told = await add('Told', { firstName: 'Tia', email: 'tia@example.com', plus: 1, approve: true });
  const outbox = async () => (await app.client(messaging).list({ org, query: { kind: 'guest_approved' } })).items;
  await expect
    .poll(async () => (await outbox()).map(({ recipient }) => recipient), { timeout: 10_000 })
    .toEqual(['tia@example.com']);
  const [mail] = await outbox();
  const { text } = await app.client(messaging).get({ org, params: { id: mail?.id ?? '' } });
  for (const part of ['Hello Tia Told', 'for you and 1 more', 'Stage door', 'Gala']) expect(text).toContain(part);
  await api().decide({ org, body: { ids: [told.id], state: 'requested' } });
  await api().decide({ org, body: { ids: [told.id], state: 'approved' } });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await outbox()).toHaveLength(1);
});
