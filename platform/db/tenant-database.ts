import pg from 'pg';
import { AppError } from '../contract/errors.ts';
import { Breaker, type Probe } from './breaker.ts';
import type { DatabaseServer } from './database-server.ts';
import type { RegisteredDatabase } from './installation.ts';
import { cutOff, openPool, trackClients } from './session.ts';
import { isUnreachable } from './unreachable.ts';

/** How long a probe waits, in milliseconds, before it calls the database silent. */
const probePatience = 3_000;
/** An organisation by itself needs fewer connections, and gives them back sooner. */
const dedicatedShare = 4;
const idle = { shared: 60_000, dedicated: 15_000 } as const;

const behindMessage =
  'The database of this organisation is waiting to be brought up to date. Try again in a minute; the operator sees why.';

/**
 * A tenant database as the registry knows it, opened. Connection strings are behind getters of the class, so
 * that no log that is given one of these prints them.
 */
export class TenantDatabase {
  readonly #row: RegisteredDatabase;
  readonly #server: DatabaseServer;
  readonly #pool: pg.Pool;
  /** Whatever still waits on the pool's connections waits for nothing. */
  readonly #cutOffAll: () => void;
  readonly #breaker: Breaker;
  #trouble: unknown;
  #ready = false;

  /** @param poolSize connections at most, for a shared one */
  constructor(row: RegisteredDatabase, server: DatabaseServer, poolSize: number) {
    this.#row = row;
    this.#server = server;
    const max = row.kind === 'shared' ? poolSize : Math.max(2, Math.ceil(poolSize / dedicatedShare));
    this.#pool = openPool(this.appUrl, max, idle[row.kind]);
    this.#cutOffAll = trackClients(this.#pool);
    this.#breaker = new Breaker(
      () => this.#probe(),
      (down) => {
        if (down) this.#cutOffAll();
      },
    );
  }

  get id(): string {
    return this.#row.id;
  }

  /** Of the database on its server, and in the registry. */
  get name(): string {
    return this.#row.name;
  }

  get kind(): RegisteredDatabase['kind'] {
    return this.#row.kind;
  }

  get server(): DatabaseServer {
    return this.#server;
  }

  /** For the app's role: rows under row security. */
  get pool(): pg.Pool {
    return this.#pool;
  }

  get appUrl(): string {
    return this.#server.roleUrl('app', this.name);
  }

  /** For the jobs role: owns the queue, sees no tenant row. */
  get jobsUrl(): string {
    return this.#server.roleUrl('jobs', this.name);
  }

  /** The owner's: migrations, and looking at what row security hides. */
  get ownerUrl(): string {
    return this.#server.ownerUrl(this.name);
  }

  /** Found unreachable, and not yet found back. */
  get down(): boolean {
    return this.#breaker.down;
  }

  /** Its schema is the one that this program needs. */
  get ready(): boolean {
    return this.#ready;
  }

  set ready(ready: boolean) {
    this.#ready = ready;
  }

  /** Runs work on the database. @throws AppError unavailable, at once when it can't be reached or isn't ready */
  attempt<T>(work: () => Promise<T>): Promise<T> {
    if (this.#breaker.down || this.#ready) return this.#breaker.run(work);
    return Promise.reject(new AppError('unavailable', { message: behindMessage }));
  }

  /** Milliseconds that a statement takes which does nothing. @throws AppError unavailable */
  ping(): Promise<number> {
    return this.#breaker.run(async () => {
      const client = await this.#pool.connect();
      const begun = performance.now();
      try {
        await client.query('select 1');
        return performance.now() - begun;
      } finally {
        client.release();
      }
    });
  }

  /** What the last probe failed with, while it is down. */
  get trouble(): unknown {
    return this.#trouble;
  }

  /** Finds out whether it can be reached; `down` then says so. */
  ask(): Promise<void> {
    return this.#breaker.ask();
  }

  /** To be called about once a second. */
  lookForHanging(): void {
    this.#breaker.lookForHanging();
  }

  async close(): Promise<void> {
    this.#breaker.close();
    if (this.#breaker.down) this.#cutOffAll();
    await this.#pool.end();
  }

  /** A connection of its own: the pool's may all be waiting for this very database. */
  async #probe(): Promise<Probe> {
    const client = new pg.Client({
      connectionString: this.appUrl,
      connectionTimeoutMillis: probePatience,
      query_timeout: probePatience,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      this.#trouble = undefined;
      return 'answered';
    } catch (error) {
      cutOff(client);
      this.#trouble = error;
      if (error instanceof pg.DatabaseError && error.code === '53300') return 'answered';
      const silent = error instanceof Error && /timeout/i.test(error.message);
      return !silent && isUnreachable(error) ? 'refused' : 'silent';
    }
  }
}
