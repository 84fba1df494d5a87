import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { startApp } from '#apps/server/start.ts';
import { createApiKey } from '#features/identity/server/commands.ts';
import { beginTenant } from '#features/identity/server/create-tenant.ts';
import { roles } from '../contract/contract.ts';
import { withClient } from '../test/connection.ts';
import { rolePrefix } from '../test/names.ts';
import { SecondServer } from '../test/second-server.ts';
import { enqueue } from '../jobs/task.ts';
import { openDatabases } from './databases.ts';
import { mintScope } from './scope.ts';
import { withTenant } from './tenant.ts';

let app: TestApp;
const second = new SecondServer();
const dedicated: TestOrganisation[] = [];
const shared: TestOrganisation[] = [];

beforeAll(async () => {
  await second.start();
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
  shared.push(app.org);
  for (let n = 1; n < 20; n++) shared.push(await app.addOrganisation(`shared-${n}`));
  for (let n = 0; n < 3; n++) dedicated.push(await addDedicated(`alone-${n}`));
}, 120_000);
afterAll(async () => {
  // A database that is down holds up no shut-down.
  await second.stop();
  await app.stop();
  await second.remove();
});

async function addDedicated(slug: string): Promise<TestOrganisation> {
  const organisation = { name: slug, slug, packs: ['venue'], zone: 'UTC', currency: 'EUR' };
  const placement = { kind: 'dedicated', server: second.url } as const;
  const { id, finished } = await beginTenant(app.databases, { organisation, placement, requestedBy: 'command' });
  await finished;
  const { key } = await createApiKey(app.databases.control, id, { name: 'test', role: 'owner', createdBy: null });
  const keys = roles.map((role) => [role, key] as const);
  return { id, slug, keys: Object.fromEntries(keys) as TestOrganisation['keys'] };
}

interface Seen {
  status: number;
  retryAfter: string | null;
  detail: string;
}

async function ask({ slug, keys }: TestOrganisation, method: 'GET' | 'POST' = 'GET'): Promise<Seen> {
  const response = await fetch(`${app.baseUrl}/api/v1/orgs/${slug}/parties`, {
    method,
    headers: {
      authorization: `Bearer ${keys.owner}`,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    },
    ...(method === 'POST' && { body: '{"name":"Ada"}' }),
  });
  const body = Object(await response.json());
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    detail: String(body.detail ?? ''),
  };
}

const statuses = async (organisations: TestOrganisation[]) => [
  ...new Set((await Promise.all(organisations.map((one) => ask(one)))).map(({ status }) => status)),
];

/** Asks everybody in turn until told to stop. */
function keepAsking(organisations: TestOrganisation[]) {
  const seen: Seen[] = [];
  let stopped = false;
  const lanes = [0, 1].map(async (lane) => {
    for (let n = lane; !stopped; n++) {
      const organisation = organisations[n % organisations.length];
      if (organisation) seen.push(await ask(organisation, n % 3 === 0 ? 'POST' : 'GET'));
    }
  });
  return {
    async stop(): Promise<Seen[]> {
      stopped = true;
      await Promise.all(lanes);
      return seen;
    },
  };
}

const eventsOf = async (name: string) =>
  (
    await app.databases.control
      .selectFrom('routing_events')
      .select('event')
      .where('database_name', '=', name)
      .orderBy('id')
      .execute()
  ).map(({ event }) => event);

const jobsOf = (org: TestOrganisation) =>
  withTenant(app.databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), (tx) =>
    enqueue(tx, 'platform.forgetKeys', {}),
  );

test('each dedicated organisation has a database of its own on the other server, and works', async () => {
  expect(await statuses([...shared, ...dedicated])).toEqual([200]);
  const names = new Set<string>();
  for (const { id } of dedicated) {
    const { name, kind, pool, server } = await app.databases.databaseOf(id);
    names.add(name);
    expect({ kind, most: pool.options.max, host: server.host }).toEqual({
      kind: 'dedicated',
      most: 2,
      host: new URL(second.url).host,
    });
  }
  expect(names.size).toBe(3);
  const { rows } = await app.databases.controlPool.query<{ sealed: string }>(
    'select sealed_url as sealed from tenant_databases where sealed_url is not null',
  );
  expect(rows).toHaveLength(3);
  for (const { sealed } of rows) expect(sealed).toMatch(/^hf1\./);
});

test(
  'the other server stops and comes back: its organisations wait, and nobody else notices',
  { timeout: 120_000 },
  async () => {
    const [one] = dedicated;
    if (!one) throw new Error('none');
    const { name } = await app.databases.databaseOf(one.id);
    const others = keepAsking(shared);
    const theirs = keepAsking(dedicated);
    await second.stop();
    await expect.poll(async () => (await ask(one)).status).toBe(503);
    const quick = await Promise.all(dedicated.flatMap((org) => Array.from({ length: 10 }, () => ask(org))));
    expect(new Set(quick.map(({ status }) => status))).toEqual(new Set([503]));
    expect(quick[0]).toMatchObject({ retryAfter: '2', detail: expect.stringContaining('cannot be reached') });

    const ready = await fetch(`${app.baseUrl}/readyz`);
    expect(ready.status).toBe(200);
    expect(Object(await ready.json()).databases).toMatchObject({ [name]: 'down' });
    await expect.poll(() => eventsOf(name), { timeout: 20_000 }).toEqual(['placed', 'unreachable']);
    // Nobody new is sent to a database that is down, and jobs of the others run.
    await jobsOf(app.org);
    await expect.poll(() => waitingJobs(), { timeout: 20_000 }).toBe(0);

    await second.start();
    await expect.poll(() => statuses(dedicated), { timeout: 30_000 }).toEqual([200]);
    await expect.poll(() => eventsOf(name), { timeout: 20_000 }).toEqual(['placed', 'unreachable', 'recovered']);
    const seen = await others.stop();
    expect(seen.filter(({ status }) => status >= 400)).toEqual([]);
    expect(seen.length).toBeGreaterThan(50);
    expect(new Set((await theirs.stop()).map(({ status }) => status))).toEqual(new Set([200, 201, 503]));
    // Their jobs run again too, without anybody starting anything.
    await jobsOf(one);
    const { jobsUrl } = await app.databases.databaseOf(one.id);
    await expect.poll(() => waitingJobs(jobsUrl), { timeout: 30_000 }).toBe(0);
  },
);

async function waitingJobs(url?: string): Promise<number> {
  return withClient(url ?? app.adminUrl.tenant, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from graphile_worker._private_jobs where run_at <= now()',
    );
    return rows[0]?.count ?? -1;
  });
}

test(
  'the other server hangs without a word: it is found out, and requests stop waiting',
  { timeout: 120_000 },
  async () => {
    const [one] = dedicated;
    if (!one) throw new Error('none');
    const others = keepAsking(shared);
    await second.freeze();
    try {
      expect((await ask(one)).status).toBe(503);
      await expect.poll(async () => (await app.databases.databaseOf(one.id)).down, { timeout: 30_000 }).toBe(true);
    } finally {
      second.thaw();
    }
    await expect.poll(() => statuses(dedicated), { timeout: 30_000 }).toEqual([200]);
    expect((await others.stop()).filter(({ status }) => status >= 400)).toEqual([]);
  },
);

test(
  'a process that starts while the server is down serves everybody else, and those when it is back',
  { timeout: 120_000 },
  async () => {
    const [one] = dedicated;
    if (!one) throw new Error('none');
    const { id } = await app.databases.databaseOf(one.id);
    // As if its schema were an older one: it must be prepared before it may be used.
    await app.databases.control
      .updateTable('tenant_databases')
      .set({ schema_version: 1 })
      .where('id', '=', id)
      .execute();
    await second.stop();
    const databases = await openDatabases(app.config, rolePrefix);
    const late = await startApp({ ...app.config, port: 0 }, databases);
    try {
      const name = (await databases.databaseOf(one.id)).name;
      const inTenant = (org: TestOrganisation) =>
        withTenant(databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), (tx) =>
          tx.query<{ one: number }>('select 1 as one'),
        );
      expect(await inTenant(app.org)).toEqual([{ one: 1 }]);
      await expect(inTenant(one)).rejects.toMatchObject({ code: 'unavailable' });
      expect((await databases.tenants()).find((database) => database.name === name)?.ready).toBe(false);
      await second.start();
      await expect.poll(() => inTenant(one).catch(String), { timeout: 30_000 }).toEqual([{ one: 1 }]);
      const states = await databases.databaseStates();
      expect(states.find((state) => state.name === name)).toMatchObject({ migrationError: null });
    } finally {
      await late.stop();
    }
  },
);

test('another process registers a database: workers and requests find it', { timeout: 60_000 }, async () => {
  const elsewhere = await openDatabases(app.config, rolePrefix);
  try {
    const organisation = { name: 'Late', slug: 'late', packs: ['venue'], zone: 'UTC', currency: 'EUR' };
    const { id, finished } = await beginTenant(elsewhere, {
      organisation,
      placement: { kind: 'dedicated' },
      requestedBy: 'command',
    });
    await finished;
    const { jobsUrl } = await app.databases.databaseOf(id);
    await jobsOf({ ...app.org, id });
    await expect.poll(() => waitingJobs(jobsUrl), { timeout: 15_000 }).toBe(0);
  } finally {
    await elsewhere.close();
  }
});

test('no connection string in logs, errors, operations or events', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  const log = pino(
    { level: 'trace' },
    new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) }),
  );
  const [one] = dedicated;
  if (!one) throw new Error('none');
  log.info({ database: await app.databases.databaseOf(one.id), tenants: await app.databases.tenants() }, 'all');
  const secret = new URL(second.url).password;
  const wrong = second.url.replace(secret, `not-${secret}`);
  for (const server of [
    wrong,
    `${wrong.slice(0, -10)}:no`,
    'postgres://',
    'mysql://a:b@c',
    second.url.replace(/:\d+\//, ':1/'),
  ]) {
    const organisation = { name: 'X', slug: 'x', packs: ['venue'], zone: 'UTC', currency: 'EUR' };
    const made = beginTenant(app.databases, {
      organisation,
      placement: { kind: 'dedicated', server },
      requestedBy: 'command',
    });
    const error: unknown = await made.then(({ finished }) => finished).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_input', details: { fields: [{ field: 'server' }] } });
    log.error({ err: error }, 'failed');
    lines.push(JSON.stringify(Object(error).details), String(error));
  }
  for (const table of ['tenant_operations', 'routing_events', 'organisations', 'tenant_databases'] as const)
    lines.push(JSON.stringify(await app.databases.control.selectFrom(table).selectAll().execute()));
  const all = lines.join('\n');
  expect(all).not.toContain(secret);
  expect(all).not.toContain(new URL((await app.databases.databaseOf(one.id)).appUrl).password);
  const states = JSON.stringify(await app.databases.databaseStates());
  expect(states).not.toContain('postgres://');
  const left = await app.databases.control.selectFrom('organisations').select('id').where('slug', '=', 'x').execute();
  expect(left).toEqual([]);
});

test(
  'three at once want one short name: one gets it, and nothing of the others is left',
  { timeout: 60_000 },
  async () => {
    const { control } = app.databases;
    const organisation = { name: 'Twin', slug: 'twin', packs: ['venue'], zone: 'UTC', currency: 'EUR' };
    const begun = await Promise.all(
      [1, 2, 3].map(() =>
        beginTenant(app.databases, { organisation, placement: { kind: 'dedicated' }, requestedBy: 'command' }),
      ),
    );
    const results = await Promise.allSettled(begun.map(({ finished }) => finished));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const databases = await control
      .selectFrom('tenant_databases as d')
      .leftJoin('organisations as o', 'o.tenant_database_id', 'd.id')
      .select(['d.name', 'o.slug'])
      .where('d.name', 'like', '%twin%')
      .execute();
    expect(databases).toEqual([{ name: expect.stringMatching(/_twin$/), slug: 'twin' }]);
    const states = await control
      .selectFrom('tenant_operations')
      .select(['state', 'error'])
      .where(
        'id',
        'in',
        begun.map(({ operationId }) => operationId),
      )
      .orderBy('state')
      .execute();
    expect(states).toEqual([
      { state: 'done', error: null },
      { state: 'failed', error: expect.stringMatching(/\w/) },
      { state: 'failed', error: expect.stringMatching(/\w/) },
    ]);
  },
);

test('the key of a connection is missing: that organisation is told, and everybody else is served', async () => {
  const [one] = dedicated;
  if (!one) throw new Error('none');
  const encryptionKeys = `other:${Buffer.alloc(32, 9).toString('base64')}`;
  const databases = await openDatabases({ ...app.config, encryptionKeys }, rolePrefix);
  try {
    await expect(databases.databaseOf(one.id)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await databases.databaseOf(app.org.id)).ready).toBe(true);
    const states = await databases.databaseStates();
    expect(states.filter(({ host }) => host === null)).toHaveLength(3);
    const migrated = await databases.migrateAll({ dryRun: true });
    expect(migrated.filter(({ error }) => error?.includes('key test is not configured'))).toHaveLength(3);
  } finally {
    await databases.close();
  }
});
