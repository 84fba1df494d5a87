import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, routePath, type Role } from '#platform/contract/contract.ts';
import { withClient } from '#platform/test/connection.ts';
import { checksumOf, plant, relayed, tenantTables, unplanted } from './canaries.ts';
import { addPerson, type Person } from './people.ts';
import { allRoutes, ask, document, requestOf, requestsOf, scopeOfRoute, type Credential } from './routes.ts';
import { startTestApp, type TestApp, type TestOrganisation } from './test-app.ts';

/**
 * Every route × who asks × whose ids. A new route joins by itself. Another organisation's rows carry a
 * canary word that may appear in no answer.
 */
const canary = 'CANARY-7Q';

let app: TestApp;
let other: TestOrganisation;
/** One id of each kind of thing in the other organisation. */
let foreignIds: string[];
let before: string;
/** A signed-in member of each role, of `test`. */
let members: Record<Role, Person>;
/** Who is none (any more). */
let strangers: Record<string, Credential>;

beforeAll(async () => {
  app = await startTestApp();
  other = await app.addOrganisation('other');
  foreignIds = Object.values(await plant(app, other.id, canary));
  const people: [Role, Person][] = [];
  for (const role of roles) people.push([role, await addPerson(app, { role })]);
  members = Object.fromEntries(people) as Record<Role, Person>;
  strangers = await makeStrangers();
  await relayed(app);
  before = await checksumOf(app.adminUrl.tenant, other.id);
});
afterAll(() => app.stop());

const inOrganisation = allRoutes.filter((one) => scopeOfRoute(one) === 'org');

test('the matrix, the API document and the server have the same routes', async () => {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const listed = allRoutes.map(({ route }) => `${route.method} ${routePath(route)}`);
  expect(documented.toSorted()).toEqual(listed.toSorted());
  expect(new Set(listed).size).toBe(listed.length);
  const served = await fetch(`${app.baseUrl}/api/openapi.json`).then(
    (response) => response.json() as Promise<typeof document>,
  );
  expect(Object.keys(served.paths)).toEqual(Object.keys(document.paths));
});

test('every table of the other organisation carries the canary', async () => {
  const empty = await withClient(app.adminUrl.tenant, async (client) => {
    const found: string[] = [];
    for (const table of await tenantTables(client)) {
      const { rowCount } = await client.query(`select from ${table} where org_id = $1 limit 1`, [other.id]);
      if (!rowCount && !(table in unplanted)) found.push(table);
    }
    return found;
  });
  expect(empty, 'Plant a row of these in canaries.ts.').toEqual([]);
});

describe.each(inOrganisation)('$name', ({ contract, route }) => {
  const clause = contract.permissions[route.permission ?? ''];
  const holders: readonly string[] = [...(clause?.roles ?? []), ...((route.own && clause?.own) || [])];
  const asked = (org = 'test', id: string = randomUUID()) => requestOf(route, org, id);

  test('nobody without a valid credential', async () => {
    for (const credential of [
      undefined,
      { key: 'hf_invalid' },
      { key: 'x'.repeat(300) },
      { cookie: 'holdfast.session_token=x.y' },
    ]) {
      expect((await ask(app.baseUrl, asked(), credential)).status).toBe(401);
    }
  });

  test('each role by its permission, as a person and as a program', async () => {
    for (const role of roles) {
      const byPerson = await ask(app.baseUrl, asked(), members[role]);
      const byProgram = await ask(app.baseUrl, asked(), { key: app.org.keys[role] });
      for (const [{ status, body }, allowed] of [
        [byPerson, holders.includes(role)],
        // A program can't prove who it is a second time.
        [byProgram, holders.includes(role) && !route.fresh],
      ] as const) {
        if (allowed) expect([401, 403, 500], `${role} ${body}`).not.toContain(status);
        else expect(status, `${role} ${body}`).toBe(403);
      }
    }
  });

  test('those who left, are elsewhere, or have a factor to pass', async () => {
    const missing = await ask(app.baseUrl, asked(randomUUID()), members.owner);
    for (const [who, credential] of Object.entries(strangers)) {
      const { status, comparable, body } = await ask(app.baseUrl, asked(), credential);
      if (who === 'pending') expect([status, body]).toEqual([403, expect.stringContaining('second_factor_needed')]);
      else expect(comparable, who).toEqual(missing.comparable);
    }
  });

  test('a foreign organisation looks like one that does not exist', async () => {
    const owner = { key: app.org.keys.owner };
    const foreign = await ask(app.baseUrl, asked('other'), owner);
    const byId = await ask(app.baseUrl, asked(other.id), owner);
    const missing = await ask(app.baseUrl, asked(randomUUID()), owner);
    expect(foreign.status).toBe(404);
    expect(foreign.comparable).toEqual(missing.comparable);
    expect(byId.comparable).toEqual(missing.comparable);
  });

  test('a foreign id looks like a random one, and nothing of it gets out', async () => {
    const random = await ask(app.baseUrl, asked(), members.owner);
    expect(random.status, random.body).toBeLessThan(500);
    for (const request of requestsOf(route, 'test', foreignIds)) {
      const foreign = await ask(app.baseUrl, request, members.owner);
      expect(foreign.body).not.toContain(canary);
      expect(foreign.headers).not.toContain(canary);
      expect(foreign.comparable).toEqual(random.comparable);
    }
  });
});

describe.each(allRoutes.filter((one) => scopeOfRoute(one) === 'account'))('$name', ({ route }) => {
  test('nobody without a valid credential; a session with a factor to pass only where it says so', async () => {
    const asked = requestOf(route, 'test', randomUUID());
    expect((await ask(app.baseUrl, asked, undefined)).status).toBe(401);
    const { status, body } = await ask(app.baseUrl, asked, route.pending ? undefined : strangers['pending']);
    if (!route.pending) expect([status, body]).toEqual([403, expect.stringContaining('second_factor_needed')]);
  });
});

describe.each(allRoutes.filter((one) => scopeOfRoute(one) === 'operator'))('$name', ({ route }) => {
  test('nobody but operators, whatever they are elsewhere', async () => {
    const asked = requestOf(route, 'test', randomUUID());
    expect((await ask(app.baseUrl, asked, undefined)).status).toBe(401);
    for (const credential of [members.owner, { key: app.org.keys.owner }, strangers['pending']]) {
      expect((await ask(app.baseUrl, asked, credential)).status).toBe(403);
    }
  });
});

test('the other organisation is untouched', async () => {
  expect(await checksumOf(app.adminUrl.tenant, other.id)).toBe(before);
});

async function makeStrangers(): Promise<Record<string, Credential>> {
  const { control } = app.databases;
  const left = await addPerson(app, { role: 'owner', name: 'Left' });
  await control.deleteFrom('memberships').where('user_id', '=', left.userId).execute();
  const elsewhere = await addPerson(app, { role: 'owner', org: other, name: 'Elsewhere' });
  const pending = await addPerson(app, { role: 'owner', name: 'Pending' });
  await control.updateTable('sessions').set({ pending: true }).where('user_id', '=', pending.userId).execute();
  return {
    left,
    elsewhere,
    otherKey: { key: other.keys.owner },
    pending,
  };
}
