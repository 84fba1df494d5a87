import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Policy } from '#platform/contract/access.ts';
import { roles, type Route } from '#platform/contract/contract.ts';
import { restrictedColumns } from '#platform/contract/entity.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { withClient } from '#platform/test/connection.ts';
import { contracts } from '../features.ts';
import { plant, tenantTables } from './canaries.ts';
import { addPerson, type Person } from './people.ts';
import { allRoutes, ask, requestOf, requestsOf, scopeOfRoute, type Asked } from './routes.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/**
 * Inside one organisation: restricted fields leave for nobody who lacks their permission, and people who
 * may see their own things see nothing of others'. New fields and routes join by themselves.
 */
const notTheirs = 'NOT-THEIRS-5K';
const policy = new Policy(contracts);

let app: TestApp;
let ids: string[];
/** Restricted column → the value planted there and the permission that shows it. */
let secrets: { column: string; value: string; permission: string }[];
let people: { name: string; person: Person; can: (permission: string) => boolean }[];

beforeAll(async () => {
  app = await startTestApp();
  ids = Object.values(await plant(app, app.org.id, notTheirs));
  secrets = await plantSecrets();
  people = [];
  for (const role of roles) {
    const access = policy.ofRole(role);
    people.push({
      name: role,
      person: await addPerson(app, { role }),
      can: (permission) => access.can(permission),
    });
  }
  people.push(await withoutSecrets());
});
afterAll(() => app.stop());

/** The requests for a route that the owner finds something with, and one that nobody does. */
async function findable(route: Route): Promise<Asked[]> {
  const owner = people.find(({ name }) => name === 'owner')?.person;
  const found: Asked[] = [requestOf(route, 'test', randomUUID())];
  for (const request of requestsOf(route, 'test', ids)) {
    const { status, body } = await ask(app.baseUrl, request, owner);
    expect(status, `owner ${body}`).toBeLessThan(500);
    if (status !== 404) found.push(request);
  }
  return found;
}

const reads = allRoutes.filter((one) => scopeOfRoute(one) === 'org' && one.route.method === 'GET');

test('every restricted column holds a planted value', async () => {
  const planted = new Set(secrets.map(({ column }) => column));
  const all = await withClient(app.adminUrl.tenant, tenantTables);
  const missing = all.flatMap((table) =>
    [...restrictedColumns(table).keys()].map((column) => `${table}.${column}`).filter((one) => !planted.has(one)),
  );
  // A currency, a unit and a grade are words of a list, the others ids: what stands beside them is the secret. `seated` is counted,
  // a percentage is too short to be told from others, and names are those of other records.
  const wordsAndIds =
    /(rate|fee|value)_(currency|unit)$|\.grade$|^ranked_entries\.(list_id|resource_id)$|^schedule_items\.seated$|^engagements\.(probability|lead_user_id)$|^follow_ups\.(party_name|engagement_title|inquiry_title)$/;
  expect(missing.filter((column) => !wordsAndIds.test(column))).toEqual([]);
});

/** Who reads such a row depends on the row; who doesn't read all of them sees none in the history, which can't tell which. */
const byRow = /^(notes\.(title|body)|comments\.body)$/;

describe.each(reads)('$name', ({ contract, route }) => {
  test('shows restricted fields to those who may see them, and others’ things not to those who see their own', async () => {
    const requests = await findable(route);
    for (const { name, person, can } of people) {
      const seesAll = can(route.permission ?? '');
      for (const request of requests) {
        const { body, status } = await ask(app.baseUrl, request, person);
        expect(status, `${name} ${body}`).toBeLessThan(500);
        for (const { column, value, permission } of secrets) {
          if (can(permission) || (byRow.test(column) && contract.name !== 'history')) continue;
          expect(body, `${name} reads ${column}`).not.toContain(value);
        }
        if (!seesAll) expect(body, name).not.toContain(notTheirs);
      }
    }
  });
});

test('nobody finds by a restricted value, nor learns it from an order', async () => {
  const lists = reads.filter(({ route }) => route.query && 'q' in route.query.shape);
  expect(lists.length).toBeGreaterThan(2);
  const reading = async (path: string, person: Person) => {
    const { status, body } = await ask(
      app.baseUrl,
      { path: `/api/v1/orgs/test${path}`, method: 'GET', body: undefined },
      person,
    );
    expect(status, body).toBe(200);
    return JSON.parse(body);
  };
  for (const { name, person, can } of people) {
    for (const { route } of lists) {
      if (!can(route.permission ?? '')) continue;
      for (const { column, value, permission } of secrets) {
        if (can(permission)) continue;
        const { total } = await reading(`${route.path}?q=${encodeURIComponent(value)}`, person);
        expect(total, `${name} finds by ${column}`).toBe(0);
      }
    }
  }
  const find =
    '/find?kind=thing&startsAt=2031-01-01T10:00:00Z&endsAt=2031-01-01T11:00:00Z&rateCurrency=EUR&rateUnit=day';
  await withClient(app.adminUrl.tenant, async (client) => {
    for (const [name, rate] of [
      ['Order A', 900],
      ['Order B', 100],
    ] as const)
      await client.query(
        `insert into resources (org_id, id, kind, name, zone, rate_minor, rate_currency, rate_unit)
         values ($1, gen_random_uuid(), 'thing', $2, 'UTC', $3, 'EUR', 'day')`,
        [app.org.id, name, rate],
      );
  });
  const orderFor = async (role: string) => {
    const { person } = people.find(({ name }) => name === role) ?? expect.fail();
    const names: string[] = (await reading(find, person)).items.map(
      (item: { resource: { name: string } }) => item.resource.name,
    );
    return names.filter((name) => name.startsWith('Order'));
  };
  expect(await orderFor('manager')).toEqual(['Order B', 'Order A']);
  expect(await orderFor('staff')).toEqual(['Order A', 'Order B']);
});

test('a restricted field is refused from those who may not set it, by its name', async () => {
  const partial = people.at(-1);
  const [person] = ids;
  const change = requestOf(
    reads.find(({ name }) => name === 'resources.get')?.route ?? expect.fail(),
    'test',
    person ?? '',
  );
  const { status, body } = await ask(
    app.baseUrl,
    { ...change, method: 'PATCH', body: { version: 1, rateMinor: 1, rateCurrency: 'EUR', rateUnit: 'day' } },
    partial?.person,
  );
  expect(status).toBe(403);
  expect(JSON.parse(body)).toMatchObject({ code: 'forbidden', fields: [{ field: 'rateMinor' }] });
});

/** Writes something unmistakable into each restricted column that takes it. */
async function plantSecrets(): Promise<typeof secrets> {
  return withClient(app.adminUrl.tenant, async (client) => {
    await client.query("select set_config('app.actor', 'command', false)");
    await client.query(
      "update resources set rate_minor = 1, rate_currency = 'EUR', rate_unit = 'day' where org_id = $1",
      [app.org.id],
    );
    await client.query("update engagements set value_minor = 1, value_currency = 'EUR' where org_id = $1", [
      app.org.id,
    ]);
    await client.query("update cascades set fee_minor = 1, fee_currency = 'EUR' where org_id = $1", [app.org.id]);
    const planted: typeof secrets = [];
    for (const table of await tenantTables(client)) {
      for (const [column, permission] of restrictedColumns(table)) {
        const word = `secret-${table}-${column}`.replaceAll('_', '-');
        // A number of its own: two columns may be shown by different permissions.
        const number = String(987654321 + planted.length);
        const into = `update ${table} set ${column} = `;
        for (const [value, update] of [
          [`${word}@example.com`, `${into} $2 where org_id = $1`],
          [number, `${into} $2 where org_id = $1`],
          [word, `${into} ${column} || jsonb_build_object('planted', $2::text) where org_id = $1`],
        ] as const) {
          const done = await client.query(update, [app.org.id, value]).catch(() => undefined);
          if (!done?.rowCount) continue;
          planted.push({ column: `${table}.${column}`, value, permission });
          break;
        }
      }
    }
    return planted;
  });
}

/** Somebody with every permission but those of restricted fields: the strictest reader of each screen. */
async function withoutSecrets(): Promise<(typeof people)[number]> {
  const hidden = new Set(secrets.map(({ permission }) => permission));
  const reading = new Set(reads.map(({ route }) => route.permission));
  const permissions = policy.clauses
    .map(({ permission }) => permission)
    .filter((permission) => !hidden.has(permission) || reading.has(permission));
  const id = uuidv7();
  await app.databases.control
    .insertInto('custom_roles')
    .values({ id, organisation_id: app.org.id, name: 'All but secrets', permissions })
    .execute();
  const access = policy.ofPermissions(permissions);
  const person = await addPerson(app, { role: 'custom', customRoleId: id, name: 'Without' });
  return { name: 'custom', person, can: (permission) => access.can(permission) };
}
