import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabases, type TestDatabases } from '#platform/test/databases.ts';
import { referenceFaults } from './references.ts';

let cloned: TestDatabases;
const clients: Partial<Record<'control' | 'tenant', pg.Client>> = {};
beforeAll(async () => {
  cloned = await cloneDatabases();
  for (const kind of ['control', 'tenant'] as const) {
    const client = new pg.Client({ connectionString: cloned.adminUrl[kind] });
    await client.connect();
    clients[kind] = client;
  }
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.end();
  await cloned.databases.close();
});

async function faultsOf(kind: 'control' | 'tenant', sql = ''): Promise<string> {
  const client = clients[kind];
  if (!client) throw new Error('Not connected.');
  await client.query('begin');
  try {
    if (sql) await client.query(sql);
    return (await referenceFaults(client, kind)).join('\n');
  } finally {
    await client.query('rollback');
  }
}

test('of every column that refers to people somebody decided what erasure does to it', async () => {
  expect(await faultsOf('control')).toBe('');
  expect(await faultsOf('tenant')).toBe('');
});

test.each([
  ['control', 'alter table plans add chosen uuid references users', /plans.chosen: say/],
  ['control', 'alter table plans add made_by text', /plans.made_by: say/],
  ['tenant', 'alter table series add reviewed_by uuid', /series.reviewed_by: say/],
  ['tenant', 'alter table series add user_id uuid', /series.user_id: say/],
  ['tenant', 'alter table series add reply_email text', /series.reply_email: say/],
  ['tenant', 'alter table feeds drop created_by', /feeds.created_by: decided, but/],
] as const)('finds in the %s database: %s', async (kind, sql, said) => {
  expect(await faultsOf(kind, sql)).toMatch(said);
});
