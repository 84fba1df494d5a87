// `npm test`: everything; `npm run e2e`: the journeys in a real browser only. Further words are Vitest's
// (`npm test features/scheduling`).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from '#platform/test/chromium.ts';
import { buildWhenStale } from './build.ts';

const [first, ...rest] = process.argv.slice(2);
const journeysOnly = first === 'e2e';
const filters = journeysOnly ? rest : process.argv.slice(2);

if (!journeysOnly) run('vitest.config.ts', filters);
if (journeysOnly || filters.length === 0) await runJourneys();

async function runJourneys(): Promise<void> {
  await buildWhenStale();
  if (!findChromium()) installChromium();
  if (!findChromium()) {
    console.error(
      'The journeys need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
    );
    process.exit(1);
  }
  run('e2e/vitest.config.ts', journeysOnly ? rest : []);
}

function run(config: string, words: string[]): void {
  const vitest = path.resolve('node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config, ...words], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test' },
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** On a Debian machine where we are root, as in CI; elsewhere the message says what to do. */
function installChromium(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.error('Installing Chromium …');
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium'], {
    ...options,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
