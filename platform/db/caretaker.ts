import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import type { DatabaseServer } from './database-server.ts';
import { checkEvery, checkHealth } from './health.ts';
import type { Installation, RegisteredDatabase } from './installation.ts';
import { inLanes } from './lanes.ts';
import { prepareRegistered } from './migrate-all.ts';
import type { TenantDatabase } from './tenant-database.ts';
import type { TenantRegistry } from './tenant-registry.ts';
import { isUnreachable, reasonOf } from './unreachable.ts';

/** How often it looks for something to do, and after what rest it tries a migration again that failed, in milliseconds. */
const round = 1_000;
const rest = 30_000;
/** Databases prepared at once at the start. */
const atOnce = 4;

/** Brings tenant databases to the schema that this process needs, now or when they are back; and checks their health. */
export class Caretaker {
  readonly #control: Kysely<ControlDatabase>;
  readonly #installation: Installation;
  readonly #registry: TenantRegistry;
  readonly #restUntil = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #checked = 0;
  #working: Promise<void> | undefined;
  #log: Logger | undefined;

  constructor(control: Kysely<ControlDatabase>, installation: Installation, registry: TenantRegistry) {
    this.#control = control;
    this.#installation = installation;
    this.#registry = registry;
  }

  /**
   * At the start of a process. Databases that are down or can't be migrated are left for later.
   * @throws when a migration failed and nothing at all could be prepared: then nobody could work
   */
  async prepareAll(): Promise<void> {
    const rows = new Map((await this.#installation.registered()).map((row) => [row.id, row]));
    const databases = await this.#registry.list();
    const servers = new Map<DatabaseServer, Promise<void>>();
    const failures = await inLanes(databases, atOnce, async (database) => {
      const row = rows.get(database.id);
      return row && this.#prepare(database, row, servers);
    });
    const failed = failures.filter((failure) => failure !== undefined);
    const [migration] = failed.filter((failure) => !isUnreachable(failure));
    if (migration && failed.length === databases.length) throw migration;
  }

  start(log: Logger): void {
    this.#log = log;
    this.#timer = setInterval(() => {
      for (const database of this.#registry.known) database.lookForHanging();
      this.#working ??= this.#goRound()
        .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'the databases could not be looked at'))
        .finally(() => {
          this.#working = undefined;
        });
    }, round);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  /** Looks at the databases that nobody looked at for a while, and keeps what it finds in the registry. */
  async check(): Promise<void> {
    this.#checked = Date.now();
    await checkHealth(this.#control, await this.#registry.list());
  }

  async #goRound(): Promise<void> {
    if (Date.now() - this.#checked >= checkEvery) await this.check();
    const waiting = this.#registry.known.filter(
      ({ id, ready, down }) => !ready && !down && (this.#restUntil.get(id) ?? 0) < Date.now(),
    );
    if (waiting.length === 0) return;
    const rows = await this.#installation.registered();
    const servers = new Map<DatabaseServer, Promise<void>>();
    await inLanes(waiting, atOnce, async (database) => {
      const row = rows.find(({ id }) => id === database.id);
      if (row) await this.#prepare(database, row, servers);
    });
  }

  /** @returns what stood in its way */
  async #prepare(
    database: TenantDatabase,
    row: RegisteredDatabase,
    servers: Map<DatabaseServer, Promise<void>>,
  ): Promise<unknown> {
    const { name } = database;
    try {
      await prepareRegistered(this.#installation, row, servers);
      if (!database.ready) this.#log?.info({ database: name }, 'the database is ready');
      database.ready = true;
      return undefined;
    } catch (error) {
      this.#restUntil.set(database.id, Date.now() + rest);
      this.#log?.warn({ database: name, reason: reasonOf(error) }, 'the database could not be prepared');
      if (!isUnreachable(error)) {
        database.ready = false;
        return error;
      }
      // It is tried again as soon as it is back.
      this.#restUntil.delete(database.id);
      void database.ask();
      return error;
    }
  }
}
