import pg from 'pg';
import { invalid } from '../contract/errors.ts';
import type { DatabaseServer } from './database-server.ts';
import type { DatabaseKind, Installation, RegisteredDatabase } from './installation.ts';
import { inLanes } from './lanes.ts';
import { listMigrations, migrate, rollbackNewest, type MigrationResult } from './migrate.ts';
import { isUnreachable, reasonOf } from './unreachable.ts';

export interface MigrateOptions {
  /** Say what would be done, and change nothing. */
  dryRun?: boolean;
  /** Tenant databases at once. */
  parallel?: number;
}

/** What became of one database. */
export interface Migrated {
  database: string;
  kind: 'control' | DatabaseKind;
  from: number;
  to: number;
  /** Names of the migrations that were applied, undone, or would be applied. */
  applied: string[];
  /** Why it failed, in words; the next run goes on where it stopped. */
  error: string | null;
}

/**
 * Brings the control database and then every tenant database to the newest schema. One that fails doesn't stop
 * the others; what had been applied to it stays, and the next run goes on from there.
 */
export async function migrateAll(
  installation: Installation,
  { dryRun = false, parallel = 4 }: MigrateOptions = {},
): Promise<Migrated[]> {
  const control = await attempt({ name: installation.controlName, kind: 'control', schemaVersion: null }, async () => {
    const url = installation.home.ownerUrl(installation.controlName);
    const pending = await ifThere(() => migrate(url, 'control', installation.roles, true), {
      ...nothing,
      applied: listMigrations('control').map(({ name }) => name),
    });
    if (dryRun) return pending;
    await installation.prepare();
    return { ...pending, to: pending.from + pending.applied.length };
  });
  // Without it there is no telling which tenant databases there are.
  if (control.error !== null) return [control];
  const rows = await ifThere(() => installation.registered(), [first(installation)]);
  const servers = new Map<DatabaseServer, Promise<void>>();
  const tenants = await inLanes(rows, parallel, (row) =>
    attempt(row, () => (dryRun ? pendingIn(installation, row) : prepareRegistered(installation, row, servers))),
  );
  return [control, ...tenants];
}

/**
 * Undoes the newest migration.
 *
 * @param database one database; without it, every tenant database that has got furthest: so a second run, after one
 *   of them failed, goes back no further with the others
 * @throws AppError invalid_input when there is no such database
 */
export async function rollback(installation: Installation, database?: string): Promise<Migrated[]> {
  const { controlName, roles, home } = installation;
  if (database === controlName) {
    const url = home.ownerUrl(controlName);
    const control = { name: controlName, kind: 'control', schemaVersion: null } as const;
    return [await attempt(control, async () => undone(await rollbackNewest(url, 'control', roles)))];
  }
  const all = await installation.registered();
  const furthest = Math.max(...all.map(({ schemaVersion }) => schemaVersion ?? 0));
  const rows = all.filter(({ name, schemaVersion }) =>
    database === undefined ? schemaVersion === furthest : name === database,
  );
  if (rows.length === 0)
    throw invalid('database', `There is no database ${database ?? ''}. See them with: holdfast migrate --dry-run`);
  return inLanes(rows, 4, (row) =>
    attempt(row, async () => {
      const url = installation.serverOf(row.sealedUrl).ownerUrl(row.name);
      const result = undone(await rollbackNewest(url, 'tenant', roles));
      await installation.noteMigration(row.name, { version: result.to, error: null });
      return result;
    }),
  );
}

/**
 * Brings one registered tenant database to the newest schema, and keeps its version or its trouble in the registry.
 *
 * @param servers those whose roles were seen to in this run
 * @throws what stands in the way
 */
export async function prepareRegistered(
  installation: Installation,
  row: RegisteredDatabase,
  servers: Map<DatabaseServer, Promise<void>>,
): Promise<MigrationResult> {
  const { name, sealedUrl, schemaVersion } = row;
  const server = installation.serverOf(sealedUrl);
  try {
    if (server !== installation.home) {
      const ensured = servers.get(server) ?? server.ensureRoles();
      servers.set(server, ensured);
      await ensured;
    }
    // One that was there and is gone is trouble; an empty one in its place would hide it.
    if (schemaVersion === null) await server.ensureDatabase(name);
    const result = await server.prepareTenant(name);
    if (schemaVersion !== result.to || row.migrationError !== null) {
      await installation.noteMigration(name, { version: result.to, error: null });
    }
    return result;
  } catch (error) {
    if (isUnreachable(error)) throw error;
    // Some of them may have been applied.
    const reached = await pendingIn(installation, row).catch(() => undefined);
    await installation.noteMigration(name, { version: reached?.from ?? null, error: reasonOf(error) });
    throw error;
  }
}

const nothing: MigrationResult = { from: 0, to: 0, applied: [] };

/** Before the first start: the tenant database that there will be. */
function first({ firstTenantName }: Installation): RegisteredDatabase {
  return { id: '', name: firstTenantName, kind: 'shared', sealedUrl: null, schemaVersion: null, migrationError: null };
}

async function pendingIn(
  installation: Installation,
  { name, sealedUrl, schemaVersion }: RegisteredDatabase,
): Promise<MigrationResult> {
  const url = installation.serverOf(sealedUrl).ownerUrl(name);
  const look = () => migrate(url, 'tenant', installation.roles, true);
  if (schemaVersion !== null) return look();
  return ifThere(look, { ...nothing, applied: listMigrations('tenant').map((migration) => migration.name) });
}

function undone({ name, to }: { name: string; to: number }): MigrationResult {
  return { from: to + 1, to, applied: [name] };
}

async function attempt(
  { name, kind, schemaVersion }: { name: string; kind: Migrated['kind']; schemaVersion: number | null },
  work: () => Promise<MigrationResult>,
): Promise<Migrated> {
  try {
    return { database: name, kind, ...(await work()), error: null };
  } catch (error) {
    const known = schemaVersion ?? 0;
    return { database: name, kind, from: known, to: known, applied: [], error: reasonOf(error) };
  }
}

/** What the work gives, or the other where the database, its first table or the registry's columns are still to be made. */
async function ifThere<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof pg.DatabaseError && /^(3D000|42P01|42703)$/.test(error.code ?? '')) return otherwise;
    throw error;
  }
}
