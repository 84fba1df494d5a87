import type { Kysely } from 'kysely';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import type { DatabaseKind } from './installation.ts';
import { newestVersion } from './migrate.ts';
import { databaseKind, type TenantRegistry } from './tenant-registry.ts';

/** What an operator sees of a tenant database: nothing of its rows, and of its connection only the host. */
export interface DatabaseState {
  id: string;
  name: string;
  kind: DatabaseKind;
  /** `host:port`; null when the key of its connection is missing. */
  host: string | null;
  organisations: number;
  schemaVersion: number | null;
  newestVersion: number;
  migrationError: string | null;
  /** As the last check found it; null before the first. */
  reachable: boolean | null;
  latencyMs: number | null;
  checkedAt: string | null;
  /** Connections that this process has; null when it hasn't opened the database. */
  pool: { most: number; open: number; idle: number; waiting: number } | null;
}

/** The registry as it stands, by name: one query, and no database is asked. */
export async function databaseStates(
  control: Kysely<ControlDatabase>,
  registry: TenantRegistry,
): Promise<DatabaseState[]> {
  const opened = new Map((await registry.list()).map((database) => [database.id, database]));
  const rows = await control
    .selectFrom('tenant_databases as d')
    .leftJoin('organisations as o', 'o.tenant_database_id', 'd.id')
    .select(({ fn }) => [
      'd.id',
      'd.name',
      'd.kind',
      'd.schema_version as schemaVersion',
      'd.migration_error as migrationError',
      'd.reachable',
      'd.latency_ms as latencyMs',
      'd.checked_at as checkedAt',
      fn.count<number>('o.id').as('organisations'),
    ])
    .groupBy('d.id')
    .orderBy('d.name')
    .execute();
  return rows.map((row) => {
    const database = opened.get(row.id);
    const pool = database && {
      most: database.pool.options.max,
      open: database.pool.totalCount,
      idle: database.pool.idleCount,
      waiting: database.pool.waitingCount,
    };
    return {
      ...row,
      kind: databaseKind.parse(row.kind),
      organisations: Number(row.organisations),
      host: database?.server.host ?? null,
      newestVersion: newestVersion('tenant'),
      pool: pool ?? null,
    };
  });
}
