import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { openEmbedded, type EmbeddedServer } from '#platform/db/embedded.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-cli-moving-'));
const env = { ...process.env, NODE_ENV: 'test', HOLDFAST_DATA: folder, DATABASE_URL: undefined, INIT_CWD: folder };

/** Keeps the embedded server running between the commands. */
let server: EmbeddedServer;
beforeAll(async () => {
  server = await openEmbedded(readConfig(env).dataFolder, ['fsync=off']);
}, 120_000);
afterAll(async () => {
  await server.release();
  rmSync(folder, { recursive: true, force: true });
});

/** The real command, as a child process, with `--json`. */
function holdfast(...words: string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['apps/cli/main.ts', ...words, '--json'],
      { cwd: root, env },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, answer: Object(JSON.parse(error ? stderr : stdout)) });
      },
    );
  });
}

test('an organisation is moved, exported, erased and restored', { timeout: 240_000 }, async () => {
  const org = ['--org', 'city'];
  await holdfast('org', 'create', '--slug', 'city', '--name', 'City Hall');
  expect(await holdfast('tenant', 'move', ...org)).toMatchObject({
    code: 1,
    answer: { error: { code: 'invalid_input' } },
  });
  expect(await holdfast('tenant', 'move', ...org, '--dedicated')).toMatchObject({
    code: 0,
    answer: { from: 'holdfast_tenant', to: 'holdfast_city', settled: true },
  });
  expect(await holdfast('tenant', 'move', ...org, '--to', 'holdfast_tenant')).toMatchObject({
    answer: { from: 'holdfast_city' },
  });
  // The file is meant from where the command was called.
  expect(await holdfast('tenant', 'export', ...org, '--file', 'city.gz')).toMatchObject({
    code: 0,
    answer: { file: path.join(folder, 'city.gz') },
  });
  expect(existsSync(path.join(folder, 'city.gz'))).toBe(true);
  expect(await holdfast('tenant', 'export', ...org, '--file', 'city.gz')).toMatchObject({
    code: 1,
    answer: { error: { code: 'file_exists' } },
  });
  expect(await holdfast('tenant', 'erase', ...org, '--confirm', 'town')).toMatchObject({
    code: 1,
    answer: { error: { fields: [{ field: 'confirm' }] } },
  });
  expect(await holdfast('tenant', 'erase', ...org, '--confirm', 'city')).toMatchObject({
    code: 0,
    answer: { settled: true },
  });
  expect((await holdfast('org', 'list')).answer).toEqual({ items: [] });
  expect(await holdfast('tenant', 'restore', '--file', 'city.gz', '--database', 'holdfast_city')).toMatchObject({
    code: 0,
    answer: { organisation: 'city', database: 'holdfast_city', settled: true },
  });
  expect((await holdfast('org', 'list')).answer).toMatchObject({ items: [{ slug: 'city', name: 'City Hall' }] });
});
