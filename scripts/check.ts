// `npm run check`: types, lint, format, structure, and that the generated database types are current.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const bin = (name: string) => path.resolve('node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const checks: [string, string, string[]][] = [
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['structure', process.execPath, ['scripts/structure.ts']],
  ['database types', process.execPath, ['scripts/generate-types.ts', '--check']],
];

const failed = checks.filter(([name, command, args]) => {
  const started = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
  return status !== 0;
});
process.exit(failed.length > 0 ? 1 : 0);
