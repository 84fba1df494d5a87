import { randomUUID } from 'node:crypto';
import { WebSocket } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { identity } from '#features/identity/contract.ts';
import { createApiKey } from '#features/identity/server/commands.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { history, type Change } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const evening = { startsAt: '2026-05-01T17:30:00.000Z', endsAt: '2026-05-01T20:00:00.000Z' };
const org = 'test';
const steps = (items: Change[]) => items.map(({ entity, operation }) => `${entity} ${operation}`);

test('one record: who, when, before and after, newest first', async () => {
  const api = app.client(resources, 'manager');
  const { id } = await api.create({ org: 'test', body: { kind: 'person', name: 'Ada' } });
  await api.change({ org: 'test', params: { id }, body: { version: 1, phone: '+49 1', notes: 'First desk' } });
  const { items, total, next } = await app.client(history, 'manager').list({ org: 'test', query: { entityId: id } });
  expect({ total, next }).toEqual({ total: 2, next: null });
  expect(items[0]).toMatchObject({
    entity: 'resources',
    entityId: id,
    operation: 'update',
    version: 2,
    actorName: 'API key “manager”',
    before: { phone: null, notes: '' },
    after: { phone: '+49 1', notes: 'First desk' },
  });
  expect(items[1]).toMatchObject({
    operation: 'insert',
    before: null,
    after: { name: 'Ada', kind: 'person', challengeHours: 16 },
  });
  expect(Object.keys(items[1]?.after ?? {})).not.toContain('orgId');
});

test('an engagement: its row, decisions, contacts and claims, the released ones too', async () => {
  const api = app.client(engagements);
  const hall = await app.client(resources).create({ org: 'test', body: { kind: 'place', name: 'Hall' } });
  const { id } = await api.create({ org: 'test', body: { title: 'Told', ...evening } });
  const other = await api.create({ org: 'test', body: { title: 'Untold', ...evening } });
  const agent = await app.client(parties).create({ org: 'test', body: { name: 'Ann' } });
  await api.addParty({ org: 'test', params: { id }, body: { partyId: agent.id, role: 'agent' } });
  const board = app.client(claims);
  const hold = { resourceId: hall.id, ...evening, status: 'hold' as const };
  const placed = await board.place({ org: 'test', body: { engagementId: id, claims: [hold] } });
  await board.place({ org: 'test', body: { engagementId: other.id, claims: [hold] } });
  await board.release({
    org: 'test',
    body: { claimIds: placed.claims.map((claim) => claim.id), reason: 'Other hall' },
  });
  await api.setStage({ org: 'test', params: { id }, body: { version: 1, stage: 'held', reason: 'Soon' } });
  const told = await app.client(history).list({ org: 'test', query: { engagementId: id } });
  expect(steps(told.items).toSorted()).toEqual([
    'claims delete',
    'claims insert',
    'engagement_parties insert',
    'engagements insert',
    'engagements update',
    'stage_decisions insert',
  ]);
  expect(told.items.find(({ entity, operation }) => entity === 'claims' && operation === 'delete')).toMatchObject({
    reason: 'Other hall',
    after: null,
    before: { status: 'hold', startsAt: evening.startsAt, engagementId: id },
  });
  const pages: Change[] = [];
  let after: string | undefined;
  do {
    const page = await app
      .client(history)
      .list({ org: 'test', query: { engagementId: id, limit: 4, ...(after && { after }) } });
    expect(page.total).toBe(6);
    pages.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  expect(pages).toEqual(told.items);
});

test('a challenge of one of its holds is part of its history, with the end of it', async () => {
  const hall = await app.client(resources).create({ org: 'test', body: { kind: 'place', name: 'Contested' } });
  const api = app.client(engagements);
  const first = await api.create({ org: 'test', body: { title: 'First', ...evening } });
  const second = await api.create({ org: 'test', body: { title: 'Second', ...evening } });
  const board = app.client(claims);
  const hold = { resourceId: hall.id, ...evening, status: 'hold' as const };
  const place = async (engagementId: string) =>
    (await board.place({ org: 'test', body: { engagementId, claims: [hold] } })).claims[0]?.id ?? '';
  const [held, challenger] = [await place(first.id), await place(second.id)];
  await board.challenge({ org: 'test', params: { id: held }, body: { challengerId: challenger } });
  await board.release({ org: 'test', body: { claimIds: [held] } });
  const { items } = await app.client(history).list({ org: 'test', query: { engagementId: first.id } });
  expect(steps(items).filter((step) => step.startsWith('challenges'))).toEqual([
    'challenges delete',
    'challenges insert',
  ]);
});

test('staff may not read it; another organisation’s record has none; a bad page is refused', async () => {
  const foreign = await app.addOrganisation('other');
  const { id } = await app
    .client(resources, 'owner', foreign)
    .create({ org: 'other', body: { kind: 'thing', name: 'Secret' } });
  const api = app.client(history);
  expect(await api.list({ org: 'test', query: { entityId: id } })).toEqual({ items: [], total: 0, next: null });
  await expect(app.client(history, 'staff').list({ org: 'test', query: {} })).rejects.toMatchObject({ status: 403 });
  await expect(api.list({ org: 'test', query: { after: 'nonsense' } })).rejects.toMatchObject({ status: 400 });
});

/** A key of a role that reads history and nothing restricted. */
async function keyOfReader(): Promise<string> {
  const { control } = app.databases;
  const roleId = randomUUID();
  await control
    .insertInto('custom_roles')
    .values({
      id: roleId,
      organisation_id: app.org.id,
      name: 'Auditor',
      permissions: ['history.read', 'resources.read'],
    })
    .execute();
  const options = { name: 'auditor', role: 'custom' as const, customRoleId: roleId, createdBy: null };
  return (await createApiKey(control, app.org.id, options)).key;
}

test('what the reader may not see leaks by neither side, nor by the export', async () => {
  const body = {
    kind: 'person' as const,
    name: 'Paid',
    rateMinor: 98_765,
    rateCurrency: 'EUR',
    rateUnit: 'day' as const,
  };
  const { id } = await app.client(resources).create({ org, body: { ...body, email: 'paid@example.com' } });
  await app
    .client(resources)
    .change({ org, params: { id }, body: { version: 1, rateMinor: 43_210, name: 'Still paid' } });
  const headers = { authorization: `Bearer ${await keyOfReader()}` };
  const auditor = createClient(history, { baseUrl: app.baseUrl, headers });
  const { items } = await auditor.list({ org, query: { entityId: id } });
  expect(items[0]).toMatchObject({ before: { name: 'Paid' }, after: { name: 'Still paid' }, hidden: ['rateMinor'] });
  expect(items[1]?.hidden).toEqual(expect.arrayContaining(['rateMinor', 'email']));
  const csv = await auditor.export({ org, body: { entityId: id } });
  for (const text of [JSON.stringify(items), csv]) expect(text).not.toMatch(/98765|43210|paid@example/);
  const { items: all } = await app.client(history).list({ org, query: { entityId: id } });
  expect(all[0]).toMatchObject({ before: { rateMinor: 98_765 }, hidden: [] });
});

test('filters, together and page by page', async () => {
  const api = app.client(history);
  const from = new Date().toISOString();
  const made = await Promise.all(
    Array.from({ length: 7 }, (_, n) =>
      app.client(parties, 'manager').create({ org, body: { name: `Filtered ${n}` } }),
    ),
  );
  await app
    .client(history, 'staff')
    .list({ org, query: {} })
    .catch(() => undefined);
  const to = new Date(Date.now() + 1).toISOString();
  const { items } = await api.list({ org, query: { from, to, entity: 'parties' } });
  expect(items.map(({ entityId }) => entityId).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
  const actor = items[0]?.actor ?? '';
  const pages: Change[] = [];
  let after: string | undefined;
  do {
    const query = { from, entity: 'parties', actor, operation: 'insert' as const, limit: 3, ...(after && { after }) };
    const page = await api.list({ org, query });
    pages.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  expect(pages).toEqual(items);
  const request = await api.list({ org, query: { requestId: items[0]?.requestId ?? '' } });
  expect(request.items).toEqual([items[0]]);
  const denied = await api.list({ org, query: { from, operation: 'denied' } });
  expect(denied.items).toMatchObject([
    {
      entity: 'access',
      actorName: 'API key “staff”',
      reason: expect.stringContaining('read the history'),
      after: { method: 'GET', permission: 'history.read' },
      address: '127.0.0.1',
    },
  ]);
  expect((await api.list({ org, query: { operation: 'delete', from } })).total).toBe(0);
  await expect(api.list({ org, query: { entity: "x' or true --" } })).rejects.toMatchObject({ status: 400 });
  const { items: actors } = await api.actors({ org });
  expect(actors.map(({ name }) => name)).toEqual(expect.arrayContaining(['API key “manager”', 'API key “staff”']));
});

test('what a command refuses stands in the trail like what a route refuses; a foreign socket too', async () => {
  const from = new Date().toISOString();
  const claim = { resourceId: randomUUID(), startsAt: '2030-01-01T10:00:00Z', endsAt: '2030-01-01T11:00:00Z' };
  const commit = app.client(claims, 'staff').place({ org, body: { claims: [{ ...claim, status: 'commit' }] } });
  await expect(commit).rejects.toMatchObject({ code: 'forbidden' });
  const stranger = await app.addOrganisation('trail-strangers');
  const socket = new WebSocket(`${app.baseUrl.replace('http', 'ws')}/api/v1/orgs/${org}/live`, {
    headers: { authorization: `Bearer ${stranger.keys.owner}` },
  });
  await new Promise((resolve) => socket.addEventListener('error', resolve));
  await expect
    .poll(async () => (await app.client(history).list({ org, query: { from, operation: 'denied' } })).items)
    .toMatchObject([
      { after: { method: 'GET', route: '/api/v1/orgs/:org/live' }, reason: expect.stringContaining('not belong') },
      { actorName: 'API key “staff”', after: { permission: 'claims.hold' }, reason: expect.stringContaining('commit') },
    ]);
});

test('the export is safe in a spreadsheet, and stands in the trail', async () => {
  const { id } = await app.client(parties).create({ org, body: { name: '=HYPERLINK("x")' } });
  const api = app.client(history);
  const csv = await api.export({ org, body: { entityId: id } });
  const lines = csv.trim().split('\r\n');
  expect(lines[0]).toMatch(/^Time,Who,Actor,/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('API key “owner”');
  const { items } = await api.list({ org, query: { operation: 'looked', limit: 1 } });
  expect(items[0]).toMatchObject({ entity: 'access', after: { export: 'history', entityId: id, changes: 1 } });
});

test('changes of members and keys stand in the trail with who made them', async () => {
  const { cookie } = await addPerson(app, { role: 'owner', name: 'Olga' });
  const olga = createClient(identity, { baseUrl: app.baseUrl, headers: { cookie } });
  const { apiKey } = await olga.createApiKey({ org, body: { name: 'Told', role: 'staff' } });
  await app.client(identity).revokeApiKey({ org, params: { id: apiKey.id } });
  await app.app.relay.settled();
  const { items } = await app.client(history).list({ org, query: { entityId: apiKey.id } });
  expect(items).toMatchObject([
    {
      entity: 'api_keys',
      operation: 'update',
      actorName: 'API key “owner”',
      label: 'API key “Told”',
      address: '127.0.0.1',
    },
    { entity: 'api_keys', operation: 'insert', actorName: 'Olga', after: { name: 'Told', role: 'staff' } },
  ]);
  expect(JSON.stringify(items)).not.toContain('Hash');
});
