// Runs on Node 20, before anything is installed: brings the dependencies, then hands over to the pinned
// Node 24 of node_modules. `npm start` and `npm test` on a fresh clone need nothing else.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
process.chdir(root);

const [command, ...args] = process.argv.slice(2);
const entries = {
  start: ['scripts/start.ts'],
  dev: ['scripts/dev.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/check.ts'],
  e2e: ['scripts/test.ts', 'e2e'],
  bench: ['bench/main.ts'],
  build: ['scripts/build.ts'],
  holdfast: ['apps/cli/main.ts'],
  'db:new': ['scripts/db-new.ts'],
  'db:migrate': ['apps/cli/main.ts', 'migrate'],
  'new:feature': ['scripts/new-feature.ts'],
};

const windows = process.platform === 'win32';
installWhenStale();
const node = path.join('node_modules', '.bin', windows ? 'node.exe' : 'node');
const bin = path.resolve('node_modules', '.bin');
const child = spawn(existsSync(node) ? node : process.execPath, [...entries[command], ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm's shell dies of a signal without passing it on; then nobody is left to stop for but the child.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();

function installWhenStale() {
  const stamp = path.join('node_modules', '.holdfast-lock');
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing dependencies …');
  const npm = spawnSync(
    windows ? 'npm.cmd' : 'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: windows,
    },
  );
  if (npm.status !== 0) {
    console.error('The installation failed. Is the npm registry reachable? Run `npm ci` to see more.');
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, lock);
}
