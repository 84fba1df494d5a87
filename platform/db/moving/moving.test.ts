import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countIn, nothing, sumsOf } from '../../../bench/bars/sums.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { ApiError } from '#platform/client/client.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { withClient } from '../../test/connection.ts';
import { rolePrefix } from '../../test/names.ts';
import { readConfig } from '../../config.ts';
import { openDatabases } from '../databases.ts';
import { mintScope } from '../scope.ts';
import type { TenantDatabase } from '../tenant-database.ts';
import { withTenant } from '../tenant.ts';
import { carriedTables, leftTables } from './control-record.ts';
import { moveOrganisation } from './move.ts';
import type { OnProgress } from './operation.ts';

let app: TestApp;
let home: TenantDatabase;
let away: TenantDatabase;
const by = { actor: 'command', requestId: 'test' };

beforeAll(async () => {
  app = await startTestApp();
  home = await app.databases.databaseOf(app.org.id);
  away = await app.databases.createTenantDatabase({ name: `${home.name}_away`, kind: 'dedicated' });
});
afterAll(() => app.stop());

const write = () => app.client(parties).create({ org: 'test', body: { name: 'Ada' } });
const read = () => app.client(parties).list({ org: 'test', query: {} });
const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error: unknown) => (error instanceof ApiError ? error.status : error),
  );

async function otherPlace(): Promise<TenantDatabase> {
  app.databases.forgetPlacement(app.org.id);
  return (await app.databases.databaseOf(app.org.id)).id === home.id ? away : home;
}

/** @param atStep called once at each, not again every second */
async function move(to: TenantDatabase, atStep: (step: string) => unknown = () => undefined) {
  const seen = new Set<string>();
  const onProgress: OnProgress = async (step) => {
    if (seen.has(step)) return;
    seen.add(step);
    await atStep(step);
  };
  return moveOrganisation(app.databases, { organisationId: app.org.id, toDatabaseId: to.id, by, onProgress });
}

test('while it is copied everybody reads, and writers are told to try again, whatever they write', async () => {
  const { id: room } = await app.client(resources).create({ org: 'test', body: { kind: 'place', name: 'Room' } });
  const place = () =>
    app.client(claims).place({
      org: 'test',
      body: {
        claims: [
          { resourceId: room, status: 'commit', startsAt: '2029-01-01T10:00:00Z', endsAt: '2029-01-01T11:00:00Z' },
        ],
      },
    });
  const met: unknown[] = [];
  await move(await otherPlace(), async (step) => {
    if (step === 'copying' || step === 'checking' || step === 'switching')
      met.push(step, await statusOf(read()), await statusOf(write()), await statusOf(place()));
    // Everybody is sent to the new place, which is still closed to writers.
    if (step === 'switched') met.push(step, await statusOf(read()), await statusOf(write()));
    if (step === 'clearing') met.push(step, await statusOf(read()), await statusOf(write()), await statusOf(place()));
  });
  const closed = [200, 503, 503];
  expect(met).toEqual([
    'copying',
    ...closed,
    'checking',
    ...closed,
    'switching',
    ...closed,
    'switched',
    200,
    503,
    'clearing',
    200,
    200,
    200,
  ]);
});

test('a writer under way is waited for, and what it wrote comes along', async () => {
  const id = randomUUID();
  let began: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => (began = resolve));
  let end: () => void = () => undefined;
  const mayEnd = new Promise<void>((resolve) => (end = resolve));
  const writing = app.inTenant(async (tx) => {
    await tx.query(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', 'Late')`, [app.org.id, id]);
    began();
    await mayEnd;
  });
  await hasBegun;
  const steps: string[] = [];
  const moving = move(await otherPlace(), (step) => void steps.push(step));
  await expect.poll(() => statusOf(write()), { timeout: 20_000 }).toBe(503);
  expect(steps).toEqual(['freezing']);
  end();
  await writing;
  await moving;
  expect(await statusOf(app.client(parties).get({ org: 'test', params: { id } }))).toBe(200);
});

test('a process that still believes in the old place writes in the new one', async () => {
  const other = await openDatabases(
    readConfig({
      ...process.env,
      DATABASE_URL: app.config.databaseUrl,
      HOLDFAST_SECRET: app.config.secret,
      HOLDFAST_DATA: app.config.dataFolder,
      NODE_ENV: 'test',
    }),
    rolePrefix,
  );
  try {
    const to = await otherPlace();
    const scope = mintScope({ orgId: app.org.id, actor: 'command', requestId: 'test' });
    await withTenant(other, scope, (tx) => tx.query('select 1'), { readOnly: true });
    await move(to);
    const id = randomUUID();
    await withTenant(other, scope, (tx) =>
      tx.query(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', 'Stale')`, [app.org.id, id]),
    );
    expect(await statusOf(app.client(parties).get({ org: 'test', params: { id } }))).toBe(200);
    expect(await countIn((await otherPlace()).ownerUrl, app.org.id)).toEqual(nothing);
  } finally {
    await other.close();
  }
});

test('a copy that is not the same is undone: nothing has happened', async () => {
  const to = await otherPlace();
  const from = await app.databases.databaseOf(app.org.id);
  const before = await sumsOf(from.ownerUrl, app.org.id);
  await withClient(to.ownerUrl, (client) =>
    client.query(`create function alter_it() returns trigger language plpgsql as $$ begin new.name := upper(new.name); return new; end $$;
      create trigger alter_it before insert on parties for each row execute function alter_it()`),
  );
  await expect(move(to)).rejects.toThrow(/^parties: (\d+) rows left, \1 arrived, and they are not the same\.$/);
  await withClient(to.ownerUrl, (client) => client.query('drop trigger alter_it on parties; drop function alter_it'));
  expect(await sumsOf(from.ownerUrl, app.org.id)).toEqual(before);
  expect(await countIn(to.ownerUrl, app.org.id)).toEqual(nothing);
  expect(await statusOf(write())).toBe(200);
  const [last] = await app.databases.control
    .selectFrom('tenant_operations')
    .select(['state', 'error'])
    .orderBy('started_at', 'desc')
    .limit(1)
    .execute();
  expect(last).toMatchObject({ state: 'failed', error: expect.stringContaining('parties') });
});

test('one at a time; and not to where it is', async () => {
  const to = await otherPlace();
  const refused: string[] = [];
  await move(to, async (step) => {
    if (step === 'copying') await move(to).catch((error: unknown) => refused.push(String(error)));
  });
  expect(refused).toEqual([expect.stringContaining('Wait until that has ended')]);
  await expect(move(to)).rejects.toThrow('lives in this database already');
});

test('its history says that it moved, and goes on in order beside others', async () => {
  await move(await otherPlace());
  await write();
  const order = () =>
    app.inTenant((tx) =>
      tx.query<{ entity: string; at: string }>('select entity, at from changes where org_id = $1 order by id', [
        app.org.id,
      ]),
    );
  await expect
    .poll(async () => (await order()).filter(({ entity }) => entity === 'organisations').length, { timeout: 20_000 })
    .toBeGreaterThan(0);
  const other = await app.addOrganisation(`beside-${randomUUID().slice(0, 8)}`);
  for (let n = 0; n < 5; n++) {
    await app.client(parties, 'owner', other).create({ org: other.slug, body: { name: 'Bea' } });
    await write();
  }
});

test('every table of the control database that belongs to an organisation is thought of', async () => {
  const tables = await withClient(app.adminUrl.control, async (client) => {
    const { rows } = await client.query<{ name: string; own: boolean }>(
      `select c.relname as name, exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
                                            and f.confrelid = 'organisations'::regclass) as own
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
    );
    return rows;
  });
  const names = (own: boolean) => tables.filter((table) => table.own === own).map(({ name }) => name);
  expect(names(true)).toEqual([...carriedTables, ...Object.keys(leftTables)].toSorted());
  // Logs of the installation, which outlive what they are about.
  expect(names(false)).toEqual(['operator_events', 'routing_events', 'tenant_operations']);
});
