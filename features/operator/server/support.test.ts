import { randomUUID } from 'node:crypto';
import { WebSocket } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClient, type Client } from '#platform/client/client.ts';
import { withClient } from '#platform/test/connection.ts';
import { checksumOf, plant } from '#apps/server/test/canaries.ts';
import { addOperator } from '#apps/server/test/operators.ts';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { allRoutes, ask, requestOf, scopeOfRoute } from '#apps/server/test/routes.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { identity } from '#features/identity/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { support } from '../support-contract.ts';

let app: TestApp;
let owner: Person;
let person: Person;
let grants: Client<typeof support>;
let ids: Record<string, string>;

const org = 'test';
const purpose = 'The board shows a hold twice';
const inOrganisation = allRoutes.filter((one) => scopeOfRoute(one) === 'org');

beforeAll(async () => {
  app = await startTestApp();
  ids = await plant(app, app.org.id, 'planted');
  owner = await addPerson(app, { role: 'owner' });
  person = await addOperator(app);
  grants = createClient(support, { baseUrl: app.baseUrl, headers: { cookie: owner.cookie } });
});
afterAll(() => app.stop());

beforeEach(async () => {
  const { items } = await grants.list({ org });
  for (const { id, state } of items) if (state === 'open') await grants.end({ org, params: { id } });
});

const get = (path: string, who: Person = person) =>
  ask(app.baseUrl, { path: `/api/v1/orgs/${path}`, method: 'GET', body: undefined }, who);

/** Entries of the organisation's trail about access under a grant. */
async function trail(grantId: string) {
  const { rows } = await withClient(app.adminUrl.tenant, (client) =>
    client.query<{
      operation: string;
      real_actor: string;
      session: string;
      address: string;
      after: { route: string; method: string };
      reason: string;
    }>(
      `select operation, real_actor, session, address, after, reason from changes
        where org_id = $1 and actor = $2 and entity = 'access' order by id`,
      [app.org.id, `support:${grantId}`],
    ),
  );
  return rows;
}

test('without a grant an operator finds nothing, as anybody', async () => {
  const [foreign, missing] = [await get('test/parties'), await get(`${randomUUID()}/parties`)];
  expect(foreign.status).toBe(404);
  expect(foreign.comparable).toEqual(missing.comparable);
});

test('only an owner who has just proved who they are opens it', async () => {
  const body = { purpose };
  await expect(app.client(support).open({ org, body })).rejects.toMatchObject({ code: 'step_up_required' });
  await expect(app.client(support, 'manager').open({ org, body })).rejects.toMatchObject({ status: 403 });
  for (const wrong of [{ hours: 0 }, { hours: 169 }, { purpose: ' ' }])
    await expect(grants.open({ org, body: { purpose, ...wrong } })).rejects.toMatchObject({ status: 400 });
});

test('looking only: every look is written down before it is answered, and nothing can be written', async () => {
  const grant = await grants.open({ org, body: { purpose } });
  expect(grant).toMatchObject({ level: 'read', state: 'open', looks: 0, grantedBy: 'owner' });
  expect((await get('test/parties?q=planted')).status).toBe(200);
  expect((await get(`${app.org.id}/resources/${ids['resource']}`)).status).toBe(200);
  const [first, second] = await trail(grant.id);
  expect(first).toMatchObject({
    operation: 'looked',
    real_actor: `user:${person.userId}`,
    session: expect.any(String),
    address: expect.any(String),
    after: { method: 'GET', route: '/api/v1/orgs/test/parties?q=planted' },
    reason: purpose,
  });
  expect(second?.after.route).toContain(ids['resource']);

  // The grant itself is news of the organisation, and comes a moment later.
  await app.app.relay.settled();
  const before = await checksumOf(app.adminUrl.tenant, app.org.id);
  for (const { name, route } of inOrganisation.filter(({ route: { method } }) => method !== 'GET')) {
    for (const id of [ids['claim'] ?? '', randomUUID()]) {
      const { status, body } = await ask(app.baseUrl, requestOf(route, org, id), person);
      expect([status, name], body).toEqual([403, name]);
    }
  }
  expect(await checksumOf(app.adminUrl.tenant, app.org.id)).toBe(before);
  const [listed] = (await grants.list({ org })).items;
  expect(listed).toMatchObject({ id: grant.id, looks: 2, lastLookAt: expect.any(String) });
});

test('every route that answers under a grant has written a look', async () => {
  const grant = await grants.open({ org, body: { purpose, level: 'change' } });
  for (const { name, route } of inOrganisation.filter(({ route: { method } }) => method === 'GET')) {
    const before = (await trail(grant.id)).filter(({ operation }) => operation === 'looked').length;
    const { status } = await ask(app.baseUrl, requestOf(route, org, ids['resource'] ?? ''), person);
    const after = (await trail(grant.id)).filter(({ operation }) => operation === 'looked').length;
    if (status < 400) expect(after, name).toBe(before + 1);
    else expect([400, 403, 404, 422], name).toContain(status);
  }
});

test('to change: as a manager, in the grant’s name and their own; settings, people and keys stay closed', async () => {
  const grant = await grants.open({ org, body: { purpose, level: 'change', hours: 1 } });
  const client = createClient(parties, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });
  const { id } = await client.create({ org, body: { name: 'Made by support', kind: 'person' } });
  const { rows } = await withClient(app.adminUrl.tenant, (admin) =>
    admin.query('select actor, real_actor from changes where entity_id = $1', [id]),
  );
  expect(rows).toEqual([{ actor: `support:${grant.id}`, real_actor: `user:${person.userId}` }]);
  expect((await trail(grant.id)).map(({ after }) => after.method)).toEqual(['POST']);

  const closed = inOrganisation.filter(({ contract, route }) => {
    const clause = contract.permissions[route.permission ?? ''];
    return clause?.closedToSupport || !clause?.roles.includes('manager');
  });
  for (const { name, route } of closed) {
    const { status } = await ask(app.baseUrl, requestOf(route, org, ids['resource'] ?? ''), person);
    expect([status, name]).toEqual([403, name]);
  }
  const kept = [
    'organisations.listMembers',
    'identity.createApiKey',
    'organisations.change',
    'personalDetails.getEmergency',
    'support.open',
  ];
  expect(closed.map(({ name }) => name)).toEqual(expect.arrayContaining(kept));
});

test('an operator without the second factor stays outside, and a member is who they are', async () => {
  await grants.open({ org, body: { purpose, level: 'change' } });
  const bare = await addOperator(app, null);
  expect((await get('test/parties', bare)).status).toBe(404);
  const member = await addOperator(app);
  await app.databases.control
    .insertInto('memberships')
    .values({ organisation_id: app.org.id, user_id: member.userId, role: 'crew' })
    .execute();
  app.app.services.authenticator.forget();
  expect((await get('test/parties', member)).status).toBe(403);
  const me = createClient(identity, { baseUrl: app.baseUrl, headers: { cookie: member.cookie } });
  expect((await me.me({})).organisations).toMatchObject([{ slug: 'test', role: 'crew', support: null }]);
});

test('me lists what is open, with what may be done', async () => {
  const me = createClient(identity, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });
  expect((await me.me({})).organisations).toEqual([]);
  const grant = await grants.open({ org, body: { purpose } });
  const [entry] = (await me.me({})).organisations;
  expect(entry).toMatchObject({
    slug: 'test',
    roleName: 'support, looking only',
    support: { grantId: grant.id, purpose },
  });
  expect(entry?.permissions).toContain('parties.read');
  expect(entry?.permissions).not.toContain('parties.write');
});

test('ended early: requests and sockets stop within five seconds', async () => {
  const grant = await grants.open({ org, body: { purpose } });
  const closed = follow();
  await expect
    .poll(async () => (await trail(grant.id)).map(({ after }) => after.route))
    .toEqual(['/api/v1/orgs/test/live']);
  await grants.end({ org, params: { id: grant.id } });
  expect((await get('test/parties')).status).toBe(404);
  expect(await closed).toBeLessThan(5_000);
  await expect(grants.end({ org, params: { id: grant.id } })).rejects.toMatchObject({ status: 404 });
  expect((await grants.list({ org })).items[0]).toMatchObject({ id: grant.id, state: 'revoked', looks: 1 });
  await app.app.relay.settled();
  const { rows } = await withClient(app.adminUrl.tenant, (admin) =>
    admin.query(`select operation, actor from changes where entity = 'support_grants' and entity_id = $1 order by id`, [
      grant.id,
    ]),
  );
  expect(rows).toEqual(['insert', 'update'].map((operation) => ({ operation, actor: `user:${owner.userId}` })));
});

test('ends by itself, the socket too', async () => {
  const grant = await grants.open({ org, body: { purpose, hours: 1 } });
  const closed = follow();
  await expect.poll(async () => (await trail(grant.id)).length).toBe(1);
  await app.databases.control
    .updateTable('support_grants')
    .set({ ends_at: new Date(Date.now() + 200).toISOString() })
    .where('id', '=', grant.id)
    .execute();
  await expect.poll(async () => (await get('test/parties')).status, { timeout: 5_000 }).toBe(404);
  expect(await closed).toBeLessThan(6_000);
  expect((await grants.list({ org })).items[0]).toMatchObject({ state: 'ended' });
});

/** Follows the organisation's changes. @returns when it was closed, in milliseconds since it was opened */
function follow(): Promise<number> {
  const url = `${app.baseUrl.replace('http', 'ws')}/api/v1/orgs/${org}/live`;
  const socket = new WebSocket(url, { headers: { cookie: person.cookie } });
  const began = Date.now();
  return new Promise((resolve, reject) => {
    socket.onclose = ({ code }) => (code === 4401 ? resolve(Date.now() - began) : reject(new Error(`closed: ${code}`)));
  });
}
