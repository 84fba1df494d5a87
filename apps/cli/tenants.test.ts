import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'undici';
import { readConfig } from '#platform/config.ts';
import { newestVersion } from '#platform/db/migrate.ts';
import { startApp, type RunningApp } from '#apps/server/start.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-tenants-'));
const env = { ...process.env, NODE_ENV: 'test', HOLDFAST_DATA: folder, DATABASE_URL: undefined, INIT_CWD: folder };
const newest = newestVersion('tenant');

let app: RunningApp;
let baseUrl: string;
beforeAll(async () => {
  app = await startApp(readConfig({ ...env, HOLDFAST_ROLES: 'api', LOG_LEVEL: 'fatal', PORT: '0' }));
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const address = app.http.server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}, 120_000);
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The real command as a child process, beside the running app. @returns what it says with `--json` */
function holdfast(...words: string[]): Promise<{ code: number; said: Record<string, unknown> }> {
  return new Promise((resolve) => {
    const child = ['apps/cli/main.ts', ...words, '--json'];
    execFile(process.execPath, child, { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: Object(JSON.parse(error ? stderr : stdout)) });
    });
  });
}

test('an organisation in a database of its own, used by the running app at once', { timeout: 180_000 }, async () => {
  const made = await holdfast(
    'tenant',
    'create',
    '--slug',
    'alone',
    '--name',
    'Alone',
    '--dedicated',
    '--plan',
    'team',
  );
  expect(made).toMatchObject({ code: 0, said: { slug: 'alone', database: 'holdfast_alone', kind: 'dedicated' } });
  const { said } = await holdfast('api-key', 'create', '--org', 'alone', '--role', 'owner');
  const headers = { authorization: `Bearer ${String(said['key'])}` };
  const answer = await fetch(`${baseUrl}/api/v1/orgs/alone/parties`, { headers });
  expect(answer.status).toBe(200);
  const states = await holdfast('database', 'list');
  expect(states.said).toMatchObject({
    items: [
      { name: 'holdfast_alone', kind: 'dedicated', organisations: 1, schemaVersion: newest },
      { name: 'holdfast_tenant', kind: 'shared', organisations: 0 },
    ],
  });
  expect(await holdfast('tenant', 'create', '--slug', 'alone', '--name', 'Again', '--dedicated')).toMatchObject({
    code: 1,
    said: { error: { code: 'slug_taken', fields: [{ field: 'slug' }] } },
  });
  expect(
    await holdfast('tenant', 'create', '--slug', 'x', '--name', 'X', '--dedicated', '--server', 'nonsense'),
  ).toMatchObject({ code: 1, said: { error: { code: 'invalid_input', fields: [{ field: 'server' }] } } });
  expect(await holdfast('database', 'remove', '--name', 'holdfast_alone')).toMatchObject({
    code: 1,
    said: { error: { message: expect.stringContaining('Move them first') } },
  });
});

test('what a command changes is on open boards at once', { timeout: 180_000 }, async () => {
  const { said } = await holdfast('api-key', 'create', '--org', 'alone', '--role', 'owner');
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/api/v1/orgs/alone/live`, {
    headers: { authorization: `Bearer ${String(said['key'])}` },
  });
  const told: { at: number; text: string }[] = [];
  socket.addEventListener('message', ({ data }) => told.push({ at: Date.now(), text: String(data) }));
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const season = path.join(root, 'features/imports/data/nyphil-2024-25.json');
  const imported = await holdfast('import', 'nyphil', season, '--org', 'alone');
  const ended = Date.now();
  expect(imported.code).toBe(0);
  // Much was told while the command was at work, not by a sweep after it.
  expect(told.filter(({ at, text }) => at < ended && text.includes('"changes"')).length).toBeGreaterThan(2);
  socket.close();
});

test('back by one migration, and up again', { timeout: 180_000 }, async () => {
  const back = await holdfast('migrate', 'rollback', '--database', 'holdfast_alone');
  expect(back).toMatchObject({ code: 0, said: { databases: { holdfast_alone: { from: newest, to: newest - 1 } } } });
  const planned = await holdfast('migrate', '--dry-run', '--parallel', '2');
  expect(planned).toMatchObject({
    code: 0,
    said: { dryRun: true, databases: { holdfast_alone: { from: newest - 1 }, holdfast_tenant: { applied: [] } } },
  });
  expect(await holdfast('migrate')).toMatchObject({ code: 0, said: { databases: { holdfast_alone: { to: newest } } } });
  expect(await holdfast('migrate', '--parallel', 'many')).toMatchObject({
    code: 1,
    said: { error: { code: 'invalid_input' } },
  });
  expect(await holdfast('migrate', 'rollback', '--database', 'nobody')).toMatchObject({
    code: 1,
    said: { error: { code: 'invalid_input', fields: [{ field: 'database' }] } },
  });
});
