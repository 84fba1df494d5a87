import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, routePath, type Contract, type Route } from '#platform/contract/contract.ts';
import { openApiDocument } from '#platform/contract/openapi.ts';
import { withClient } from '#platform/test/connection.ts';
import { contracts } from '../features.ts';
import { sampleOf } from './sample.ts';
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

beforeAll(async () => {
  app = await startTestApp();
  other = await app.addOrganisation('other');
  foreignIds = await plantCanaries();
  before = await checksum();
});
afterAll(() => app.stop());

interface Case {
  name: string;
  contract: Contract;
  route: Route;
}
const all: Case[] = contracts.flatMap((contract) =>
  Object.entries(contract.routes).map(([name, route]) => ({ name: `${contract.name}.${name}`, contract, route })),
);
const inOrganisation = all.filter(({ route }) => (route.scope ?? 'org') === 'org');
const document = openApiDocument(contracts, 'test') as {
  paths: Record<string, Record<string, { operationId: string }>>;
  components: { schemas: Record<string, Record<string, unknown>> };
};

test('the matrix, the API document and the server have the same routes', async () => {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const listed = all.map(({ route }) => `${route.method} ${routePath(route)}`);
  expect(documented.toSorted()).toEqual(listed.toSorted());
  expect(new Set(listed).size).toBe(listed.length);
  const served = await fetch(`${app.baseUrl}/api/openapi.json`).then(
    (response) => response.json() as Promise<typeof document>,
  );
  expect(Object.keys(served.paths)).toEqual(Object.keys(document.paths));
});

describe.each(inOrganisation)('$name', ({ contract, route }) => {
  const clause = contract.permissions[route.permission ?? ''];
  const holders: readonly string[] = [...(clause?.roles ?? []), ...((route.own && clause?.own) || [])];

  test('nobody without a valid credential', async () => {
    for (const key of [undefined, 'hf_invalid', 'x'.repeat(300)]) {
      expect((await ask(route, 'test', key, randomUUID())).status).toBe(401);
    }
  });

  test('each role by its permission', async () => {
    for (const role of roles) {
      const { status, body } = await ask(route, 'test', app.org.keys[role], randomUUID());
      if (holders.includes(role)) expect([401, 403, 500], body).not.toContain(status);
      else expect(status).toBe(403);
    }
  });

  test('a foreign organisation looks like one that does not exist', async () => {
    const foreign = await ask(route, 'other', app.org.keys.owner, randomUUID());
    const byId = await ask(route, other.id, app.org.keys.owner, randomUUID());
    const missing = await ask(route, randomUUID(), app.org.keys.owner, randomUUID());
    expect(foreign.status).toBe(404);
    expect(foreign.comparable).toEqual(missing.comparable);
    expect(byId.comparable).toEqual(missing.comparable);
  });

  test('a foreign id looks like a random one, and nothing of it gets out', async () => {
    const random = await ask(route, 'test', app.org.keys.owner, randomUUID());
    expect(random.status, random.body).toBeLessThan(500);
    for (const id of foreignIds) {
      const foreign = await ask(route, 'test', app.org.keys.owner, id);
      expect(foreign.body).not.toContain(canary);
      expect(foreign.headers).not.toContain(canary);
      expect(foreign.comparable).toEqual(random.comparable);
    }
  });
});

test('the other organisation is untouched', async () => {
  expect(await checksum()).toBe(before);
});

interface Answer {
  status: number;
  body: string;
  headers: string;
  /** Without what differs between any two answers. */
  comparable: unknown;
}

/** A request with a valid body and every id set to `id`. */
async function ask(route: Route, org: string, key: string | undefined, id: string): Promise<Answer> {
  const operation = document.paths[routePath(route).replace(/:(\w+)/g, '{$1}')]?.[
    route.method.toLowerCase()
  ] as unknown as {
    parameters: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
    requestBody?: { content: { 'application/json': { schema: Record<string, unknown> } } };
  };
  const { schemas } = document.components;
  const options = { id, optional: false };
  const query = new URLSearchParams();
  for (const { name, in: where, required, schema } of operation.parameters) {
    const isId = schema['format'] === 'uuid' || (schema['items'] as { format?: string } | undefined)?.format === 'uuid';
    if (where === 'query' && (required || isId))
      query.set(name, String(asQuery(name, sampleOf(schema, schemas, options))));
  }
  const path = routePath(route)
    .replace(':org', org)
    .replace(/:(\w+)/g, id);
  const schema = operation.requestBody?.content['application/json'].schema;
  const body = schema && JSON.stringify(sampleOf(schema, schemas, { id, optional: false }));
  const response = await fetch(`${app.baseUrl}${path}?${query}`, {
    method: route.method,
    headers: { ...(key && { authorization: `Bearer ${key}` }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body }),
  });
  const text = await response.text();
  const headers = [...response.headers].filter(([name]) => !['date', 'content-length'].includes(name));
  return {
    status: response.status,
    body: text,
    headers: JSON.stringify(headers),
    comparable: [response.status, masked(text), headers.map(([name]) => name)],
  };
}

function asQuery(name: string, value: unknown): unknown {
  return (
    {
      from: '2029-03-01T10:00:00Z',
      to: '2029-03-01T12:00:00Z',
      startsAt: '2029-03-01T10:00:00Z',
      endsAt: '2029-03-01T12:00:00Z',
    }[name] ?? value
  );
}

/** Ids, times, secrets and counts of what this very test made differ from answer to answer. */
function masked(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/hf_[\w-]+|"url":"[^"]+"/g, '<secret>')
    .replaceAll(/"items":\[.*\]/g, '<items>')
    .replaceAll(/"(total|rank|unread|next)":("[^"]*"|\w+)/g, '"$1":<n>')
    .replaceAll(/\d+(?:st|nd|rd|th) hold/g, '<n> hold');
}

async function plantCanaries(): Promise<string[]> {
  const ids = {
    resource: randomUUID(),
    engagement: randomUUID(),
    claim: randomUUID(),
    hold: randomUUID(),
    party: randomUUID(),
    series: randomUUID(),
    timeOff: randomUUID(),
    calendar: randomUUID(),
    feed: randomUUID(),
  };
  const o = other.id;
  await withClient(app.adminUrl.tenant, async (client) => {
    await client.query("select set_config('app.actor', 'command', false)");
    const insert = (sql: string, values: unknown[]) => client.query(sql, values);
    await insert(`insert into resources (org_id, id, kind, name, zone) values ($1, $2, 'place', $3, 'UTC')`, [
      o,
      ids.resource,
      canary,
    ]);
    await insert(`insert into series (org_id, id, name) values ($1, $2, $3)`, [o, ids.series, canary]);
    await insert(
      `insert into engagements (org_id, id, pack, title, stage, zone, starts_at, ends_at) values ($1, $2, 'venue', $3, 'inquiry', 'UTC', '2029-03-01', '2029-03-02')`,
      [o, ids.engagement, canary],
    );
    for (const [id, status, rank] of [
      [ids.claim, 'commit', null],
      [ids.hold, 'hold', 1],
    ] as const) {
      await insert(
        `insert into claims (org_id, id, resource_id, engagement_id, group_id, status, rank, starts_at, ends_at, zone, exclusive, note, placed_by)
         values ($1, $2, $3, $4, $2, $5, $6, '2029-03-01T09:00Z', '2029-03-01T13:00Z', 'UTC', true, $7, 'command')`,
        [o, id, ids.resource, ids.engagement, status, rank, canary],
      );
    }
    await insert(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', $3)`, [o, ids.party, canary]);
    await insert(
      `insert into time_off (org_id, id, resource_id, starts_at, ends_at, reason) values ($1, $2, $3, '2029-03-01', '2029-03-02', $4)`,
      [o, ids.timeOff, ids.resource, canary],
    );
    await insert(`insert into calendars (org_id, id, resource_id, name) values ($1, $2, $3, $4)`, [
      o,
      ids.calendar,
      ids.resource,
      canary,
    ]);
    await insert(
      `insert into feeds (org_id, id, token_hash, name, created_by) values ($1, $2, 'none', $3, 'command')`,
      [o, ids.feed, canary],
    );
  });
  return Object.values(ids);
}

/** Of every row of the other organisation, history included; that somebody was refused there is written down, and right. */
async function checksum(): Promise<string> {
  return withClient(app.adminUrl.tenant, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
    );
    const sums: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select $2 || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where org_id = $1 ${name === 'changes' ? "and entity <> 'access'" : ''}`,
        [other.id, name],
      );
      sums.push(rows[0]?.sum ?? '');
    }
    return sums.join('\n');
  });
}
