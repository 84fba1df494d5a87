import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import type { Config } from '../config.ts';
import { Caretaker } from './caretaker.ts';
import {
  createTenantDatabase,
  newDatabaseName,
  removeTenantDatabase,
  type NewTenantDatabase,
} from './create-database.ts';
import { databaseStates, type DatabaseState } from './database-states.ts';
import { openInstallation, type Installation } from './installation.ts';
import { migrateAll, type MigrateOptions, type Migrated } from './migrate-all.ts';
import { openPool } from './session.ts';
import type { TenantDatabase } from './tenant-database.ts';
import { TenantRegistry } from './tenant-registry.ts';
import type { TenantDoor } from './tenant.ts';

export interface Databases extends TenantDoor {
  control: Kysely<ControlDatabase>;
  controlPool: pg.Pool;
  /** The owner's connection to the control database. */
  controlOwnerUrl: string;
  /** Every registered tenant database, opened; some may be down or not ready. */
  tenants(): Promise<TenantDatabase[]>;
  /** Where an organisation lives. @throws AppError not_found, unavailable */
  databaseOf(orgId: string): Promise<TenantDatabase>;
  /** The shared tenant database for a new organisation: the one with the fewest. */
  emptiest(): Promise<string>;
  /** Makes and registers a tenant database. @throws AppError in words; nothing is left then */
  createTenantDatabase(wanted: NewTenantDatabase): Promise<TenantDatabase>;
  /** A name for the database of an organisation with this slug that no other one has. */
  newDatabaseName(slug: string): Promise<string>;
  /** Drops and forgets a tenant database in which no organisation lives. */
  removeTenantDatabase(id: string): Promise<void>;
  /** Brings all databases to the newest schema; one that fails doesn't stop the others. */
  migrateAll(options?: MigrateOptions): Promise<Migrated[]>;
  /** What is known of each database: version, health, pool. */
  databaseStates(): Promise<DatabaseState[]>;
  /** Looks now at the databases that no process looked at for a while. */
  checkHealth(): Promise<void>;
  /** Begins to look after the tenant databases: health, and schemas that could not be prepared at the start. */
  lookAfter(log: Logger): void;
  /** What `wrote` does; the live hub sets it. */
  onWrite: (orgId: string) => void;
  /** Told after each transaction of `withControl`. */
  wroteControl(): void;
  /** What `wroteControl` does; the relay sets it. */
  onControlWrite: () => void;
  close(): Promise<void>;
}

/**
 * Opens the control database and the registry of tenant databases, creating and migrating what is
 * missing. With `DATABASE_URL` on that server, otherwise on the embedded one in the data folder. Tenant
 * databases that are down stay so: `lookAfter` prepares them when they are back.
 *
 * @param rolePrefix names the two roles; the control database's name unless told (clones of one template share theirs)
 * @throws {Error} naming what the given server's user may not do
 */
export async function openDatabases(config: Config, rolePrefix?: string): Promise<Databases> {
  const { installation, release } = await openInstallation(config, rolePrefix);
  let opened: Databases | undefined;
  try {
    await installation.prepare();
    const parts = open(config, installation, release);
    opened = parts.databases;
    await parts.caretaker.prepareAll();
    return opened;
  } catch (error) {
    await (opened ? opened.close() : release());
    throw error;
  }
}

function open(
  config: Config,
  installation: Installation,
  release: () => Promise<void>,
): { databases: Databases; caretaker: Caretaker } {
  const controlPool = openPool(installation.controlUrl, config.poolSize);
  const control = new Kysely<ControlDatabase>({ dialect: new PostgresDialect({ pool: controlPool }) });
  const registry = new TenantRegistry(control, installation, config.poolSize);
  const caretaker = new Caretaker(control, installation, registry);
  const databases: Databases = {
    control,
    controlPool,
    controlOwnerUrl: installation.home.ownerUrl(installation.controlName),
    tenants: () => registry.list(),
    databaseOf: (orgId) => registry.databaseOf(orgId),
    forgetPlacement: (orgId) => registry.forget(orgId),
    emptiest: () => registry.emptiest(),
    createTenantDatabase: (wanted) => createTenantDatabase(control, installation, registry, wanted),
    newDatabaseName: (slug) => newDatabaseName(control, installation, slug),
    removeTenantDatabase: (id) => removeTenantDatabase(control, registry, id),
    migrateAll: (options) => migrateAll(installation, options),
    databaseStates: () => databaseStates(control, registry),
    checkHealth: () => caretaker.check(),
    lookAfter: (log) => caretaker.start(log),
    onWrite: () => undefined,
    wrote: (orgId) => databases.onWrite(orgId),
    onControlWrite: () => undefined,
    wroteControl: () => databases.onControlWrite(),
    async close() {
      await caretaker.stop();
      await registry.close();
      await control.destroy();
      await release();
    },
  };
  return { databases, caretaker };
}
