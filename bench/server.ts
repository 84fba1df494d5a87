import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Of the installation: links are signed with it. */
  secret: string;
  /** Connection of the app's role to the tenant database: raw statements run under the same row security. */
  appUrl: string;
  /** Time from starting the process to its first healthy answer, in milliseconds. */
  startMs: number;
  /** Ends the process with -9 and starts another one. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** One ordinary server process over an embedded database of its own, durable as in production. @param more settings */
export async function startBenchServer(more: NodeJS.ProcessEnv = {}): Promise<BenchServer> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-'));
  const port = await freePort();
  const env = { HOLDFAST_DATA: dataFolder, PORT: String(port), LOG_LEVEL: 'info', NODE_ENV: 'production', ...more };
  const config = readConfig(env);
  const databases = await openDatabases(config);
  const close = async () => {
    await databases.close();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    return await serve(databases, { env, secret: config.secret, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Settings extends NodeJS.ProcessEnv {
  HOLDFAST_DATA: string;
  PORT: string;
}

interface Serving {
  env: Settings;
  secret: string;
  close: () => Promise<void>;
}

async function serve(databases: Databases, { env, secret, close }: Serving): Promise<BenchServer> {
  const organisation = { name: 'Bench', slug: 'bench', packs: ['venue'], zone: 'Europe/Berlin', currency: 'EUR' };
  const orgId = await createOrganisation(databases, organisation, undefined);
  const { key } = await createApiKey(databases.control, orgId, { name: 'bench', role: 'owner', createdBy: null });
  const [tenant] = await databases.tenants();
  if (!tenant) throw new Error('There is no tenant database.');
  const baseUrl = `http://127.0.0.1:${env.PORT}`;
  const started = performance.now();
  let child = await startProcess(env, baseUrl);
  const startMs = performance.now() - started;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    world: { baseUrl, org: organisation.slug, orgId, key, tenantUrl: tenant.ownerUrl },
    port: Number(env.PORT),
    get pid() {
      return child.pid ?? 0;
    },
    dataFolder: env.HOLDFAST_DATA,
    databases,
    secret,
    appUrl: String(tenant.pool.options.connectionString),
    startMs,
    async crash() {
      await end('SIGKILL');
      child = await startProcess(env, baseUrl);
    },
    async stop() {
      await end('SIGTERM');
      await close();
    },
  };
}

/** @returns when it answers. @throws {Error} when it ended instead */
async function startProcess(env: NodeJS.ProcessEnv, baseUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['apps/server/main.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const healthy = () =>
    fetch(`${baseUrl}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
  while (!(await healthy())) {
    if (child.exitCode !== null) throw new Error('The server did not start.');
    await sleep(10);
  }
  return child;
}
