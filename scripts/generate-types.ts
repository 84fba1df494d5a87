// Writes db/control-types.ts and db/tenant-types.ts from freshly migrated databases.
// `--check` only compares, and fails when they are stale.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate, getDialect } from 'kysely-codegen';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { readConfig } from '#platform/config.ts';
import { openDatabases } from '#platform/db/databases.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-types-'));
const verify = process.argv.includes('--check');

const databases = await openDatabases(readConfig({ HOLDFAST_DATA: folder, NODE_ENV: 'test' }));
try {
  const [tenant] = await databases.tenants();
  if (!tenant) throw new Error('There is no tenant database.');
  await write(String(databases.controlPool.options.connectionString), 'db/control-types.ts');
  await write(String(tenant.pool.options.connectionString), 'db/tenant-types.ts');
} finally {
  await databases.close();
  rmSync(folder, { recursive: true, force: true });
}

async function write(connectionString: string, outFile: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, max: 1 }) }) });
  try {
    await generate({
      db,
      dialect: getDialect('postgres'),
      outFile: path.resolve(outFile),
      includePattern: 'public.*',
      excludePattern: 'public.(schema_migrations|worker_heartbeats)',
      typeMapping: { timestamptz: 'string', int8: 'number', tstzrange: 'string', xid8: 'string' },
      typeOnlyImports: true,
      verify,
    });
  } finally {
    await db.destroy();
  }
  if (verify) console.log(`${outFile} is current (${readFileSync(outFile, 'utf8').length} characters)`);
}
