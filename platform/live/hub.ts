import type { Logger } from 'pino';
import { changesSince, currentCursor, type ChangeNote, type Cursor } from '../db/changes.ts';
import type { Databases } from '../db/databases.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant } from '../db/tenant.ts';
import { reasonOf } from '../db/unreachable.ts';
import { Announcer } from './announcer.ts';
import { Ears } from './ears.ts';
import type { Rooms } from './rooms.ts';

/** Followers look by themselves this often, in case the telling process died between commit and NOTIFY. */
const sweep = 5_000;

/** With `resync` anything may have changed: following began, or the organisation came from another database. */
type Listener = (changes: ChangeNote[], resync: boolean) => void;

/**
 * Tells the followers of an organisation what changed, in every process. Commits are announced by NOTIFY;
 * the listening side reads the change record from where it had stopped. Only databases in which somebody
 * follows something are listened to, so a new one, or one that was moved to, is heard from its first follower on.
 */
export class LiveHub {
  readonly #databases: Databases;
  readonly #log: Logger;
  readonly #announcer: Announcer;
  readonly #ears: Ears;
  readonly #followed = new Map<string, Followed>();
  #sweepTimer: NodeJS.Timeout | undefined;

  constructor(databases: Databases, log: Logger, rooms: Rooms) {
    this.#databases = databases;
    this.#log = log;
    this.#announcer = new Announcer(databases, log);
    this.#ears = new Ears(log, {
      heard: (orgId) => this.#followed.get(orgId)?.read(),
      said: (payload) => rooms.hear(payload),
      opened: () => {
        this.#readAll();
        rooms.askAgain();
      },
    });
  }

  start(): void {
    this.#announcer.start();
    this.#sweepTimer = setInterval(() => {
      this.#readAll();
      void this.#listenWhereFollowed();
    }, sweep);
    this.#sweepTimer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweepTimer);
    await this.#announcer.stop();
    await this.#ears.close();
  }

  /**
   * The listener first hears `resync`, as soon as every later change will be told: what it reads before that
   * may be missing one that nobody tells it of.
   *
   * @returns a function that stops following
   */
  follow(orgId: string, listener: Listener): () => void {
    let followed = this.#followed.get(orgId);
    if (!followed) {
      followed = new Followed(this.#databases, orgId, this.#log);
      this.#followed.set(orgId, followed);
      void this.#listenWhereFollowed();
    }
    const { listeners } = followed;
    followed.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#followed.delete(orgId);
    };
  }

  #readAll(): void {
    for (const followed of this.#followed.values()) followed.read();
  }

  /** One that isn't found (erased, or its connection can't be opened) keeps nobody else from being heard. */
  async #listenWhereFollowed(): Promise<void> {
    const found = await Promise.allSettled([...this.#followed.keys()].map((id) => this.#databases.databaseOf(id)));
    this.#ears.listenTo(new Set(found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))));
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

  add(listener: Listener): void {
    this.listeners.add(listener);
    this.#cursor.then(
      () => this.listeners.has(listener) && listener([], true),
      // The database is down: all are told when it is back.
      () => undefined,
    );
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
      const cursor = await this.#cursor.catch(() => undefined);
      if (!cursor) return await this.#beginAnew();
      const { changes, next, resync } = await this.#inTenant((tx) => changesSince(tx, cursor));
      this.#cursor = Promise.resolve(next);
      if (changes.length > 0 || resync) this.#tell(changes, resync);
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, 'live reading failed');
    }
  }

  async #beginAnew(): Promise<void> {
    this.#cursor = this.#inTenant(currentCursor);
    await this.#cursor;
    this.#tell([], true);
  }

  #tell(changes: ChangeNote[], resync: boolean): void {
    for (const listener of this.listeners) listener(changes, resync);
  }

  #inTenant<T>(work: Parameters<typeof withTenant<T>>[2]): Promise<T> {
    const scope = mintScope({ orgId: this.#orgId, actor: 'live', requestId: 'live' });
    return withTenant(this.#databases, scope, work, { readOnly: true });
  }
}
