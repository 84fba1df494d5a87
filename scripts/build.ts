// `npm run build`: the web app into dist/web. `npm start` builds only when the sources changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const stamp = path.resolve('dist/web/.sources');
const sources = [
  'apps/web/**/*',
  'features/**/*.{ts,tsx,css}',
  'platform/{ui,client,contract,text,time}/**/*',
  'vite.config.ts',
  'package-lock.json',
];

/** Builds unless dist/web was made from exactly these sources. */
export async function buildWhenStale(): Promise<void> {
  const now = fingerprint();
  if (readStamp() === now) return;
  console.log('Building the web app …');
  build();
}

function build(): void {
  const vite = path.resolve('node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The web app could not be built.');
  writeFileSync(stamp, fingerprint());
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { exclude: ['**/*.test.ts', 'features/**/server/**'] }).toSorted();
  for (const file of files) {
    if (!/\.\w+$/.test(file)) continue;
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) build();
