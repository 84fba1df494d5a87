import { expect, test } from 'vitest';
import { ownTestApp } from '#apps/server/test/test-app.ts';
import { withClient } from '../test/connection.ts';
import { housekeeping } from './housekeeping.ts';
import { enqueue } from './task.ts';

test('jobs that a killed worker left locked are run by a living one', async () => {
  const app = await ownTestApp({ HOLDFAST_ROLES: 'api,worker' });
  await withClient(app.adminUrl.tenant, async (client) => {
    // A far date keeps the living worker off until the job looks as a killed worker would have left it.
    await app.inTenant((tx) =>
      enqueue(tx, 'claims.expire', { claimId: app.org.id }, { runAt: '2099-01-01T00:00:00Z', key: 'left' }),
    );
    await client.query(
      `update graphile_worker._private_jobs set run_at = now(), locked_by = 'worker-that-died', locked_at = now() - interval '1 minute'`,
    );
    const left = async () => (await client.query('select from graphile_worker._private_jobs')).rowCount;
    expect(await left()).toBe(1);
    await expect.poll(left, { timeout: 30_000, interval: 500 }).toBe(0);
  });
});

test('whoever runs a job says that they live, so that nobody else takes it up', async () => {
  const app = await ownTestApp({ HOLDFAST_ROLES: 'api,worker' });
  await withClient(app.adminUrl.tenant, async (client) => {
    const query = async (sql: string) => (await client.query<{ by: string }>(sql)).rows.map(({ by }) => by);
    await client.query('begin');
    await client.query('lock table claims in access exclusive mode');
    await app.inTenant((tx) => enqueue(tx, 'claims.expire', { claimId: app.org.id }));
    const locked = 'select locked_by as by from graphile_worker._private_jobs where locked_by is not null';
    await expect.poll(() => query(locked)).toHaveLength(1);
    expect(await query('select worker_id as by from worker_heartbeats')).toEqual(await query(locked));
    await client.query('rollback');
  });
});

test('a job that is done while its database goes away is done again, and nothing else ends', async () => {
  const app = await ownTestApp({ HOLDFAST_ROLES: 'api,worker' });
  await withClient(app.adminUrl.tenant, async (client) => {
    await client.query(`create sequence goes`);
    await client.query(`create function goes_away() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.goes') = 1 then raise exception 'going' using errcode = 'admin_shutdown'; end if;
        return old;
      end $$`);
    await client.query(
      'create trigger goes_away before delete on graphile_worker._private_jobs for each row execute function goes_away()',
    );
    await app.inTenant((tx) => enqueue(tx, 'claims.expire', { claimId: app.org.id }));
    const left = async () => (await client.query('select from graphile_worker._private_jobs')).rowCount;
    await expect.poll(left, { timeout: 45_000, interval: 500 }).toBe(0);
    const { rows } = await client.query<{ tried: string }>('select last_value as tried from goes');
    expect(Number(rows[0]?.tried)).toBeGreaterThan(1);
  });
});

test('a job exists if and only if its transaction commits', async () => {
  const app = await ownTestApp();
  await app.inTenant((tx) => enqueue(tx, 'claims.expire', { claimId: app.org.id }, { runAt: '2099-01-01T00:00:00Z' }));
  const undone = app.inTenant(async (tx) => {
    await enqueue(tx, 'claims.expire', { claimId: app.org.id }, { runAt: '2099-01-01T00:00:00Z' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await withClient(app.adminUrl.tenant, async (client) => {
    const { rows } = await client.query<{ payload: object }>('select payload from graphile_worker._private_jobs');
    expect(rows).toEqual([{ payload: { claimId: app.org.id, orgId: app.org.id } }]);
  });
});

test('answers are kept for thirty days', async () => {
  const app = await ownTestApp();
  const keys = () =>
    app.inTenant((tx) =>
      tx.query<{ key: string }>("select key from idempotency_keys where actor = 'command' order by key"),
    );
  await app.inTenant(async (tx) => {
    for (const [key, days] of [
      ['new', 29],
      ['old', 31],
    ] as const) {
      await tx.query(
        `insert into idempotency_keys (org_id, actor, key, request_hash, status, answer, created_at)
         values ($1, 'command', $2, '', 201, '', now() - $3 * interval '1 day')`,
        [app.org.id, key, days],
      );
    }
  });
  const [forget] = housekeeping;
  const run = forget?.run as unknown as (context: { tenant: typeof app.inTenant }) => Promise<void>;
  await run({ tenant: app.inTenant });
  expect(await keys()).toEqual([{ key: 'new' }]);
});
