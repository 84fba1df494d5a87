import pg from 'pg';
import { AppError, invalid } from '../../contract/errors.ts';
import { withControl, type Doer } from '../control.ts';
import type { Databases } from '../databases.ts';
import { carryOut } from './carry-out.ts';
import { rowsIn, rowsOut, raiseSequences, Summing, sameSum, sumOf, type Sum } from './copy.ts';
import { freeze, setGate } from './gates.ts';
import { jobsIn, jobsOut } from './jobs.ts';
import type { OnProgress, Operation } from './operation.ts';
import { asOwner, inSnapshot, placeOf, restoring } from './place.ts';
import { countRows, schemaVersion, tenantTables, type TenantTable } from './tables.ts';

export interface Move {
  organisationId: string;
  toDatabaseId: string;
  by: Doer;
  onProgress?: OnProgress;
}

export interface Moved {
  rows: number;
  /** How long nobody could write, in milliseconds. */
  frozenMs: number;
  /** What of that was copying, in milliseconds. */
  copyMs: number;
  /** False: it lives in the new place, but its rows in the old one are removed later. */
  settled: boolean;
}

/**
 * Moves an organisation to another tenant database, and loses no write: nobody writes while it is copied (they are
 * told to try again), the copy is compared row by row, and a single transaction of the control database switches.
 * Before that everything can be undone, after it everything can be finished, by this process or by `mendOperations`.
 *
 * @throws AppError not_found, invalid_input (it lives there already; the schemas differ), unavailable
 */
export async function moveOrganisation(databases: Databases, move: Move): Promise<Moved> {
  const { organisationId } = move;
  const from = { id: '' };
  const { result, settled } = await carryOut(
    databases,
    organisationId,
    async () => {
      from.id = await whereItLives(databases, organisationId);
      if (from.id === move.toDatabaseId) throw invalid('to', 'The organisation lives in this database already.');
      await placeOf(databases, move.toDatabaseId);
      const { toDatabaseId, by, onProgress } = move;
      return { kind: 'move', fromDatabaseId: from.id, toDatabaseId, by, onProgress };
    },
    async (operation) => {
      const rows = await copy(operation, from.id, move.toDatabaseId);
      await switchOver(operation, from.id, move);
      return { rows, times: operation.times };
    },
  );
  const between = (one: string, other: string) => (result.times.get(other) ?? 0) - (result.times.get(one) ?? 0);
  return {
    rows: result.rows,
    frozenMs: between('freezing', 'clearing'),
    copyMs: between('copying', 'checking'),
    settled,
  };
}

/** @throws AppError not_found */
export async function whereItLives({ control }: Databases, organisationId: string): Promise<string> {
  const row = await control
    .selectFrom('organisations')
    .select('tenant_database_id as id')
    .where('id', '=', organisationId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { message: 'This organisation was not found.' });
  return row.id;
}

/** @returns rows copied */
async function copy(operation: Operation, fromId: string, toId: string): Promise<number> {
  const { databases, signal, row } = operation;
  const [from, to] = [await placeOf(databases, fromId), await placeOf(databases, toId)];
  const orgId = row.organisationId;
  return asOwner(
    from,
    (source) =>
      asOwner(
        to,
        async (target) => {
          await requireSameSchema(source, target);
          const tables = await tenantTables(source);
          operation.expect(3 * (await inSnapshot(source, orgId, () => countRows(source, tables, orgId))));
          await operation.step('freezing');
          await freeze(source, orgId, row.id);
          await operation.step('copying');
          const rows = await copyRows(operation, source, target, tables);
          // A planner that knows nothing of the rows would make the first requests there slow.
          await target.query(`analyze ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')}`);
          return rows;
        },
        signal,
      ),
    signal,
  );
}

async function requireSameSchema(source: pg.Client, target: pg.Client): Promise<void> {
  if ((await schemaVersion(source)) === (await schemaVersion(target))) return;
  throw invalid(
    'to',
    'The two databases have different schemas. Bring both up to date with: npm run holdfast -- migrate',
  );
}

/** All rows and jobs, and the comparison, in one transaction of the new database. The snapshot begins behind the last writer. */
async function copyRows(
  operation: Operation,
  source: pg.Client,
  target: pg.Client,
  tables: readonly TenantTable[],
): Promise<number> {
  const { organisationId: orgId, id } = operation.row;
  const count = (rows: number) => operation.count(rows);
  return inSnapshot(source, orgId, () =>
    restoring(target, orgId, async () => {
      await makeRoom(target, tables, orgId);
      const sums = new Map<TenantTable, Sum>();
      for (const table of tables) {
        const summing = new Summing(count);
        await rowsIn(target, table, [rowsOut(source, table, orgId), summing]);
        await raiseSequences(target, table, orgId);
        sums.set(table, summing.sum());
      }
      const passing = new Summing();
      const jobs = await jobsIn(target, orgId, [jobsOut(source, orgId), passing]);
      if (jobs !== passing.sum().rows) throw new Error('Not every job arrived.');
      await operation.step('checking');
      await requireEqual(target, sums, orgId, count);
      await arrive(target, orgId, id);
      return [...sums.values()].reduce((all, { rows }) => all + rows, 0);
    }),
  );
}

/** What an earlier stay or a broken move may have left. */
export async function makeRoom(client: pg.Client, tables: readonly TenantTable[], orgId: string): Promise<void> {
  for (const { name } of tables.toReversed())
    await client.query(`delete from ${pg.escapeIdentifier(name)} where org_id = $1`, [orgId]);
}

/** @throws {Error} naming the table whose rows are not those that left */
export async function requireEqual(
  client: pg.Client,
  sums: ReadonlyMap<TenantTable, Sum>,
  orgId: string,
  count: (rows: number) => void,
): Promise<void> {
  for (const [table, left] of sums) {
    const arrived = await sumOf(client, table, orgId, count);
    if (sameSum(left, arrived)) continue;
    throw new Error(`${table.name}: ${left.rows} rows left, ${arrived.rows} arrived, and they are not the same.`);
  }
}

/** Positions in its history begin anew; readers may come, writers not before the old place is closed. */
export async function arrive(client: pg.Client, orgId: string, operationId: string): Promise<void> {
  await client.query(
    `insert into organisation_arrivals (org_id) values ($1)
     on conflict (org_id) do update set era = excluded.era, at = excluded.at`,
    [orgId],
  );
  await setGate(client, orgId, 'frozen', operationId);
}

async function switchOver(operation: Operation, fromId: string, { toDatabaseId, by }: Move): Promise<void> {
  const { databases, row } = operation;
  await operation.step('switching');
  await withControl({ databases }, by, async (trx) => {
    await operation.step('switched', trx);
    const { numUpdatedRows } = await trx
      .updateTable('organisations')
      .set({ tenant_database_id: toDatabaseId })
      .where('id', '=', row.organisationId)
      .where('tenant_database_id', '=', fromId)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new Error('The organisation lives elsewhere by now.');
  });
}
