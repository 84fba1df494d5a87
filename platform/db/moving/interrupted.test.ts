import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countIn, nothing, sumsOf } from '../../../bench/bars/sums.ts';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { parties } from '#features/parties/contract.ts';
import { withClient } from '../../test/connection.ts';
import { rolePrefix, testSecret } from '../../test/names.ts';
import { enqueue } from '../../jobs/task.ts';
import type { TenantDatabase } from '../tenant-database.ts';
import { eraseOrganisation } from './erase.ts';
import { exportOrganisation } from './export.ts';
import { mendOperations } from './mend.ts';
import { moveOrganisation } from './move.ts';

/** Operations whose process is killed with -9 at each of their steps, and what is left of them. */
let app: TestApp;
let home: TenantDatabase;
let away: TenantDatabase;
let other: TestOrganisation;
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-interrupted-'));
const file = path.join(folder, 'test.holdfast.gz');
const by = { actor: 'command', requestId: 'test' };

beforeAll(async () => {
  app = await startTestApp();
  home = await app.databases.databaseOf(app.org.id);
  away = await app.databases.createTenantDatabase({ name: `${home.name}_away`, kind: 'dedicated' });
  other = await app.addOrganisation('other');
  await write();
  await app.client(parties, 'owner', other).create({ org: 'other', body: { name: 'Theirs' } });
  await app.inTenant((tx) =>
    enqueue(tx, 'claims.expire', { claimId: app.org.id }, { runAt: '2099-01-01T00:00:00Z', key: 'x' }),
  );
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

const write = () => app.client(parties).create({ org: 'test', body: { name: 'Ada' } });

/** The lock of the process that was killed takes a moment to go. */
async function mended(): Promise<void> {
  const look = async () => {
    await mendOperations(app.databases, app.app.services.log);
    return operations();
  };
  await expect.poll(look, { timeout: 40_000, interval: 100 }).toEqual([]);
}

/** @returns true when it died as it was told */
function interrupted(kind: string, at: string, database: string): Promise<boolean> {
  const env = {
    ...process.env,
    DATABASE_URL: app.config.databaseUrl,
    HOLDFAST_SECRET: testSecret,
    HOLDFAST_DATA: app.config.dataFolder,
    ROLE_PREFIX: rolePrefix,
    KIND: kind,
    ORGANISATION: app.org.id,
    DATABASE: database,
    FILE: file,
    DIES_AT: at,
  };
  const script = path.join(import.meta.dirname, 'interrupted-process.ts');
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')));
}

async function operations(): Promise<{ state: string; step: string }[]> {
  return app.databases.control
    .selectFrom('tenant_operations')
    .select(['state', 'step'])
    .where('state', '=', 'running')
    .execute();
}

async function gates(database: TenantDatabase): Promise<string[]> {
  return withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ state: string }>('select state from organisation_gates where org_id = $1', [
      app.org.id,
    ]);
    return rows.map(({ state }) => state);
  });
}

const undone = ['freezing', 'copying', 'checking', 'switching'];

test.each([...undone, 'switched', 'clearing'])('a move killed at %s', { timeout: 120_000 }, async (step) => {
  const from = await app.databases.databaseOf(app.org.id);
  const to = from === home ? away : home;
  const before = await sumsOf(from.ownerUrl, app.org.id);
  const aside = await sumsOf(home.ownerUrl, other.id);
  expect(await interrupted('move', step, to.id)).toBe(true);
  expect(await operations()).toEqual([{ state: 'running', step }]);
  app.databases.forgetPlacement(app.org.id);
  await mended();
  const [place, empty] = undone.includes(step) ? [from, to] : [to, from];
  app.databases.forgetPlacement(app.org.id);
  expect((await app.databases.databaseOf(app.org.id)).name).toBe(place.name);
  expect(await sumsOf(place.ownerUrl, app.org.id)).toEqual(before);
  expect(await countIn(empty.ownerUrl, app.org.id)).toEqual(nothing);
  expect(await gates(place)).toEqual([]);
  expect(await sumsOf(home.ownerUrl, other.id)).toEqual(aside);
  await write();
  await requireOneJob(place);
});

test('a move killed at any time is mended by the next one', { timeout: 120_000 }, async () => {
  for (const delay of [50, 90, 130, 170]) {
    const from = await app.databases.databaseOf(app.org.id);
    const to = from === home ? away : home;
    await interrupted('move', String(delay), to.id);
    app.databases.forgetPlacement(app.org.id);
    const now = await app.databases.databaseOf(app.org.id);
    const target = now === home ? away : home;
    const { settled } = await moveOrganisation(app.databases, {
      organisationId: app.org.id,
      toDatabaseId: target.id,
      by,
    });
    expect(settled).toBe(true);
    expect(await operations()).toEqual([]);
    await write();
    await requireOneJob(await app.databases.databaseOf(app.org.id));
  }
});

/** The job that waits since the beginning, once, when it was wanted. */
async function requireOneJob(place: TenantDatabase): Promise<void> {
  const jobs = await Promise.all([home, away].map((database) => jobsIn(database)));
  expect(jobs).toEqual([home, away].map((database) => (database === place ? ['2099-01-01T00:00:00.000Z'] : [])));
}

async function jobsIn(database: TenantDatabase): Promise<string[]> {
  return withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ run_at: Date }>(
      "select run_at from graphile_worker._private_jobs where payload ->> 'orgId' = $1",
      [app.org.id],
    );
    return rows.map(({ run_at }) => run_at.toISOString());
  });
}

test(
  'an erasing killed before its decision is undone, after it finished; a restoring the same',
  { timeout: 120_000 },
  async () => {
    const place = await app.databases.databaseOf(app.org.id);
    const before = await sumsOf(place.ownerUrl, app.org.id);
    await exportOrganisation(app.databases, { organisationId: app.org.id, file, by });
    const exists = () =>
      app.databases.control.selectFrom('organisations').select('id').where('id', '=', app.org.id).execute();

    expect(await interrupted('erase', 'freezing', place.id)).toBe(true);
    await mended();
    expect(await sumsOf(place.ownerUrl, app.org.id)).toEqual(before);
    expect(await gates(place)).toEqual([]);

    expect(await interrupted('erase', 'erasing', place.id)).toBe(true);
    await mended();
    expect(await exists()).toEqual([]);
    expect(await countIn(place.ownerUrl, app.org.id)).toEqual(nothing);

    for (const step of ['copying', 'checking', 'switching']) {
      expect(await interrupted('restore', step, place.id)).toBe(true);
      await mended();
      expect(await exists()).toEqual([]);
      expect(await countIn(place.ownerUrl, app.org.id)).toEqual(nothing);
    }
    expect(await interrupted('restore', 'switched', place.id)).toBe(true);
    await mended();
    app.databases.forgetPlacement(app.org.id);
    expect(await sumsOf(place.ownerUrl, app.org.id)).toEqual(before);
    await requireOneJob(place);
    await write();
    expect(await operations()).toEqual([]);
  },
);

test('erasing wants to be confirmed, unless the organisation is closed', async () => {
  const erase = (confirm?: string) => eraseOrganisation(app.databases, { organisationId: other.id, confirm, by });
  await expect(erase()).rejects.toThrow('Confirm it with the short name of the organisation, other.');
  await expect(erase('test')).rejects.toThrow('other');
  await app.databases.control
    .updateTable('organisations')
    .set({ status: 'closed' })
    .where('id', '=', other.id)
    .execute();
  await expect(erase()).resolves.toMatchObject({ settled: true });
});
