import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The content that the test's signature finds; harmless, and unlike EICAR's no other scanner takes it away. */
export const plague = 'HOLDFAST-TEST-PLAGUE-6f1d0c3a';
export const plagueName = 'Holdfast.Test.Plague.UNOFFICIAL';

export interface TestClamd {
  /** As `CLAMAV_URL`. */
  url: string;
  stop(): Promise<void>;
}

const places = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/opt/homebrew/sbin/clamd'];

/** Where the ClamAV daemon is: installed by the machine, or by us on a Debian where we are root, as in CI. */
export function findClamd(): string | undefined {
  const found = places.find((place) => existsSync(place));
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  console.error('Installing the ClamAV daemon …');
  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' } as const;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'clamav-daemon'], quiet);
  return places.find((place) => existsSync(place));
}

/** A daemon of its own, with one signature of our making: it needs no network and starts in a second. */
export async function startClamd(program: string, settings: readonly string[] = []): Promise<TestClamd> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-clamd-'));
  const socket = path.join(folder, 'clamd.sock');
  const lines = [
    `LocalSocket ${socket}`,
    `DatabaseDirectory ${folder}`,
    `TemporaryDirectory ${folder}`,
    'Foreground yes',
  ];
  const config = path.join(folder, 'clamd.conf');
  writeFileSync(path.join(folder, 'test.ndb'), `Holdfast.Test.Plague:0:*:${Buffer.from(plague).toString('hex')}\n`);
  writeFileSync(config, `${[...lines, ...settings].join('\n')}\n`);
  const daemon = spawn(program, ['--config-file', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  daemon.stdout.on('data', (text: Buffer) => (said += text.toString()));
  daemon.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  for (let tries = 0; !(await answers(socket)); tries++) {
    if (tries > 300 || daemon.exitCode !== null) throw new Error(`clamd doesn’t start: ${said}`);
    await sleep(100);
  }
  return {
    url: `unix:${socket}`,
    async stop() {
      daemon.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path: socket });
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}
