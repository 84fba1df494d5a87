import pg from 'pg';
import type { Logger } from 'pino';
import type { Databases } from '../db/databases.ts';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant } from '../db/tenant.ts';
import { changesSince, currentCursor, type ChangeNote, type Cursor } from '../db/changes.ts';

/** How long changes are gathered before one NOTIFY tells of them, in milliseconds. */
const gather = 15;
/** Followers look by themselves this often, in case the telling process died between commit and NOTIFY. */
const sweep = 5_000;

/** With `resync` anything may have changed: the organisation came from another database. */
type Listener = (changes: ChangeNote[], resync: boolean) => void;

/**
 * Tells the followers of an organisation what changed, in every process. A commit only marks the
 * organisation; one batching connection per database sends NOTIFY (inside each transaction it would
 * serialise commits), and the listening side reads the change record from where it had stopped.
 */
export class LiveHub {
  readonly #databases: Databases;
  readonly #log: Logger;
  readonly #followed = new Map<string, Followed>();
  readonly #dirty = new Set<string>();
  readonly #connections = new Map<string, pg.Client>();
  #flushTimer: NodeJS.Timeout | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(databases: Databases, log: Logger) {
    this.#databases = databases;
    this.#log = log;
  }

  async start(): Promise<void> {
    for (const database of await this.#databases.tenants()) await this.#listen(database);
    this.#databases.onWrite = (orgId) => this.#mark(orgId);
    this.#sweepTimer = setInterval(() => this.#sweep(), sweep);
    this.#sweepTimer.unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#databases.onWrite = () => undefined;
    clearTimeout(this.#flushTimer);
    clearInterval(this.#sweepTimer);
    await Promise.all([...this.#connections.values()].map((client) => client.end().catch(() => undefined)));
  }

  /** @returns a function that stops following. */
  follow(orgId: string, listener: Listener): () => void {
    let followed = this.#followed.get(orgId);
    if (!followed) {
      followed = new Followed(this.#databases, orgId, this.#log);
      this.#followed.set(orgId, followed);
    }
    const { listeners } = followed;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#followed.delete(orgId);
    };
  }

  #mark(orgId: string): void {
    this.#dirty.add(orgId);
    this.#flushTimer ??= setTimeout(() => void this.#flush(), gather);
  }

  /** One statement per database and batch, however many commits there were. */
  async #flush(): Promise<void> {
    this.#flushTimer = undefined;
    const orgs = [...this.#dirty];
    this.#dirty.clear();
    const notify = "select pg_notify('holdfast_live', org) from unnest($1::text[]) as org";
    for (const client of this.#connections.values()) {
      await client
        .query(notify, [orgs])
        .catch((error: unknown) => this.#log.warn({ err: error }, 'live NOTIFY failed'));
    }
  }

  #sweep(): void {
    for (const followed of this.#followed.values()) followed.read();
  }

  async #listen(database: TenantDatabase): Promise<void> {
    const client = new pg.Client({
      connectionString: database.pool.options.connectionString,
      application_name: 'holdfast-live',
      // A batch may be sent before the one before it was answered.
      pipeline: true,
    });
    client.on('notification', ({ payload }) => this.#followed.get(payload ?? '')?.read());
    client.on('error', () => undefined);
    client.on('end', () => this.#reconnect(database));
    try {
      await client.connect();
      await client.query('listen holdfast_live');
      this.#connections.set(database.id, client);
      this.#sweep();
    } catch (error) {
      this.#log.warn({ err: error, database: database.name }, 'live connection failed');
      if (!client.listenerCount('end')) return;
      await client.end().catch(() => undefined);
    }
  }

  #reconnect(database: TenantDatabase): void {
    this.#connections.delete(database.id);
    if (!this.#closed) setTimeout(() => void this.#listen(database), 1_000).unref();
  }
}

/** One organisation's position in the change record, and who wants to know. */
class Followed {
  readonly listeners = new Set<Listener>();
  readonly #databases: Databases;
  readonly #orgId: string;
  readonly #log: Logger;
  #cursor: Promise<Cursor>;
  #reading = false;
  #again = false;

  constructor(databases: Databases, orgId: string, log: Logger) {
    this.#databases = databases;
    this.#orgId = orgId;
    this.#log = log;
    this.#cursor = this.#inTenant(currentCursor);
    this.#cursor.catch(() => undefined);
  }

  /** Reads on from the cursor; a call during a reading makes it read once more. */
  read(): void {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    void this.#readOn().finally(() => {
      this.#reading = false;
      if (this.#again) {
        this.#again = false;
        this.read();
      }
    });
  }

  async #readOn(): Promise<void> {
    try {
      const cursor = await this.#cursor.catch(() => this.#inTenant(currentCursor));
      const { changes, next, resync } = await this.#inTenant((tx) => changesSince(tx, cursor));
      this.#cursor = Promise.resolve(next);
      if (changes.length > 0 || resync) for (const listener of this.listeners) listener(changes, resync);
    } catch (error) {
      this.#log.warn({ err: error }, 'live reading failed');
    }
  }

  #inTenant<T>(work: Parameters<typeof withTenant<T>>[2]): Promise<T> {
    const scope = mintScope({ orgId: this.#orgId, actor: 'live', requestId: 'live' });
    return withTenant(this.#databases, scope, work, { readOnly: true });
  }
}
