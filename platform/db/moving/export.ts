import type { Doer } from '../control.ts';
import type { Databases } from '../databases.ts';
import { carryOut } from './carry-out.ts';
import { readControlRecord } from './control-record.ts';
import { rowsOut, type Sum } from './copy.ts';
import { ExportWriter, jobsSection } from './export-file.ts';
import { jobColumns, jobsOut } from './jobs.ts';
import { whereItLives } from './move.ts';
import type { OnProgress, Operation } from './operation.ts';
import { asOwner, inSnapshot, placeOf } from './place.ts';
import { countRows, schemaVersion, tenantTables } from './tables.ts';

export interface Exported {
  rows: number;
  /** By table. */
  sums: Record<string, Sum>;
}

/**
 * Writes everything of one organisation into a file, as it is at one instant; it goes on working meanwhile. The file
 * holds its people's data, hashes of its API keys, and sealed fields as they are sealed: keep it like the database.
 *
 * @throws AppError not_found, unavailable
 */
export async function exportOrganisation(
  databases: Databases,
  { organisationId, file, by, onProgress }: { organisationId: string; file: string; by: Doer; onProgress?: OnProgress },
): Promise<Exported> {
  const { result } = await carryOut(
    databases,
    organisationId,
    async () => ({ kind: 'export', fromDatabaseId: await whereItLives(databases, organisationId), by, onProgress }),
    async (operation) => {
      const writer = new ExportWriter(file);
      try {
        const sums = await write(operation, writer);
        await operation.step('written');
        return sums;
      } catch (error) {
        await writer.abandon();
        throw error;
      }
    },
  );
  return { rows: Object.values(result).reduce((all, { rows }) => all + rows, 0), sums: result };
}

async function write(operation: Operation, writer: ExportWriter): Promise<Record<string, Sum>> {
  const { databases, row, signal } = operation;
  const orgId = row.organisationId;
  // Before the rows: the newest seal that is kept here is then among those in the rows, and not one that comes after.
  const record = await readControlRecord(databases.control, orgId);
  const control = await asOwner({ ownerUrl: databases.controlOwnerUrl }, schemaVersion, signal);
  const place = await placeOf(databases, row.fromDatabaseId ?? '');
  const sums: Record<string, Sum> = {};
  await asOwner(
    place,
    (source) =>
      inSnapshot(source, orgId, async () => {
        const tables = await tenantTables(source);
        operation.expect(await countRows(source, tables, orgId));
        await operation.step('copying');
        const schema = { control, tenant: await schemaVersion(source) };
        await writer.manifest({
          holdfast: 'organisation',
          format: 1,
          exportedAt: new Date().toISOString(),
          schema,
          ...record,
        });
        for (const table of tables) {
          const rows = rowsOut(source, table, orgId);
          sums[table.name] = await writer.section(table.name, table.columns, rows, (some) => operation.count(some));
        }
        await writer.section(jobsSection, jobColumns, jobsOut(source, orgId));
        await writer.finish();
      }),
    signal,
  );
  return sums;
}
