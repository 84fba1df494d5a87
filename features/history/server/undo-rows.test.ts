import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { detailsContract } from '#features/engagements/details/contract.ts';
import { guests } from '#features/engagements/guests/contract.ts';
import { people } from '#features/engagements/people/contract.ts';
import { setlists } from '#features/engagements/setlists/contract.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { travel } from '#features/engagements/travel/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { history, type Change } from '../contract.ts';

const org = 'test';
let app: TestApp;
let params: { id: string };
let anna: string;
beforeAll(async () => {
  app = await startTestApp();
  const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  const show = await app.client(engagements).create({ org, body: { title: 'Gala', ...times } });
  params = { id: show.id };
  anna = (await app.client(resources).create({ org, body: { kind: 'person', name: 'Anna' } })).id;
});
afterAll(() => app.stop());

/** Takes the newest change of this kind back. */
async function undo(entityId: string, operation: Change['operation'], role: 'owner' | 'manager' = 'owner') {
  const { items } = await app.client(history).list({ org, query: { entityId, operation, limit: 1 } });
  const [change] = items;
  if (!change) throw new Error(`There is no ${operation} of ${entityId}.`);
  expect(change.undoable).toBe(true);
  return app.client(history, role).undo({ org, params: { changeId: change.id }, body: {} });
}

test('a task: set back, removed, brought back with its steps', async () => {
  const api = app.client(tasks);
  const todo = await api.create({
    org,
    body: { engagementId: params.id, title: 'One', dueAnchor: 'start', dueDays: -7 },
  });
  const at = { id: todo.id };
  await api.change({ org, params: at, body: { version: 1, title: 'Two', dueDays: -3 } });
  await undo(todo.id, 'update');
  const list = async () => (await api.ofEngagement({ org, params })).items;
  expect(await list()).toMatchObject([{ title: 'One', dueDays: -7, dueAt: todo.dueAt, version: 3 }]);
  await app.inTenant((tx) =>
    tx.query(
      "insert into task_steps (org_id, id, task_id, title, sort) values ($1, gen_random_uuid(), $2, 'Step', 'V')",
      [app.org.id, todo.id],
    ),
  );
  await expect(undo(todo.id, 'insert')).rejects.toMatchObject({ code: 'changed_since' });
  await api.remove({ org, params: at });
  expect(await list()).toEqual([]);
  await undo(todo.id, 'delete');
  expect(await list()).toMatchObject([{ title: 'One', steps: [{ title: 'Step' }], version: 4 }]);
});

test('a leg with who was on it, a hotel with its rooms', async () => {
  const api = app.client(travel);
  const leg = await api.addLeg({
    org,
    params,
    body: {
      mode: 'rail',
      fromName: 'Munich',
      fromZone: 'UTC',
      toName: 'Berlin',
      toZone: 'UTC',
      departsAt: '2029-05-01T08:00:00.000Z',
      arrivesAt: '2029-05-01T12:00:00.000Z',
      personIds: [anna],
    },
  });
  await api.changeLeg({ org, params: { id: leg.id }, body: { version: 1, departsAt: '2029-05-01T07:00:00.000Z' } });
  await undo(leg.id, 'update');
  await api.removeLeg({ org, params: { id: leg.id } });
  await undo(leg.id, 'delete');
  const hotel = await api.addHotel({
    org,
    params,
    body: { name: 'Astra', checkInOn: '2029-05-01', checkOutOn: '2029-05-02' },
  });
  const { rooms } = await api.addRooms({ org, params: { id: hotel.id }, body: { kind: 'twin', count: 1 } });
  await api.setSleepers({ org, params: { id: rooms[0]?.id ?? '' }, body: { personIds: [anna] } });
  await expect(undo(hotel.id, 'insert')).rejects.toMatchObject({ code: 'changed_since' });
  await api.removeHotel({ org, params: { id: hotel.id } });
  await undo(hotel.id, 'delete');
  const back = await api.get({ org, params });
  expect(back.legs).toMatchObject([{ departsAt: leg.departsAt, travellers: [{ name: 'Anna' }] }]);
  expect(back.hotels).toMatchObject([{ name: 'Astra', rooms: [{ kind: 'twin', sleepers: [{ name: 'Anna' }] }] }]);
  // What another did meanwhile stands in the way, in words.
  const { items } = await app.client(history).list({ org, query: { entity: 'travellers', operation: 'insert' } });
  const traveller = items[0]?.entityId ?? '';
  await api.removeTraveller({ org, params: { id: leg.id, personId: anna } });
  await api.setTravellers({ org, params: { id: leg.id }, body: { people: [{ personId: anna }] } });
  await expect(undo(traveller, 'delete')).rejects.toMatchObject({ code: 'duplicate' });
});

test('guests keep to their allotment, also when a decision is undone', async () => {
  const api = app.client(guests);
  const allotment = await api.addAllotment({ org, params, body: { name: 'Artist', places: 1 } });
  const add = (lastName: string) =>
    api.add({ org, params, body: { allotmentId: allotment.id, lastName, approve: true } });
  const first = await add('Berg');
  await api.decide({ org, body: { ids: [first.id], state: 'declined' } });
  const second = await add('Li');
  await expect(undo(first.id, 'update')).rejects.toMatchObject({ code: 'allotment_full' });
  await api.remove({ org, params: { id: second.id } });
  await undo(first.id, 'update');
  expect((await api.get({ org, params })).guests).toMatchObject([{ lastName: 'Berg', state: 'approved' }]);
});

test('somebody on the roster, and a contact: once, also by an undo', async () => {
  const roster = app.client(people);
  const entry = await roster.add({ org, params, body: { groupKey: 'a', resourceId: anna, role: 'Drums' } });
  await roster.remove({ org, params: { id: entry.id } });
  await undo(entry.id, 'delete');
  expect((await roster.list({ org, params })).items).toMatchObject([{ id: entry.id, role: 'Drums' }]);
  await roster.remove({ org, params: { id: entry.id } });
  await roster.add({ org, params, body: { groupKey: 'a', resourceId: anna } });
  await expect(undo(entry.id, 'delete')).rejects.toMatchObject({ code: 'duplicate' });

  const contact = await app.client(parties).create({ org, body: { name: 'Pat' } });
  const agent = await app.client(engagements).addParty({ org, params, body: { partyId: contact.id, role: 'agent' } });
  await undo(agent.id, 'insert');
  expect((await app.client(engagements).get({ org, params })).parties).toEqual([]);
  await undo(agent.id, 'delete');
  expect((await app.client(engagements).get({ org, params })).parties).toMatchObject([{ role: 'agent' }]);
});

test('a set with its entries, and an item of the schedule by its own commands', async () => {
  const api = app.client(setlists);
  const set = await api.addSet({ org, params, body: { name: 'Set 1', kind: 'set' } });
  await api.addEntry({ org, params: { id: set.id }, body: { kind: 'break', title: 'Pause' } });
  await api.removeSet({ org, params: { id: set.id } });
  await undo(set.id, 'delete');
  expect(await api.get({ org, params })).toMatchObject({ sets: [{ name: 'Set 1' }], entries: [{ title: 'Pause' }] });

  const schedule = app.client(timeline);
  const times = { startsAt: '2029-05-01T15:00:00.000Z', endsAt: '2029-05-01T16:00:00.000Z' };
  const item = await schedule.create({ org, params, body: { kind: 'load_in', ...times } });
  await schedule.change({
    org,
    params: { id: item.id },
    body: { version: 1, startsAt: '2029-05-01T15:30:00.000Z', dress: 'Black' },
  });
  await undo(item.id, 'update');
  await schedule.remove({ org, params: { id: item.id } });
  await undo(item.id, 'delete');
  expect((await schedule.list({ org, params, query: {} })).items).toMatchObject([{ id: item.id, ...times, dress: '' }]);
  await undo(item.id, 'insert');
  expect((await schedule.list({ org, params, query: {} })).items).toEqual([]);
});

test('a per diem that was paid since stays what was paid', async () => {
  const api = app.client(travel);
  const day = { personIds: [anna], from: '2029-05-02', to: '2029-05-02', currency: 'EUR' };
  await api.setPerDiems({ org, params, body: { ...day, amountMinor: 4_000 } });
  await api.setPerDiems({ org, params, body: { ...day, amountMinor: 5_000 } });
  const own = async () => (await api.get({ org, params })).perDiems.find(({ day: on }) => on === '2029-05-02');
  const id = (await own())?.id ?? '';
  const [raised] = (await app.client(history).list({ org, query: { entityId: id, operation: 'update', limit: 1 } }))
    .items;
  await api.payPerDiems({ org, body: { ids: [id], paid: true } });
  const again = () => app.client(history).undo({ org, params: { changeId: raised?.id ?? 0 }, body: {} });
  await expect(again()).rejects.toMatchObject({ code: 'changed_since' });
  expect(await own()).toMatchObject({ amountMinor: 5_000 });
  await undo(id, 'update');
  await again();
  expect(await own()).toMatchObject({ amountMinor: 4_000, paidAt: null });
});

test('a detail: set back, cleared, there again; not over what another wrote, nor into a field that is gone', async () => {
  const api = app.client(detailsContract);
  const write = (from: string | null, to: string | null) =>
    api.set({ org, params, body: { changes: [{ key: 'parts', from, to }] } });
  const says = async () => (await api.get({ org, params })).values['parts'];
  const newest = async () =>
    (await app.client(history).list({ org, query: { entity: 'engagement_details', limit: 1 } })).items[0]?.entityId ??
    '';
  await write(null, 'from May');
  const row = await newest();
  await write('from May', 'from June');
  await expect(undo(row, 'insert')).rejects.toMatchObject({ code: 'changed_since' });
  await undo(row, 'update');
  expect(await says()).toBe('from May');
  await write('from May', null);
  await write(null, 'lost');
  await expect(undo(row, 'delete')).rejects.toMatchObject({ code: 'version_conflict' });
  await undo(await newest(), 'insert');
  expect(await says()).toBe(undefined);
  await undo(row, 'delete');
  expect(await says()).toBe('from May');
  await write('from May', 'found');
  const last = await newest();
  await api.setFields({ org, params: { pack: 'orchestra' }, body: { version: 0, fields: [] } });
  await expect(undo(last, 'update')).rejects.toMatchObject({ status: 400 });
  await api.resetFields({ org, params: { pack: 'orchestra' } });
  await undo(last, 'update');
  expect(await says()).toBe('from May');
});
