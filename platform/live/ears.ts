import pg from 'pg';
import type { Logger } from 'pino';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { reasonOf } from '../db/unreachable.ts';
import { liveChannel } from './announcer.ts';
import { roomsChannel } from './rooms.ts';

/** After how long a connection that broke is tried again, in milliseconds. */
const retry = 1_000;

export interface Hearing {
  /** Somebody wrote in this organisation. */
  heard(orgId: string): void;
  /** Somebody said something in a room. */
  said(payload: string): void;
  /** A connection was opened: what was written before it went unheard. */
  opened(): void;
}

/** One listening connection to each database that somebody wants to hear from. */
export class Ears {
  readonly #log: Logger;
  readonly #hearing: Hearing;
  #wanted = new Set<TenantDatabase>();
  readonly #ears = new Map<TenantDatabase, pg.Client>();
  #closed = false;

  constructor(log: Logger, hearing: Hearing) {
    this.#log = log;
    this.#hearing = hearing;
  }

  /** Listens to these databases and no others. */
  listenTo(databases: Set<TenantDatabase>): void {
    this.#wanted = databases;
    for (const [database, client] of this.#ears) if (!databases.has(database)) void client.end();
    for (const database of databases) void this.#open(database);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#ears.values()].map((client) => client.end().catch(() => undefined)));
  }

  async #open(database: TenantDatabase): Promise<void> {
    if (this.#closed || !this.#wanted.has(database) || this.#ears.has(database)) return;
    const client = new pg.Client({
      connectionString: database.appUrl,
      application_name: 'holdfast-live',
      connectionTimeoutMillis: 5_000,
      // Nothing is sent on it: only so does a connection that died silently end.
      keepAlive: true,
    });
    this.#ears.set(database, client);
    const again = () => {
      if (this.#ears.get(database) !== client) return;
      this.#ears.delete(database);
      setTimeout(() => void this.#open(database), retry).unref();
    };
    client.on('notification', ({ channel, payload = '' }) =>
      channel === roomsChannel ? this.#hearing.said(payload) : this.#hearing.heard(payload),
    );
    client.on('error', () => undefined);
    client.on('end', again);
    try {
      await client.connect();
      await client.query(`listen ${liveChannel}; listen ${roomsChannel}`);
      this.#hearing.opened();
    } catch (error) {
      if (!database.down) {
        this.#log.warn({ reason: reasonOf(error), database: database.name }, 'live connection failed');
      }
      await client.end().catch(() => undefined);
      again();
    }
  }
}
