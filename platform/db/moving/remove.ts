import pg from 'pg';
import { removeJobs } from './jobs.ts';
import { restoring } from './place.ts';
import { tenantTables, type TenantTable } from './tables.ts';

/** Rows that go in one transaction: others neither wait for long nor drown in one large piece of log. */
const batch = 5_000;

/** Deletes an organisation's rows and jobs from a database, children first. Begun anew, it goes on where it stopped. */
export async function removeRows(
  client: pg.Client,
  orgId: string,
  onRows: (rows: number) => void = () => undefined,
): Promise<void> {
  const tables = await tenantTables(client);
  for (const table of tables.toReversed()) await removeFrom(client, table, orgId, onRows);
  await removeJobs(client, orgId);
  await client.query('delete from organisation_arrivals where org_id = $1', [orgId]);
}

async function removeFrom(
  client: pg.Client,
  { name, refersToItself }: TenantTable,
  orgId: string,
  onRows: (rows: number) => void,
): Promise<void> {
  const table = pg.escapeIdentifier(name);
  // A parent can't go before its children, so a table that refers to itself goes in one piece.
  const some = refersToItself
    ? `delete from ${table} where org_id = $1`
    : `delete from ${table} where org_id = $1
         and ctid = any(array(select ctid from ${table} where org_id = $1 limit ${batch}))`;
  for (let removed = batch; removed >= batch;) {
    const result = await restoring(client, orgId, () => client.query(some, [orgId]));
    removed = result.rowCount ?? 0;
    onRows(removed);
    if (refersToItself) return;
  }
}
