import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '#platform/config.ts';
import { openDatabases, type Databases } from '#platform/db/databases.ts';
import { freePort } from '#platform/db/embedded.ts';
import { createApiKey, createOrganisation } from '#features/identity/server/commands.ts';
import type { World } from './bars/world.ts';

export interface BenchServer {
  world: World;
  port: number;
  /** Of the server: what the operating system says of it. */
  pid: number;
  dataFolder: string;
  databases: Databases;
  /** Connection of the app's role to the tenant database: raw statements run under the same row security. */
  appUrl: string;
  /** Time from starting the process to its first healthy answer, in milliseconds. */
  startMs: number;
  stop(): Promise<void>;
}

/** One ordinary server process over an embedded database of its own, durable as in production. */
export async function startBenchServer(): Promise<BenchServer> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-'));
  const port = await freePort();
  const env = { HOLDFAST_DATA: dataFolder, PORT: String(port), LOG_LEVEL: 'info', NODE_ENV: 'production' };
  const databases = await openDatabases(readConfig(env));
  const organisation = { name: 'Bench', slug: 'bench', packs: ['venue'], zone: 'Europe/Berlin', currency: 'EUR' };
  const orgId = await createOrganisation(databases, organisation, undefined);
  const { key } = await createApiKey(databases.control, orgId, { name: 'bench', role: 'owner', createdBy: null });
  const [tenant] = await databases.tenants();
  if (!tenant) throw new Error('There is no tenant database.');
  const appUrl = String(tenant.pool.options.connectionString);
  const started = performance.now();
  const child = spawn(process.execPath, ['apps/server/main.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${baseUrl}/healthz`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('The server did not start.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const startMs = performance.now() - started;
  return {
    world: { baseUrl, org: 'bench', orgId, key, tenantUrl: tenant.ownerUrl },
    port,
    pid: child.pid ?? 0,
    dataFolder,
    databases,
    appUrl,
    startMs,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await databases.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
