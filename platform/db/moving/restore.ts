import pg from 'pg';
import { invalid } from '../../contract/errors.ts';
import { withControl, type Doer } from '../control.ts';
import type { Databases } from '../databases.ts';
import { carryOut } from './carry-out.ts';
import { accountsOf, requireRoomFor, writeControlRecord, type Accounts } from './control-record.ts';
import { raiseSequences, rowsIn, sameSum, Summing, type Sum } from './copy.ts';
import { ExportReader, jobsSection, type Manifest, type Section } from './export-file.ts';
import { jobColumns, jobsIn } from './jobs.ts';
import { arrive, makeRoom, requireEqual } from './move.ts';
import type { OnProgress, Operation } from './operation.ts';
import { asOwner, placeOf, restoring } from './place.ts';
import { schemaVersion, tenantTables, type TenantTable } from './tables.ts';

export interface Restore {
  file: string;
  /** The emptiest shared one unless told. */
  databaseId?: string | undefined;
  by: Doer;
  onProgress?: OnProgress;
}

export interface Restored {
  organisation: { id: string; slug: string; name: string };
  rows: number;
  /** False: it is there, but can't be written to until an interrupted last step is repeated, by itself. */
  settled: boolean;
}

/**
 * Brings an exported organisation into this installation: all of it or nothing, every checksum compared first. Members
 * without an account here get one without a password; nothing is mailed. Links of open invitations no longer work.
 *
 * @throws AppError invalid_input (the file; the organisation exists; another schema), unavailable
 */
export async function restoreOrganisation(databases: Databases, restore: Restore): Promise<Restored> {
  const reader = new ExportReader(restore.file);
  try {
    const manifest = await reader.manifest();
    const { id, slug, name } = manifest.organisation;
    const { result, settled } = await carryOut(
      databases,
      id,
      async () => {
        await requireRoomFor(databases.control, manifest);
        const toDatabaseId = restore.databaseId ?? (await databases.emptiest());
        return { kind: 'restore', toDatabaseId, by: restore.by, onProgress: restore.onProgress };
      },
      (operation) => bringIn(operation, manifest, reader, restore.by),
    );
    return { organisation: { id, slug, name }, rows: result, settled };
  } finally {
    reader.close();
  }
}

/** @returns rows brought in */
async function bringIn(operation: Operation, manifest: Manifest, reader: ExportReader, by: Doer): Promise<number> {
  const { databases, row, signal } = operation;
  const place = await placeOf(databases, row.toDatabaseId ?? '');
  const accounts = await accountsOf(databases.control, manifest);
  const control = await asOwner({ ownerUrl: databases.controlOwnerUrl }, schemaVersion, signal);
  const rows = await asOwner(
    place,
    async (target) => {
      requireSchema(manifest, { control, tenant: await schemaVersion(target) });
      const tables = await tenantTables(target);
      await operation.step('copying');
      const sums = await restoring(target, row.organisationId, () =>
        readRows(operation, target, tables, reader, accounts),
      );
      await target.query(`analyze ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')}`);
      return [...sums.values()].reduce((all, sum) => all + sum.rows, 0);
    },
    signal,
  );
  await operation.step('switching');
  await withControl({ databases }, by, async (trx) => {
    await operation.step('switched', trx);
    await writeControlRecord(trx, manifest, accounts, place.id);
  });
  return rows;
}

function requireSchema({ schema }: Manifest, here: Manifest['schema']): void {
  if (schema.control === here.control && schema.tenant === here.tenant) return;
  const older = schema.control < here.control || schema.tenant < here.tenant;
  throw invalid(
    'file',
    `The file was written by ${older ? 'an older' : 'a newer'} version of Holdfast (schema ${schema.control}/${schema.tenant}, here ${here.control}/${here.tenant}). Restore it with that version, then update.`,
  );
}

async function readRows(
  operation: Operation,
  target: pg.Client,
  tables: readonly TenantTable[],
  reader: ExportReader,
  accounts: Accounts,
): Promise<Map<TenantTable, Sum>> {
  const { organisationId: orgId, id } = operation.row;
  await makeRoom(target, tables, orgId);
  const sums = new Map<TenantTable, Sum>();
  let jobs = false;
  for (let section = await reader.next(); section; section = await reader.next()) {
    const read = section;
    const table = tables.find(({ name }) => name === read.name);
    if (read.name === jobsSection) {
      requireColumns(read, jobColumns);
      await readSection(read, (source) => jobsIn(target, orgId, source));
      jobs = true;
    } else if (table && !sums.has(table)) {
      requireColumns(read, table.columns);
      sums.set(table, await readSection(read, (source) => rowsIn(target, table, source), operation));
      await raiseSequences(target, table, orgId);
    } else throw invalid('file', `The file has rows of “${read.name}”, which is not known here.`);
  }
  const missing = tables.filter((table) => !sums.has(table)).map(({ name }) => name);
  if (missing.length > 0 || !jobs)
    throw invalid('file', `The file lacks ${[...missing, ...(jobs ? [] : ['its jobs'])].join(', ')}.`);
  await operation.step('checking');
  await requireEqual(target, sums, orgId, (rows) => operation.count(rows));
  await linkAccounts(target, orgId, accounts);
  await arrive(target, orgId, id);
  return sums;
}

function requireColumns({ name, columns }: Section, expected: readonly string[]): void {
  if (columns.join() !== expected.join())
    throw invalid('file', `The file has other columns of ${name} than there are here.`);
}

/** @throws AppError invalid_input when the rows are not those that were written */
async function readSection(
  section: Section,
  take: (source: [Section['rows'], Summing]) => Promise<unknown>,
  operation?: Operation,
): Promise<Sum> {
  const summing = new Summing((rows) => operation?.count(rows));
  await take([section.rows, summing]);
  const [read, stated] = [summing.sum(), await section.sum()];
  if (!sameSum(read, stated))
    throw invalid(
      'file',
      `The rows of ${section.name} in the file are not those that were exported. Nothing was restored.`,
    );
  return stated;
}

/** Who has another account here: what is theirs follows them. History keeps the names of then. */
async function linkAccounts(client: pg.Client, orgId: string, accounts: Accounts): Promise<void> {
  const changed = [...accounts].filter(([before, here]) => before !== here);
  if (changed.length === 0) return;
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        and a.attname = 'user_id' and a.atttypid = 'uuid'::regtype`,
  );
  for (const { name } of rows)
    await client.query(
      `update ${pg.escapeIdentifier(name)} t set user_id = a.here
         from unnest($2::uuid[], $3::uuid[]) as a(before, here) where t.org_id = $1 and t.user_id = a.before`,
      [orgId, changed.map(([before]) => before), changed.map(([, here]) => here)],
    );
}
