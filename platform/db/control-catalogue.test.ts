import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../test/connection.ts';
import { cloneDatabases, type TestDatabases } from '../test/databases.ts';

/** Control tables of an organisation whose changes are not relayed into its record, and why. */
const unrecorded: Readonly<Record<string, string>> = {
  organisation_changes: 'it is what is relayed',
  organisation_logos: 'the picture; when it was set is recorded with the organisation',
  audit_heads: 'the newest seal of the record itself',
  ended_accounts: 'work that is still to be done about members who left; their leaving is recorded',
  organisation_usage: 'counts of what is recorded itself',
  tenant_operations: 'progress of the operator’s work; what comes of it is recorded',
  routing_events: 'the operator’s log of databases',
  operator_events: 'the operators’ own log, which they can’t change',
};

let cloned: TestDatabases;
beforeAll(async () => {
  cloned = await cloneDatabases();
});
afterAll(() => cloned.databases.close());

const found = `
  select c.relname as name, exists (
           select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O' and t.tgqual is null
              and t.tgfoid = 'record_organisation_change'::regproc and t.tgtype = 29) as recorded
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and (c.relname = 'organisations' or exists (
           select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped))
   order by 1`;

test('each change of an organisation’s own business in the control database is recorded', async () => {
  const tables = await withClient(cloned.adminUrl.control, async (client) => {
    const { rows } = await client.query<{ name: string; recorded: boolean }>(found);
    return rows;
  });
  expect(tables.length).toBeGreaterThan(6);
  const forgotten = tables.filter(({ name, recorded }) => recorded === name in unrecorded);
  expect(forgotten).toEqual([]);
});

test('the second organisation in a dedicated database is refused, also by the database itself', async () => {
  const { databases } = cloned;
  const make = async () =>
    databases.createTenantDatabase({ name: await databases.newDatabaseName('alone'), kind: 'dedicated' });
  const { id: databaseId } = await make();
  // As a try leaves it whose process died before it made the organisation: the next one takes it.
  expect((await make()).id).toBe(databaseId);
  const insert = (slug: string) =>
    databases.control
      .insertInto('organisations')
      .values({ id: crypto.randomUUID(), slug, name: slug, packs: ['venue'], tenant_database_id: databaseId })
      .execute();
  const results = await Promise.allSettled(['one', 'two', 'three'].map(insert));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ constraint: 'organisations_dedicated_holds_one' });
  expect(await databases.newDatabaseName('alone')).toMatch(/_alone_2$/);
  await expect(databases.removeTenantDatabase(databaseId)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await databases.emptiest()).not.toBe(databaseId);
});
