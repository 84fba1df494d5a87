import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

export type DatabaseKind = 'control' | 'tenant';

/** Names of the two roles of an installation; the migrations grant to them as {{app}} and {{jobs}}. */
export interface DatabaseRoles {
  app: string;
  jobs: string;
}

export interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
  /** Undoes it; from the file `NNNN_name.down.sql` when there is one. */
  down: string | undefined;
}

export interface MigrationResult {
  from: number;
  to: number;
  applied: string[];
}

const folder = path.join(import.meta.dirname, '../../db');

/** The migrations of one kind of database, in order. @throws when a number is missing or used twice. */
export function listMigrations(kind: DatabaseKind): Migration[] {
  const files = readdirSync(path.join(folder, kind)).filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file));
  return files.sort().map((file, index) => {
    const version = Number(file.slice(0, 4));
    if (version !== index + 1) throw new Error(`db/${kind}/${file}: expected number ${index + 1}.`);
    const read = (name: string) => readFileSync(path.join(folder, kind, name), 'utf8');
    const sql = read(file);
    const down = file.replace(/\.sql$/, '.down.sql');
    return {
      version,
      name: file.replace(/\.sql$/, ''),
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
      down: readdirSync(path.join(folder, kind)).includes(down) ? read(down) : undefined,
    };
  });
}

/** Number of the newest migration. The files don't change while the program runs. */
export function newestVersion(kind: DatabaseKind): number {
  return (newest[kind] ??= listMigrations(kind).length);
}
const newest: { control?: number; tenant?: number } = {};

/**
 * Brings one database to the newest version, each migration in a transaction of its own, one runner
 * at a time (the others wait and then find nothing to do).
 *
 * @param url connection of the database's owner
 * @param dryRun report what would be applied, change nothing
 * @throws {Error} naming the migration that failed or was edited after it had been applied
 */
export async function migrate(
  url: string,
  kind: DatabaseKind,
  roles: DatabaseRoles,
  dryRun = false,
): Promise<MigrationResult> {
  return withLock(url, async (client) => {
    if (!dryRun) await client.query(ledger);
    const done = await applied(client);
    const migrations = listMigrations(kind);
    for (const { version, checksum, name } of migrations) {
      const was = done.get(version);
      if (was && was !== checksum)
        throw new Error(`${name} was edited after it had been applied. Write a new migration.`);
    }
    const from = done.size;
    const waiting = migrations.filter(({ version }) => !done.has(version));
    if (!dryRun) for (const migration of waiting) await apply(client, migration, roles);
    return { from, to: dryRun ? from : migrations.length, applied: waiting.map(({ name }) => name) };
  });
}

/** Undoes the newest migration, when it says how, in one transaction. @returns its name, and the version since. */
export async function rollbackNewest(
  url: string,
  kind: DatabaseKind,
  roles: DatabaseRoles,
): Promise<{ name: string; to: number }> {
  return withLock(url, async (client) => {
    const newest = Math.max(0, ...(await applied(client)).keys());
    const migration = listMigrations(kind).find(({ version }) => version === newest);
    if (!migration) throw new Error('There is no migration to undo.');
    if (!migration.down)
      throw new Error(`${migration.name} has no ${migration.name}.down.sql, so it cannot be undone.`);
    try {
      await client.query('begin');
      await client.query(withRoles(migration.down, roles));
      await client.query('delete from schema_migrations where version = $1', [newest]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw new Error(`${migration.name} could not be undone: ${said(error)}`, { cause: error });
    }
    return { name: migration.name, to: newest - 1 };
  });
}

async function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c timezone=UTC',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7261)');
    return await work(client);
  } finally {
    await client.end();
  }
}

const ledger = `create table if not exists schema_migrations (
  version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`;

/** Checksums by version. None in a database that has no ledger yet. */
async function applied(client: pg.Client): Promise<Map<number, string>> {
  const { rows: found } = await client.query(`select where to_regclass('public.schema_migrations') is not null`);
  if (found.length === 0) return new Map();
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'select version, checksum from schema_migrations order by version',
  );
  return new Map(rows.map(({ version, checksum }) => [version, checksum]));
}

async function apply(client: pg.Client, migration: Migration, roles: DatabaseRoles): Promise<void> {
  try {
    await client.query('begin');
    await client.query(withRoles(migration.sql, roles));
    await client.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`Migration ${migration.name} failed: ${said(error)}`, { cause: error });
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withRoles(sql: string, { app, jobs }: DatabaseRoles): string {
  return sql.replaceAll('{{app}}', pg.escapeIdentifier(app)).replaceAll('{{jobs}}', pg.escapeIdentifier(jobs));
}
