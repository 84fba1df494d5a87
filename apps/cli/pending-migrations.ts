import path from 'node:path';
import pg from 'pg';
import type { Config } from '#platform/config.ts';
import { openEmbedded } from '#platform/db/embedded.ts';
import { listMigrations, migrate, type DatabaseKind, type MigrationResult } from '#platform/db/migrate.ts';

/** Which migrations each database of the installation lacks. Changes nothing; a database that isn't there lacks all. */
export async function pendingMigrations(config: Config): Promise<Record<string, MigrationResult>> {
  const server = config.databaseUrl
    ? { adminUrl: config.databaseUrl, release: async () => undefined }
    : await openEmbedded(config.dataFolder);
  const control = config.databaseUrl
    ? decodeURIComponent(path.posix.basename(new URL(config.databaseUrl).pathname)) || 'postgres'
    : 'holdfast';
  const urlOf = (database: string) =>
    Object.assign(new URL(server.adminUrl), { pathname: `/${encodeURIComponent(database)}` }).href;
  try {
    const tenants = await tenantNames(urlOf(control), `${control}_tenant`);
    const results: Record<string, MigrationResult> = { [control]: await pendingIn(urlOf(control), 'control') };
    for (const name of tenants) results[name] = await pendingIn(urlOf(name), 'tenant');
    return results;
  } finally {
    await server.release();
  }
}

async function pendingIn(url: string, kind: DatabaseKind): Promise<MigrationResult> {
  // Roles are written into migrations only when they are applied.
  const found = await ifThere(() => migrate(url, kind, { app: '', jobs: '' }, true));
  return found ?? { from: 0, to: 0, applied: listMigrations(kind).map(({ name }) => name) };
}

/** @param first the name that the first tenant database will get */
async function tenantNames(controlUrl: string, first: string): Promise<string[]> {
  const names = await ifThere(async () => {
    const client = new pg.Client({ connectionString: controlUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>(
        'select name from tenant_databases where sealed_url is null order by name',
      );
      return rows.map(({ name }) => name);
    } finally {
      await client.end();
    }
  });
  return names && names.length > 0 ? names : [first];
}

/** Undefined when the database, or its first table, doesn't exist yet. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code === '3D000' || error.code === '42P01')) return undefined;
    throw error;
  }
}
