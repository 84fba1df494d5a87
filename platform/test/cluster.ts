import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../config.ts';
import { openDatabases } from '../db/databases.ts';
import { openEmbedded } from '../db/embedded.ts';
import { templateName, rolePrefix, testSecret } from './names.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    /** For what servers of the run keep on disk; gone afterwards. */
    dataFolder: string;
  }
}

/** Vitest's global set-up: one real PostgreSQL for the run, and a migrated pair of databases to clone from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-test-'));
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'];
  const server = await openEmbedded(folder, settings);
  const databaseUrl = server.adminUrl.replace(/\/postgres$/, `/${templateName}`);
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    HOLDFAST_SECRET: testSecret,
    HOLDFAST_DATA: folder,
  });
  const databases = await openDatabases(config, rolePrefix);
  await databases.close();
  project.provide('adminUrl', server.adminUrl);
  project.provide('dataFolder', folder);
  return async () => {
    await server.release();
    rmSync(folder, { recursive: true, force: true });
  };
}
