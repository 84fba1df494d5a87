import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { personalDetails } from '#features/scheduling/personal-details/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { sealingFaults } from './sealed-columns.ts';

let app: TestApp;
const clients: Partial<Record<'control' | 'tenant', pg.Client>> = {};
beforeAll(async () => {
  app = await startTestApp();
  for (const kind of ['control', 'tenant'] as const) {
    const client = new pg.Client({ connectionString: app.adminUrl[kind] });
    await client.connect();
    clients[kind] = client;
  }
  const { id } = await app.client(resources).create({ org: 'test', body: { kind: 'person', name: 'Ada' } });
  const body = { version: 0, legalName: 'Ada Lo', taxNumber: '12345678901' };
  await app.client(personalDetails).changeIdentity({ org: 'test', params: { id }, body });
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.end();
  await app.stop();
});

async function faultsOf(kind: 'control' | 'tenant', sql = ''): Promise<string> {
  const client = clients[kind];
  if (!client) throw new Error('Not connected.');
  await client.query('begin');
  try {
    if (sql) await client.query(sql);
    return (await sealingFaults(client, kind)).join('\n');
  } finally {
    await client.query('rollback');
  }
}

test('every column that holds secrets is sealed and registered, or explained', async () => {
  expect(await faultsOf('control')).toBe('');
  expect(await faultsOf('tenant')).toBe('');
});

test.each([
  ['a sealed column that nobody registered', 'alter table parties add sealed_iban text', /parties.sealed_iban: sounds/],
  ['a secret that nobody sealed', 'alter table parties add api_token text', /parties.api_token: sounds like a secret/],
  [
    'a table whose history would keep sealed text',
    `drop trigger record_change on personal_details; create trigger record_change after insert or update or delete
       on personal_details for each row execute function record_change()`,
    /personal_details.sealed_account: would reach history/,
  ],
  [
    'a column that is gone',
    'alter table personal_details drop sealed_account',
    /sealed_account: registered, but not there/,
  ],
  [
    'a plain value in a sealed column',
    `update personal_details set sealed_account = 'DE89370400440532013000'`,
    /sealed_account: 1 values are not sealed/,
  ],
  [
    'a sealed value in a column that is not registered',
    `update resources set notes = 'hf1.k1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA'`,
    /resources.notes: 1 sealed values where nobody/,
  ],
])('finds %s', async (_, sql, said) => {
  expect(await faultsOf('tenant', sql)).toMatch(said);
});
