import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort, openEmbedded, type EmbeddedServer } from '../db/embedded.ts';

/** Another PostgreSQL than that of the run, which a test may stop, freeze and start again on the same port. */
export class SecondServer {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-second-'));
  #port = 0;
  #running: EmbeddedServer | undefined;
  #frozen: number[] = [];

  /** Connection of its superuser. */
  get url(): string {
    if (!this.#running) throw new Error('The second server does not run.');
    return this.#running.adminUrl;
  }

  async start(): Promise<void> {
    this.#port ||= await freePort();
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=32MB'];
    this.#running = await openEmbedded(this.#folder, settings, this.#port);
  }

  /** Every connection ends, and nothing listens any more. */
  async stop(): Promise<void> {
    await this.#running?.release();
    this.#running = undefined;
  }

  /** All its processes stand still: connections stay open, and nothing answers on them or on new ones. */
  async freeze(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where pid <> pg_backend_pid()',
    );
    await client.end();
    const [postmaster] = readFileSync(path.join(this.#folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
    this.#frozen = [Number(postmaster), ...rows.map(({ pid }) => pid)];
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
    this.#frozen = [];
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #signal(signal: NodeJS.Signals): void {
    for (const pid of this.#frozen) {
      try {
        process.kill(pid, signal);
      } catch {
        // That backend has ended meanwhile.
      }
    }
  }
}
