import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#platform/client/client.ts';
import { withClient } from '#platform/test/connection.ts';
import { plant } from '#apps/server/test/canaries.ts';
import { addOperator } from '#apps/server/test/operators.ts';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { allRoutes, ask, requestOf, scopeOfRoute } from '#apps/server/test/routes.ts';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { identity } from '#features/identity/contract.ts';
import { operator } from '../contract.ts';
import { createOperatorKey, revokeOperatorKey } from './keys.ts';

const canary = 'CANARY-OP-3';

let app: TestApp;
let other: TestOrganisation;
let person: Person;
/** Without a second factor. */
let bare: Person;
let owner: Person;
let api: Client<typeof operator>;

const clientOf = (cookie: string) => createClient(operator, { baseUrl: app.baseUrl, headers: { cookie } });

beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
  other = await app.addOrganisation('other');
  await plant(app, other.id, canary);
  person = await addOperator(app);
  bare = await addOperator(app, null);
  owner = await addPerson(app, { role: 'owner' });
  api = clientOf(person.cookie);
});
afterAll(() => app.stop());

const console = allRoutes.filter((one) => scopeOfRoute(one) === 'operator');

describe('who may', () => {
  test('an operator with a second factor, whichever', async () => {
    const byPasskey = await addOperator(app, 'passkey');
    await expect(clientOf(byPasskey.cookie).getInstallation({})).resolves.toMatchObject({ mail: false });
  });

  test.each(console)('$name: nobody without the second factor, and nobody else', async ({ route }) => {
    const asked = requestOf(route, 'test', randomUUID());
    const refused = await ask(app.baseUrl, asked, bare);
    expect([refused.status, refused.body]).toEqual([403, expect.stringContaining('second_factor_required')]);
    expect((await ask(app.baseUrl, asked, owner)).status).toBe(403);
  });

  test('a recovery code is no second factor for this', async () => {
    const { userId, cookie } = await addOperator(app);
    await app.databases.control
      .updateTable('sessions')
      .set({ factor: 'recovery' })
      .where('user_id', '=', userId)
      .execute();
    app.app.services.authenticator.forget();
    await expect(clientOf(cookie).listPlans({})).rejects.toMatchObject({ code: 'second_factor_required' });
  });

  test('a program with a key of its own, until it is revoked', async () => {
    const { control } = app.databases;
    const { id, key } = await createOperatorKey(control, 'Provisioning');
    const headers = { authorization: `Bearer ${key}` };
    const program = createClient(operator, { baseUrl: app.baseUrl, headers });
    await expect(program.listOrganisations({ query: {} })).resolves.toMatchObject({ total: 2 });
    await expect(createClient(identity, { baseUrl: app.baseUrl, headers }).me({})).resolves.toEqual({
      user: null,
      session: null,
      organisations: [],
    });
    const inside = await ask(app.baseUrl, { path: '/api/v1/orgs/test', method: 'GET', body: undefined }, { key });
    expect(inside.status).toBe(404);
    await revokeOperatorKey(control, id);
    await expect
      .poll(() => program.listPlans({}).catch(({ status }: { status: number }) => status), { timeout: 5_000 })
      .toBe(401);
    await expect(revokeOperatorKey(control, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('no route of the console shows a row of a tenant', async () => {
  await api.count({ params: { id: other.id } });
  const counted = async () => (await api.getOrganisation({ params: { id: other.id } })).usage;
  await expect.poll(counted, { timeout: 20_000 }).toMatchObject({ engagements: 1, claims: 4 });
  for (const { name, route } of console) {
    for (const id of [other.id, randomUUID()]) {
      for (const everything of [true, false]) {
        const { body, headers, status } = await ask(app.baseUrl, requestOf(route, 'other', id, everything), person);
        expect(body + headers, name).not.toContain(canary);
        expect(status, `${name} ${body}`).toBeLessThan(500);
      }
    }
  }
  await api.resume({ params: { id: other.id } }).catch(() => undefined);
});

test('the list: searched, by page, with what each holds', async () => {
  for (const slug of ['aa-one', 'aa-two', 'aa-three']) await app.addOrganisation(slug);
  const first = await api.listOrganisations({ query: { q: 'aa-', limit: 2 } });
  expect(first.items.map(({ slug }) => slug)).toEqual(['aa-one', 'aa-three']);
  expect(first.total).toBe(3);
  const second = await api.listOrganisations({ query: { q: 'aa-', limit: 2, after: first.next ?? '' } });
  expect(second.items.map(({ slug }) => slug)).toEqual(['aa-two']);
  expect(second.next).toBeNull();
  expect((await api.listOrganisations({ query: { q: '%' } })).items).toEqual([]);
  await expect(api.listOrganisations({ query: { after: 'nonsense' } })).rejects.toMatchObject({ status: 400 });
  await expect(api.getOrganisation({ params: { id: randomUUID() } })).rejects.toMatchObject({ status: 404 });
});

const input = { name: 'New House', packs: ['venue' as const], zone: 'UTC', currency: 'EUR' };

test('made, suspended, resumed, given a plan: in the operators’ log and in its own trail', async () => {
  const { email } = await addPerson(app, { name: 'First Owner' });
  const made = await api.createOrganisation({ body: { ...input, slug: 'new-house', ownerEmail: email, plan: 'solo' } });
  const params = { id: made.id };
  await expect.poll(async () => (await api.getOperation({ params: { id: made.operationId } })).state).toBe('done');
  const detail = await api.getOrganisation({ params });
  expect(detail).toMatchObject({ status: 'active', plan: 'solo', members: 1, limits: { people: 3, projects: 25 } });
  expect(detail.owners).toEqual([{ name: 'First Owner', email }]);

  await api.suspend({ params, body: { reason: 'The invoice of March is open' } });
  await api.setPlan({ params, body: { plan: 'team' } });
  expect(await api.getOrganisation({ params })).toMatchObject({
    status: 'suspended',
    plan: 'team',
    suspendedReason: 'The invoice of March is open.',
  });
  await expect(api.suspend({ params, body: { reason: 'Again' } })).rejects.toMatchObject({ status: 404 });
  await expect(api.setPlan({ params, body: { plan: 'gold' } })).rejects.toMatchObject({ status: 400 });
  await api.resume({ params });
  expect(await api.getOrganisation({ params })).toMatchObject({ status: 'active', suspendedReason: null });

  const log = await api.listEvents({ query: { organisationId: made.id } });
  expect(log.items.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'resume ok',
    'setPlan invalid_input',
    'suspend not_found',
    'setPlan ok',
    'suspend ok',
    'createOrganisation ok',
  ]);
  expect(log.items[0]).toMatchObject({ actor: 'Opal Operator', organisation: { name: 'New House' } });

  await app.app.relay.settled();
  const trail = await withClient(app.adminUrl.tenant, (client) =>
    client.query(
      `select actor, address, after from changes where org_id = $1 and entity = 'organisations' and operation = 'update' order by id`,
      [made.id],
    ),
  );
  expect(trail.rows.map(({ actor }) => actor)).toEqual(Array(3).fill(`user:${person.userId}`));
  expect(trail.rows[0]).toMatchObject({ after: { status: 'suspended' }, address: expect.any(String) });
});

test('what can’t be made is refused at once', async () => {
  const body = { ...input, slug: 'other' };
  await expect(api.createOrganisation({ body })).rejects.toMatchObject({ code: 'slug_taken' });
  const slug = 'another';
  await expect(
    api.createOrganisation({ body: { ...input, slug, ownerEmail: 'nobody@example.com' } }),
  ).rejects.toMatchObject({ fields: [{ field: 'ownerEmail' }] });
  await expect(api.createOrganisation({ body: { ...input, slug, plan: 'gold' } })).rejects.toMatchObject({
    status: 400,
  });
});

test('a database of its own, there and back, and dead', async () => {
  const body = { ...input, name: 'Own Four Walls', slug: 'own', placement: { kind: 'dedicated' as const } };
  const { id, operationId } = await api.createOrganisation({ body });
  const stateOf = async (operation: string) => (await api.getOperation({ params: { id: operation } })).state;
  await expect.poll(() => stateOf(operationId), { timeout: 30_000 }).toBe('done');
  const { place } = await api.getOrganisation({ params: { id } });
  expect(place.kind).toBe('dedicated');

  const shared = (await api.listDatabases({})).items.find(({ kind }) => kind === 'shared');
  const there = await api.move({ params: { id }, body: { databaseId: shared?.id ?? '' } });
  await expect.poll(() => stateOf(there.operationId), { timeout: 30_000 }).toBe('done');
  expect((await api.getOrganisation({ params: { id } })).place.kind).toBe('shared');
  await expect(api.move({ params: { id }, body: { databaseId: shared?.id ?? '' } })).rejects.toMatchObject({
    status: 400,
  });
  const back = await api.move({ params: { id }, body: { databaseId: place.databaseId } });
  await expect.poll(() => stateOf(back.operationId), { timeout: 30_000 }).toBe('done');

  await withClient(app.adminUrl.control, async (admin) => {
    await admin.query(`alter database ${place.database} with allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [place.database]);
  });
  const dead = async () => (await api.listDatabases({})).items.find(({ id: one }) => one === place.databaseId);
  await expect
    .poll(dead, { timeout: 20_000 })
    .toMatchObject({ reachable: false, queue: null, trouble: expect.any(String) });
  expect((await api.getInstallation({})).databasesDown).toEqual([place.database]);
  const events = await api.listRoutingEvents({ query: { database: place.database } });
  expect(events.items[0]).toMatchObject({ event: 'unreachable', database: place.database });
  expect((await api.listDatabases({})).items.find(({ kind }) => kind === 'shared')).toMatchObject({
    reachable: true,
    queue: { failed: expect.any(Number) },
    pool: { most: expect.any(Number) },
    bytes: expect.any(Number),
  });
  await withClient(app.adminUrl.control, (admin) =>
    admin.query(`alter database ${place.database} with allow_connections true`),
  );
  await expect.poll(dead, { timeout: 20_000 }).toMatchObject({ reachable: true, trouble: null });
}, 120_000);

test('migrations: what would be done, and a run', async () => {
  const planned = await api.planMigrations({});
  expect(planned.items.map(({ applied, error }) => [applied, error])).toEqual(planned.items.map(() => [[], null]));
  const ran = await api.runMigrations({ body: { parallel: 2 } });
  expect(ran.items.map(({ database }) => database)).toEqual(planned.items.map(({ database }) => database));
});

test('the sign-in log: who, how, and what came of it; filters', async () => {
  const { email } = await addPerson(app, { name: 'Sig Nin' });
  const { items } = await api.listSignIns({ query: { q: email } });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    user: { name: 'Sig Nin', email },
    way: 'password',
    outcome: 'ok',
    summary: 'Signed in',
  });
  expect((await api.listSignIns({ query: { q: email, outcome: 'refused' } })).items).toEqual([]);
  const one = await api.listSignIns({ query: { limit: 1 } });
  const next = await api.listSignIns({ query: { limit: 1, after: one.next ?? '' } });
  expect(next.items[0]?.id).toBeLessThan(one.items[0]?.id ?? 0);
});
