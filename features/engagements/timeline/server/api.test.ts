import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { messaging } from '#features/messaging/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { timeline } from '../contract.ts';
import { serviceKinds } from '../item-kinds.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
});
afterAll(() => app.stop());

/** An organisation with a project in May 2027, and short ways to what most tests need. */
async function stage(slug: string) {
  const org = await app.addOrganisation(slug);
  const api = app.client(timeline, 'manager', org);
  const people = app.client(resources, 'manager', org);
  const seats = app.client(needs, 'manager', org);
  const projects = app.client(engagements, 'manager', org);
  const project = async (title = 'Mahler') =>
    (
      await projects.create({
        org: slug,
        body: { title, startsAt: '2027-05-03T08:00:00Z', endsAt: '2027-05-08T21:00:00Z' },
      })
    ).id;
  const id = await project();
  const add = (startsAt: string, endsAt: string, more: object = {}, of = id) =>
    api.create({ org: slug, params: { id: of }, body: { kind: 'rehearsal', startsAt, endsAt, ...more } });
  return {
    org,
    id,
    api,
    seats,
    project,
    add,
    person: async (name: string, email: string | null = null) =>
      (await people.create({ org: slug, body: { kind: 'person', name, email } })).id,
    place: async (name: string, zone: string) =>
      (await people.create({ org: slug, body: { kind: 'place', name, zone } })).id,
    need: (quantity = 1, of = id) =>
      seats.create({ org: slug, params: { id: of }, body: { skill: 'Stagehand', title: 'Stagehands', quantity } }),
    seat: (needId: string, resourceId: string) =>
      seats.take({ org: slug, params: { id: needId }, body: { resourceId } }),
    list: (of = id) => api.list({ org: slug, params: { id: of }, query: {} }),
    commitments: async (resourceId: string) =>
      (await app.client(claims, 'manager', org).list({ org: slug, query: { resourceId } })).items.map(
        ({ startsAt, endsAt }) => `${startsAt.slice(5, 16)}–${endsAt.slice(5, 16)}`,
      ),
    mails: async (kind: string) =>
      (await app.client(messaging, 'owner', org).list({ org: slug, query: { kind } })).items,
  };
}

test('the database means the same kinds by services', async () => {
  const { org, add } = await stage('kinds');
  const kinds = ['rehearsal', 'shift', 'doors', 'travel', 'concert', 'other'];
  for (const kind of kinds) {
    const item = await add('2027-05-03T08:00:00Z', '2027-05-03T09:00:00Z', { kind });
    expect(item.service, kind).toBe(serviceKinds.some((each) => each === kind));
  }
  const scope = mintScope({ orgId: org.id, actor: 'command', requestId: 'test' });
  const [row] = await withTenant(app.databases, scope, (tx) =>
    tx.query<{ kinds: string }>(
      `select pg_get_expr(d.adbin, d.adrelid) as kinds from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid
          and a.attnum = d.adnum where d.adrelid = 'schedule_items'::regclass and a.attname = 'service'`,
    ),
  );
  const named = [...(row?.kinds ?? '').matchAll(/'([a-z_]+)'/g)].map((match) => match[1]);
  expect(new Set(named)).toEqual(new Set<string | undefined>(serviceKinds));
});

test('a schedule by start, in the zone of the place; wrong input names its field', async () => {
  const { org, id, api, add, place, list } = await stage('schedule');
  const hall = await place('Carnegie Hall', 'America/New_York');
  await add('2027-05-04T08:00:00Z', '2027-05-04T10:30:00Z', { title: 'Tutti' });
  const away = await add('2027-05-03T23:30:00Z', '2027-05-04T01:00:00Z', { kind: 'concert', placeId: hall });
  expect(away).toMatchObject({ zone: 'America/New_York', placeName: 'Carnegie Hall', service: true, seated: 0 });
  const { items } = await list();
  expect(items.map(({ kind, zone, title }) => [kind, zone, title])).toEqual([
    ['concert', 'America/New_York', ''],
    ['rehearsal', 'Europe/Berlin', 'Tutti'],
  ]);
  const home = await api.change({ org: org.slug, params: { id: away.id }, body: { version: 1, placeId: null } });
  expect(home).toMatchObject({ zone: 'Europe/Berlin', placeName: null, version: 2 });
  await expect(add('2027-05-03T10:00:00Z', '2027-05-03T10:00:00Z')).rejects.toMatchObject({
    fields: [{ field: 'endsAt' }],
  });
  await expect(add('2027-05-03T10:00:00Z', '2027-05-06T10:00:00Z')).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'endsAt', message: expect.stringContaining('48 hours') }],
  });
  await expect(
    api.change({ org: org.slug, params: { id: away.id }, body: { version: 2, endsAt: '2027-05-03T01:00:00Z' } }),
  ).rejects.toMatchObject({ fields: [{ field: 'endsAt' }] });
  await expect(add('2027-05-03T10:00:00Z', '2027-05-03T11:00:00Z', { placeId: id })).rejects.toMatchObject({
    fields: [{ field: 'placeId' }],
  });
  await expect(add('2027-05-03T10:00:00Z', '2027-05-03T11:00:00Z', {}, hall)).rejects.toMatchObject({ status: 404 });
});

test('a service that moves takes everybody seated along, or nobody, and says who is committed elsewhere', async () => {
  const { org, api, add, person, need, seat, project, commitments, list } = await stage('moving');
  const service = await add('2027-05-03T08:00:00Z', '2027-05-03T10:30:00Z');
  const { id: needId } = await need(2);
  const [ann, ben] = [await person('Ann'), await person('Ben')];
  await seat(needId, ann);
  await seat(needId, ben);
  const moved = await api.change({
    org: org.slug,
    params: { id: service.id },
    body: { version: 1, startsAt: '2027-05-03T12:00:00Z', endsAt: '2027-05-03T14:30:00Z' },
  });
  expect(moved.seated).toBe(2);
  expect(await commitments(ann)).toEqual(['05-03T12:00–05-03T14:30']);
  const other = await project('Gala');
  await add('2027-05-04T10:00:00Z', '2027-05-04T12:00:00Z', {}, other);
  await seat((await need(1, other)).id, ben);
  const body = { version: 2, startsAt: '2027-05-04T11:00:00Z', endsAt: '2027-05-04T13:00:00Z' };
  await expect(api.change({ org: org.slug, params: { id: service.id }, body })).rejects.toMatchObject({
    status: 409,
    code: 'conflict',
    message: expect.stringContaining('Ben is committed to Gala'),
    problem: { conflicts: [{ resourceName: 'Ben', reason: 'committed', blockers: [{ title: 'Gala' }] }] },
  });
  expect((await list()).items[0]).toMatchObject({ version: 2, startsAt: '2027-05-03T12:00:00.000Z', seated: 2 });
  expect(await commitments(ann)).toEqual(['05-03T12:00–05-03T14:30']);
});

test('shifting moves what comes after as well, also into time that others of it held: all or nothing', async () => {
  const { org, api, add, person, need, seat, commitments, list, project } = await stage('shifting');
  const first = await add('2027-05-03T08:00:00Z', '2027-05-03T10:00:00Z');
  await add('2027-05-03T10:00:00Z', '2027-05-03T12:00:00Z', { title: 'after' });
  await add('2027-05-03T07:00:00Z', '2027-05-03T07:30:00Z', { kind: 'load_in' });
  await add('2027-05-04T08:00:00Z', '2027-05-04T10:00:00Z', { title: 'next day' });
  const ann = await person('Ann');
  await seat((await need()).id, ann);
  const by = (minutes: number, until: 'day' | 'end' = 'end') =>
    api.shift({ org: org.slug, params: { id: first.id }, body: { minutes, until } });
  expect((await by(60, 'day')).items.map(({ title }) => title)).toEqual(['', 'after']);
  expect(await commitments(ann)).toEqual([
    '05-03T09:00–05-03T11:00',
    '05-03T11:00–05-03T13:00',
    '05-04T08:00–05-04T10:00',
  ]);
  await by(-90);
  expect((await list()).items.map(({ startsAt }) => startsAt.slice(5, 16))).toEqual([
    '05-03T07:00',
    '05-03T07:30',
    '05-03T09:30',
    '05-04T06:30',
  ]);
  const other = await project('Gala');
  await add('2027-05-04T09:00:00Z', '2027-05-04T10:00:00Z', {}, other);
  await seat((await need(1, other)).id, ann);
  await expect(by(60)).rejects.toMatchObject({ code: 'conflict' });
  expect((await list()).items[1]?.startsAt).toBe('2027-05-03T07:30:00.000Z');
  await expect(by(0)).rejects.toMatchObject({ fields: [{ field: 'minutes' }] });
});

test('copies come with their seats; removing one frees who is seated there', async () => {
  const { org, api, add, person, need, seat, commitments, seats, id, list } = await stage('copies');
  const item = await add('2027-05-03T22:30:00Z', '2027-05-03T23:30:00Z', { kind: 'shift', dress: 'Black' });
  const { id: needId } = await need(2);
  const { items } = await api.copy({
    org: org.slug,
    params: { id: item.id },
    body: { days: ['2027-05-05', '2027-05-06'] },
  });
  expect(items.map(({ startsAt, dress }) => [startsAt, dress])).toEqual([
    ['2027-05-05T22:30:00.000Z', 'Black'],
    ['2027-05-06T22:30:00.000Z', 'Black'],
  ]);
  const ann = await person('Ann');
  await seat(needId, ann);
  expect(await commitments(ann)).toHaveLength(3);
  await api.remove({ org: org.slug, params: { id: items[0]?.id ?? '' } });
  expect(await commitments(ann)).toHaveLength(2);
  const grid = await seats.grid({ org: org.slug, params: { id } });
  expect(grid.seats.map(({ resourceId }) => resourceId).filter(Boolean)).toEqual([ann, ann]);
  expect(grid.seats).toHaveLength(4);
  expect((await list()).total).toBe(2);
  await expect(
    api.copy({ org: org.slug, params: { id: item.id }, body: { days: ['2027-05-05', '2027-05-05'] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'days' }] });
  await expect(api.remove({ org: org.slug, params: { id: items[0]?.id ?? '' } })).rejects.toMatchObject({
    status: 404,
  });
});

test('what is no service any more must be empty; what becomes one gets seats', async () => {
  const { org, api, add, person, need, seat, seats, id } = await stage('turning');
  const item = await add('2027-05-03T08:00:00Z', '2027-05-03T10:00:00Z', { kind: 'meeting' });
  const { id: needId } = await need();
  const seatCount = async () => (await seats.grid({ org: org.slug, params: { id } })).seats.length;
  expect(await seatCount()).toBe(0);
  await api.change({ org: org.slug, params: { id: item.id }, body: { version: 1, kind: 'rehearsal' } });
  expect(await seatCount()).toBe(1);
  await seat(needId, await person('Ann'));
  await expect(
    api.change({ org: org.slug, params: { id: item.id }, body: { version: 2, kind: 'meal' } }),
  ).rejects.toMatchObject({ code: 'in_use', fields: [{ field: 'kind' }] });
  expect(await seatCount()).toBe(1);
});

test('people seated there are told of another time, place or dress and of the end, once, if they have an address', async () => {
  const { org, api, add, person, need, seat, mails } = await stage('telling');
  const item = await add('2027-05-03T08:00:00Z', '2027-05-03T10:00:00Z', { title: 'Tutti' });
  const { id: needId } = await need(2);
  await seat(needId, await person('Ann', 'ann@example.com'));
  await seat(needId, await person('Ben'));
  const change = (version: number, body: object) =>
    api.change({ org: org.slug, params: { id: item.id }, body: { version, ...body } });
  await change(1, { notes: 'Bring mutes', title: 'Tutti, with choir' });
  await change(2, { dress: 'Black' });
  await expect.poll(() => mails('service_changed')).toHaveLength(1);
  await api.shift({ org: org.slug, params: { id: item.id }, body: { minutes: 30 } });
  await expect.poll(() => mails('service_changed')).toHaveLength(2);
  const [told] = await mails('service_changed');
  expect(told).toMatchObject({ subject: 'Changed: Rehearsal: Tutti, with choir, Mahler', recipientName: 'Ann' });
  await api.remove({ org: org.slug, params: { id: item.id } });
  await expect.poll(() => mails('service_cancelled')).toHaveLength(1);
  expect(await mails('service_changed')).toHaveLength(2);
});

test('an engagement goes with its schedule and open seats, not with people on them; a lost one frees them', async () => {
  const { org, project, add, person, need, seat, commitments, seats, list } = await stage('ending');
  const projects = app.client(engagements, 'manager', org);
  const other = await project('Gala');
  await add('2027-05-03T08:00:00Z', '2027-05-03T10:00:00Z', {}, other);
  const { id: needId } = await need(1, other);
  const ann = await person('Ann');
  await seat(needId, ann);
  await expect(projects.remove({ org: org.slug, params: { id: other } })).rejects.toMatchObject({ code: 'in_use' });
  await projects.setStage({ org: org.slug, params: { id: other }, body: { version: 1, stage: 'cancelled' } });
  expect(await commitments(ann)).toEqual([]);
  expect((await seats.grid({ org: org.slug, params: { id: other } })).seats).toMatchObject([{ resourceId: null }]);
  await projects.remove({ org: org.slug, params: { id: other } });
  await expect(list(other)).rejects.toMatchObject({ status: 404 });
});

test('of two who move one service at once, both moves hold or one is told', async () => {
  const { org, api, add, person, need, seat, commitments } = await stage('editors');
  const item = await add('2027-05-03T08:00:00Z', '2027-05-03T10:00:00Z');
  const ann = await person('Ann');
  await seat((await need()).id, ann);
  const move = (hour: number) =>
    api.change({
      org: org.slug,
      params: { id: item.id },
      body: { version: 1, startsAt: `2027-05-03T${hour}:00:00Z`, endsAt: `2027-05-03T${hour + 1}:00:00Z` },
    });
  const outcomes = await Promise.allSettled([move(12), move(15)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(outcomes.find((each) => each.status === 'rejected')?.reason).toMatchObject({ code: 'version_conflict' });
  expect(await commitments(ann)).toHaveLength(1);
});

test('who had a seat at an engagement that is lost is told, once', async () => {
  const { org, id, add, person, need, seat, mails } = await stage('losing');
  await add('2027-05-03T08:00:00Z', '2027-05-03T10:00:00Z', { title: 'Tutti' });
  await add('2020-05-03T08:00:00Z', '2020-05-03T10:00:00Z', { title: 'Over' });
  const { id: needId } = await need(2);
  await seat(needId, await person('Ann', 'ann@example.com'));
  await seat(needId, await person('Ben'));
  const projects = app.client(engagements, 'manager', org);
  const { engagement } = await projects.get({ org: org.slug, params: { id } });
  const body = { version: engagement.version, stage: 'cancelled', reason: 'Strike' };
  await projects.setStage({ org: org.slug, params: { id }, body });
  await expect.poll(() => mails('service_cancelled')).toHaveLength(1);
  expect(await mails('service_cancelled')).toMatchObject([{ recipientName: 'Ann' }]);
});
