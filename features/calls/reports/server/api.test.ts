import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson as addAccount } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { lists } from '#features/calls/lists/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withClient } from '#platform/test/connection.ts';
import { reports } from '../contract.ts';
import { responseStats } from './response-stats.ts';

const org = 'test';
let app: TestApp;
let ids: Record<'ada' | 'bo' | 'cy' | 'di', string>;
const period = { from: '2026-03-01', to: '2026-03-31' };

beforeAll(async () => {
  app = await startTestApp();
  const add = async (name: string) => (await app.client(resources).create({ org, body: { kind: 'person', name } })).id;
  ids = { ada: await add('=Ada'), bo: await add('Bo'), cy: await add('Cy'), di: await add('Di') };
  const api = app.client(lists);
  const { id } = await api.create({ org, body: { skill: 'vn1', grade: 'A', validFrom: '2026-01-01' } });
  const people = [ids.ada, ids.bo, ids.cy].map((resourceId) => ({ resourceId }));
  const { version } = await api.addPeople({ org, params: { id }, body: { people } });
  await api.approve({ org, params: { id }, body: { version } });
  await withClient(app.adminUrl.tenant, async (client) => {
    await client.query("select set_config('app.actor', 'command', false)");
    await plant(client);
  });
});
afterAll(() => app.stop());

/** Two services in March for first violins, one in Berlin's April; and calls for them. */
async function plant(client: pg.Client): Promise<void> {
  const insert = (table: string, row: Record<string, unknown>) => {
    const all = { org_id: app.org.id, id: crypto.randomUUID(), ...row };
    const marks = Object.keys(all).map((_, index) => `$${index + 1}`);
    return client.query(
      `insert into ${table} (${Object.keys(all).join(', ')}) values (${marks.join(', ')})`,
      Object.values(all),
    );
  };
  const [engagement, need, cascade, principal, other] = Array.from({ length: 5 }, () => crypto.randomUUID());
  await insert('engagements', {
    id: engagement,
    title: 'Gala',
    pack: 'orchestra',
    stage: 'confirmed',
    zone: 'UTC',
    starts_at: '2026-03-10T10:00Z',
    ends_at: '2026-04-02T10:00Z',
  });
  const ofEngagement = { engagement_id: engagement };
  const needOf = { ...ofEngagement, kind: 'section', quantity: 4, source: 'hand' };
  await insert('needs', { ...needOf, id: need, skill: 'vn1', title: 'Violins' });
  await insert('needs', { ...needOf, id: principal, skill: 'vn1', title: 'Leader', kind: 'principal' });
  const cascadeOf = {
    ...ofEngagement,
    strategy: 'one',
    deadline_minutes: 1440,
    state: 'halted',
    started_by: 'command',
  };
  await insert('cascades', { ...cascadeOf, id: cascade, need_id: need, fee_minor: 20_000, fee_currency: 'EUR' });
  await insert('cascades', { ...cascadeOf, id: other, need_id: principal });
  let place = 0;
  const call = (person: string, sent: string, state: string, minutes: number | null, more: object = {}) =>
    insert('calls', {
      ...ofEngagement,
      cascade_id: cascade,
      need_id: need,
      resource_id: person,
      place: (place += 1),
      state,
      sent_at: sent,
      deadline_at: new Date(Date.parse(sent) + 86_400_000),
      answered_at: minutes === null ? null : new Date(Date.parse(sent) + minutes * 60_000),
      grade: 'A',
      ...more,
    });
  await call(ids.ada, '2026-03-02T09:00:00Z', 'accepted', 30);
  await call(ids.bo, '2026-03-02T10:00:00Z', 'declined', 90, { reason: 'away' });
  await call(ids.di, '2026-03-03T10:00:00Z', 'declined', 2_000, { reason: 'fee', grade: null });
  await call(ids.ada, '2026-03-03T10:00:00Z', 'expired', null, { cascade_id: other, need_id: principal, grade: 'B' });
  // By the clock of Berlin it is April.
  await call(ids.bo, '2026-03-31T22:30:00Z', 'open', null, { cascade_id: other, need_id: principal });
  let number = 0;
  const seat = async (day: string, person: string, source: string, status?: string) => {
    const [service, claim] = [crypto.randomUUID(), crypto.randomUUID()];
    const time = { starts_at: `${day}T19:00Z`, ends_at: `${day}T22:00Z`, zone: 'UTC' };
    await insert('schedule_items', { ...ofEngagement, ...time, id: service, kind: 'concert' });
    await insert('claims', {
      ...ofEngagement,
      ...time,
      id: claim,
      group_id: claim,
      resource_id: person,
      status: 'commit',
      exclusive: true,
      placed_by: 'command',
    });
    const sits = { ...ofEngagement, schedule_item_id: service, resource_id: person };
    await insert('seats', { ...sits, need_id: need, number: (number += 1), source, claim_id: claim });
    if (status) await insert('attendances', { ...sits, status });
  };
  await seat('2026-03-10', ids.ada, 'call');
  await seat('2026-03-11', ids.ada, 'hand', 'late');
  await seat('2026-03-12', ids.ada, 'call', 'absent');
  await seat('2026-03-13', ids.bo, 'roster');
  await seat('2026-04-01', ids.bo, 'call');
}

test('fairness: who was asked, answered and played, and who was left out', async () => {
  const report = await app.client(reports).fairness({ org, query: period });
  expect(report).toMatchObject(period);
  const facts = report.rows.map(
    ({ name, kind, grade, sent, accepted, declined, expired, services, gradeShare, gradePeople }) => ({
      name,
      kind,
      grade,
      calls: [sent, accepted, declined, expired],
      services,
      share: [gradeShare, gradePeople],
    }),
  );
  expect(facts).toEqual([
    { name: '=Ada', kind: 'principal', grade: 'B', calls: [1, 0, 0, 1], services: 0, share: [1, 1] },
    { name: '=Ada', kind: 'section', grade: 'A', calls: [1, 1, 0, 0], services: 2, share: [0.5, 3] },
    { name: 'Bo', kind: 'section', grade: 'A', calls: [1, 0, 1, 0], services: 0, share: [0.5, 3] },
    { name: 'Cy', kind: 'section', grade: 'A', calls: [0, 0, 0, 0], services: 0, share: [0, 3] },
    { name: 'Di', kind: 'section', grade: null, calls: [1, 0, 1, 0], services: 0, share: [null, null] },
  ]);
  expect(report.rows[2]).toMatchObject({
    declineReasons: { away: 1 },
    offered: [{ currency: 'EUR', amountMinor: 20_000 }],
    lastAskedAt: '2026-03-31T22:30:00.000Z',
  });
  expect(report.rows[0]?.offered).toEqual([]);
  expect(report.rows[3]?.lastAskedAt).toBe(null);
  const only = await app.client(reports).fairness({ org, query: { ...period, skill: 'first violin' } });
  expect(only.rows).toHaveLength(5);
  expect((await app.client(reports).fairness({ org, query: { ...period, skill: 'fl' } })).rows).toEqual([]);
});

test('as CSV no cell is a formula, and grades stand in it for those who see them', async () => {
  const csv = await app.client(reports).fairnessCsv({ org, query: period });
  const [head, , ada] = csv.split('\r\n');
  expect(head).toContain('Grade,Share of the grade’s calls (%)');
  expect(ada).toBe("'=Ada,First violin,section,A,50,3,1,1,0,0,0,0,0,2,,EUR 20000,2026-03-03T10:00:00.000Z");
  const times = await app.client(reports).responseTimesCsv({ org, query: period });
  expect(times.split('\r\n')[1]).toBe("'=Ada,2,1,1,1,30,30");
});

test('answers: how many, in time, how fast, by person and by when they were sent', async () => {
  const report = await app.client(reports).responseTimes({ org, query: period });
  expect(report.all).toEqual({ asked: 4, answered: 3, inTime: 2, accepted: 1, medianMinutes: 90, p90Minutes: 1_618 });
  expect(
    report.people.map(({ name, asked, answered, medianMinutes }) => [name, asked, answered, medianMinutes]),
  ).toEqual([
    ['=Ada', 2, 1, 30],
    ['Bo', 1, 1, 90],
    ['Di', 1, 1, 2_000],
  ]);
  expect(report.weekdays.map(({ weekday, asked }) => [weekday, asked])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  // Sent at 9 and 10 UTC, an hour later by the clock of Berlin.
  expect(report.hours.map(({ hour, asked }) => [hour, asked])).toEqual([[9, 4]]);
  const none = await app.client(reports).responseTimes({ org, query: { from: '2020-01-01', to: '2020-01-01' } });
  expect(none).toMatchObject({ all: { asked: 0, medianMinutes: null }, people: [], weekdays: [], hours: [] });
});

test('the last year when nobody says; days in the wrong order are refused', async () => {
  const { from, to } = await app.client(reports).fairness({ org, query: {} });
  expect(Date.parse(to) - Date.parse(from)).toBeGreaterThan(363 * 86_400_000);
  expect((await app.client(reports).fairness({ org, query: { to: '2026-03-31' } })).from).toBe('2025-04-01');
  await expect(
    app.client(reports).fairness({ org, query: { from: '2026-03-02', to: '2026-03-01' } }),
  ).rejects.toMatchObject({ status: 400, fields: [{ field: 'to' }] });
});

test('owners and managers only; nobody’s own grade, nor what follows from it', async () => {
  for (const role of ['staff', 'crew', 'promoter', 'property_manager', 'client'] as const)
    await expect(app.client(reports, role).fairness({ org, query: period })).rejects.toMatchObject({ status: 403 });
  const manager = await addAccount(app, { role: 'manager' });
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, ids.cy, manager.userId]),
  );
  const api = createClient(reports, { baseUrl: app.baseUrl, headers: { cookie: manager.cookie, origin: app.baseUrl } });
  const { rows } = await api.fairness({ org, query: period });
  expect(rows.map(({ kind, grade, gradeShare, gradePeople }) => [kind, grade, gradeShare, gradePeople])).toEqual([
    ['principal', 'B', 1, 1],
    ...Array.from({ length: 4 }, () => ['section', null, null, null]),
  ]);
  expect(await api.fairnessCsv({ org, query: period })).not.toContain('section,A');
});

test('for forecasts: each person’s answers so far', async () => {
  const stats = await withTenant(
    app.databases,
    mintScope({ orgId: app.org.id, actor: 'command', requestId: 'test' }),
    (tx) => responseStats(tx, Object.values(ids)),
  );
  expect(stats.find(({ resourceId }) => resourceId === ids.ada)).toEqual({
    resourceId: ids.ada,
    asked: 2,
    answered: 1,
    accepted: 1,
    medianMinutes: 30,
  });
  // Cy was never asked; Bo’s second call is still open.
  const asked = new Map(stats.map((one) => [one.resourceId, one.asked]));
  expect(asked).toEqual(
    new Map([
      [ids.ada, 2],
      [ids.bo, 1],
      [ids.di, 1],
    ]),
  );
});
