import type { Logger } from 'pino';
import type { Databases } from '../db/databases.ts';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { reasonOf } from '../db/unreachable.ts';

/** How long changes are gathered before one NOTIFY tells of them, in milliseconds. */
const gather = 15;

export const liveChannel = 'holdfast_live';

/**
 * Tells every process which organisations were written to. A commit only marks the organisation; one statement
 * per database and batch then sends NOTIFY (inside each transaction it would serialise commits). A server and a
 * command do this alike, so boards hear of what a command changes.
 */
export class Announcer {
  readonly #databases: Databases;
  readonly #log: Logger | undefined;
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(databases: Databases, log?: Logger) {
    this.#databases = databases;
    this.#log = log;
  }

  /** From here on each committed write is told. */
  start(): void {
    this.#databases.onWrite = (orgId) => {
      this.#dirty.add(orgId);
      this.#timer ??= setTimeout(() => void this.#flush(), gather);
    };
  }

  /** Tells what is left. */
  async stop(): Promise<void> {
    this.#databases.onWrite = () => undefined;
    clearTimeout(this.#timer);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const orgs = [...this.#dirty];
    this.#dirty.clear();
    const byDatabase = new Map<TenantDatabase, string[]>();
    for (const org of orgs) {
      const database = await this.#databases.databaseOf(org).catch((error: unknown) => this.#failed(error));
      if (database) byDatabase.set(database, [...(byDatabase.get(database) ?? []), org]);
    }
    await Promise.all([...byDatabase].map(([database, ids]) => this.#tell(database, ids)));
  }

  async #tell(database: TenantDatabase, orgs: string[]): Promise<void> {
    const notify = `select pg_notify('${liveChannel}', org) from unnest($1::text[]) as org`;
    await database.attempt(() => database.pool.query(notify, [orgs])).catch((error: unknown) => this.#failed(error));
  }

  /** Nobody waits for it: followers sweep by themselves. */
  #failed(error: unknown): void {
    this.#log?.warn({ reason: reasonOf(error) }, 'live NOTIFY failed');
  }
}
