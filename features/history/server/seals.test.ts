import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownTestApp, startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { parties } from '#features/parties/contract.ts';
import { enqueue } from '#platform/jobs/task.ts';
import { moveOrganisation } from '#platform/db/moving/move.ts';
import { withClient } from '#platform/test/connection.ts';
import { rolePrefix } from '#platform/test/names.ts';
import { history } from '../contract.ts';
import { idsIn, rangesOf } from './seal-hash.ts';
import { sealChanges } from './seals.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const sealNow = () => sealChanges(app.databases, app.org.id, app.inTenant);

/** Seals what is there: other tests share the server, and while a transaction of theirs is open nothing behind it is sealed. */
async function seal(): Promise<number> {
  const behind = () =>
    app.inTenant((tx) =>
      tx.query('select from changes where org_id = $1 and xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1', [
        app.org.id,
      ]),
    );
  await expect.poll(behind, { timeout: 60_000 }).toEqual([]);
  return sealNow();
}

const verify = (heads: { seal: number; hash: string }[] = []) =>
  app.client(history).verify({ org: 'test', body: { heads } });
const asOwner = (sql: string, values: unknown[] = []) =>
  withClient(app.adminUrl.tenant, (client) => client.query<Record<string, unknown>>(sql, values));

async function writeParties(count: number): Promise<void> {
  await app.inTenant((tx) =>
    tx.query(
      `insert into parties (org_id, id, kind, name) select $1, gen_random_uuid(), 'person', 'P' || n from generate_series(1, $2::int) n`,
      [app.org.id, count],
    ),
  );
}

beforeEach(async () => {
  await asOwner('delete from change_seals');
  await asOwner('delete from changes');
  await app.databases.control.deleteFrom('audit_heads').execute();
});

test('ids as ranges and back', () => {
  expect(rangesOf([1, 2, 3, 7, 9, 10])).toBe('{[1,4),[7,8),[9,11)}');
  expect(idsIn('{[1,4),[7,8),[9,11)}')).toEqual([1, 2, 3, 7, 9, 10]);
  expect([rangesOf([]), idsIn('{}')]).toEqual(['{}', []]);
});

test('what is sealed is verified; the head is kept in the control database and can be taken home', async () => {
  expect(await verify()).toMatchObject({ sound: true, seals: 0, head: null });
  await writeParties(3);
  expect(await seal()).toBe(3);
  expect(await seal()).toBe(0);
  await writeParties(2);
  await seal();
  await writeParties(1);
  const { head, unsealed } = await app.client(history).head({ org: 'test' });
  expect({ head, unsealed }).toMatchObject({ head: { organisation: 'test', seal: 2, changes: 5 }, unsealed: 1 });
  const kept = await app.databases.control.selectFrom('audit_heads').selectAll().executeTakeFirstOrThrow();
  expect({ seal: kept.seal, hash: kept.hash.toString('hex') }).toEqual({ seal: 2, hash: head?.hash });
  const found = await verify(head ? [head].map(({ seal: number, hash }) => ({ seal: number, hash })) : []);
  expect(found).toMatchObject({ sound: true, seals: 2, changes: 5, unsealed: 1, faults: [] });
});

test('late committers and many sealers at once: no change is left out, none is sealed twice', async () => {
  const open: pg.Client[] = [];
  for (let round = 0; round < 25; round++) {
    if (open.length < 5) {
      const client = new pg.Client({ connectionString: app.adminUrl.tenant });
      await client.connect();
      await client.query('begin');
      await client.query(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', 'Late')`, [
        app.org.id,
        randomUUID(),
      ]);
      open.push(client);
    }
    if (Math.random() < 0.5) {
      const [client] = open.splice(Math.floor(Math.random() * open.length), 1);
      await client?.query(Math.random() < 0.8 ? 'commit' : 'rollback');
      await client?.end();
    }
    await Promise.all([sealNow(), sealNow(), sealNow()]);
    expect(await verify()).toMatchObject({ sound: true });
  }
  for (const client of open) {
    await client.query('commit');
    await client.end();
  }
  await Promise.all([seal(), seal()]);
  const { rows } = await asOwner(
    `select (select count(*) from changes)::int as rows, sum(changes)::int as sealed, count(*)::int as seals from change_seals`,
  );
  expect(rows[0]?.['sealed']).toBe(rows[0]?.['rows']);
  expect(await verify()).toMatchObject({ sound: true, unsealed: 0 });
});

test('broken off between the seal and its head: the next run keeps the head', async () => {
  const inControl = (sql: string) => withClient(app.adminUrl.control, (client) => client.query(sql));
  await writeParties(2);
  await inControl(`revoke insert, update on audit_heads from ${rolePrefix}_app`);
  await expect(seal()).rejects.toThrow('permission denied');
  expect(await verify()).toMatchObject({ sound: false, faults: [{ kind: 'head_missing' }] });
  await inControl(`grant insert, update on audit_heads to ${rolePrefix}_app`);
  expect(await seal()).toBe(0);
  expect(await verify()).toMatchObject({ sound: true, seals: 1 });
});

test('a large transaction is sealed whole, many small ones in several seals', { timeout: 120_000 }, async () => {
  await writeParties(6_000);
  for (let n = 0; n < 3; n++) await writeParties(2_000);
  expect(await seal()).toBe(12_000);
  const { rows } = await asOwner('select changes::int from change_seals order by number');
  expect(rows.map((row) => row['changes'])).toEqual([6_000, 4_000, 2_000]);
  expect(await verify()).toMatchObject({ sound: true, changes: 12_000 });
});

test('each kind of tampering is named; a record that lost its end is sealed no further', async () => {
  await writeParties(4);
  await seal();
  await writeParties(4);
  await seal();
  const first = `(select min(id) from changes)`;
  const cases: [string, string][] = [
    [`update changes set actor = 'user:nobody' where id = ${first}`, 'row_altered'],
    [`delete from changes where id = ${first}`, 'row_missing'],
    [
      `insert into changes (org_id, entity, entity_id, operation, actor, xid)
       select org_id, entity, gen_random_uuid(), operation, actor, xid from changes where id = ${first}`,
      'row_inserted',
    ],
    [`update change_seals set sealed_at = sealed_at + interval '1 second' where number = 1`, 'seal_altered'],
    [`delete from change_seals where number = 1`, 'seal_missing'],
    [`delete from change_seals where number = 2`, 'end_cut_off'],
  ];
  for (const [sql, kind] of cases) {
    await withClient(app.adminUrl.tenant, async (client) => {
      await client.query(
        'create table kept as select * from changes; create table kept_seals as select * from change_seals',
      );
      await client.query(sql);
    });
    expect(
      (await verify()).faults.map((fault) => fault.kind),
      sql,
    ).toContain(kind);
    if (kind === 'end_cut_off') await expect(seal()).rejects.toMatchObject({ code: 'record_broken' });
    await withClient(app.adminUrl.tenant, async (client) => {
      await client.query('delete from changes; delete from change_seals');
      await client.query(`insert into changes (org_id, id, entity, entity_id, version, operation, before, after, actor, real_actor,
        session, address, request_id, reason, at, xid) overriding system value select org_id, id, entity, entity_id, version,
        operation, before, after, actor, real_actor, session, address, request_id, reason, at, xid from kept`);
      await client.query('insert into change_seals select * from kept_seals; drop table kept, kept_seals');
    });
  }
  expect(await verify()).toMatchObject({ sound: true });
  expect(await verify([{ seal: 1, hash: 'ab'.repeat(32) }])).toMatchObject({ faults: [{ kind: 'head_differs' }] });
  expect(await verify([{ seal: 9, hash: 'ab'.repeat(32) }])).toMatchObject({ faults: [{ kind: 'end_cut_off' }] });
});

test('a record that was brought here from another database is sealed on', async () => {
  await writeParties(3);
  await seal();
  await writeParties(2);
  // What a move does: every row gets the transaction that brings it, and a new era begins.
  await asOwner('update changes set xid = pg_current_xact_id()');
  await asOwner('insert into organisation_arrivals (org_id) values ($1)', [app.org.id]);
  expect(await verify()).toMatchObject({ sound: true, unsealed: 2 });
  expect(await seal()).toBe(2);
  await writeParties(1);
  expect(await seal()).toBe(1);
  expect(await verify()).toMatchObject({ sound: true, seals: 3, changes: 6, unsealed: 0 });
});

test('an organisation that moved there and back is verified and sealed on', { timeout: 120_000 }, async () => {
  await writeParties(3);
  await seal();
  await writeParties(2);
  const home = await app.databases.databaseOf(app.org.id);
  const away = await app.databases.createTenantDatabase({
    name: `sealed_${randomUUID().slice(0, 8)}`,
    kind: 'dedicated',
  });
  const by = { actor: 'command', requestId: 'test' };
  for (const [round, to] of [away, home].entries()) {
    await moveOrganisation(app.databases, { organisationId: app.org.id, toDatabaseId: to.id, by });
    await app.app.relay.settled();
    expect(await verify()).toMatchObject({ sound: true });
    await writeParties(1);
    await seal();
    expect(await verify()).toMatchObject({ sound: true, unsealed: 0 });
    expect((await verify()).seals).toBeGreaterThan(round + 1);
  }
  await app.databases.removeTenantDatabase(away.id);
});

test('a foreign organisation’s record is neither sealed nor read', async () => {
  const other = await app.addOrganisation('other');
  await writeParties(1);
  await seal();
  const { rows } = await asOwner('select count(*)::int as count from change_seals where org_id = $1', [other.id]);
  expect(rows[0]?.['count']).toBe(0);
  expect((await app.client(history, 'owner', other).verify({ org: 'other', body: {} })).seals).toBe(0);
});

test('the job seals what was written', async () => {
  const own = await ownTestApp({ HOLDFAST_ROLES: 'api,worker' });
  await own.client(parties).create({ org: 'test', body: { name: 'Sealed' } });
  await own.inTenant((tx) => enqueue(tx, 'history.seal', {}));
  const head = async () => (await own.client(history).head({ org: 'test' })).head;
  await expect.poll(async () => (await head())?.changes ?? 0, { timeout: 45_000 }).toBeGreaterThan(0);
  expect(await own.client(history).verify({ org: 'test', body: {} })).toMatchObject({ sound: true });
});
