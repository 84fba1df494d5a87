import { createHmac } from 'node:crypto';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import type { Config } from '../config.ts';
import { AppError } from '../contract/errors.ts';
import { uuidv7 } from './uuid.ts';
import { openEmbedded } from './embedded.ts';
import { migrate, type DatabaseRoles, type MigrationResult } from './migrate.ts';
import { openPool } from './session.ts';
import type { TenantDoor } from './tenant.ts';

/** One tenant database as the registry knows it. */
export interface TenantDatabase {
  id: string;
  name: string;
  /** For the app's role: rows under row security. */
  pool: pg.Pool;
  /** For the jobs role: owns the queue, sees no tenant row. */
  jobsUrl: string;
}

export interface Databases extends TenantDoor {
  control: Kysely<ControlDatabase>;
  controlPool: pg.Pool;
  /** Every registered tenant database, opened. */
  tenants(): Promise<TenantDatabase[]>;
  /** The tenant database for a new organisation: the one with the fewest. */
  emptiest(): Promise<string>;
  /** What `wrote` does; the live hub sets it. */
  onWrite: (orgId: string) => void;
  /** Told after each transaction of `withControl`. */
  wroteControl(): void;
  /** What `wroteControl` does; the relay sets it. */
  onControlWrite: () => void;
  /** The owner's connection to a database: migrations, and looking at what row security hides. */
  ownerUrl(database: string): string;
  /** Brings all databases to the newest schema. */
  migrateAll(dryRun?: boolean): Promise<Record<string, MigrationResult>>;
  close(): Promise<void>;
}

/** How long the place of an organisation may be remembered, in milliseconds. */
const placementAge = 3_000;

/**
 * Opens the control database and the registry of tenant databases, creating and migrating what is
 * missing. With `DATABASE_URL` on that server, otherwise on the embedded one in the data folder.
 *
 * @param rolePrefix names the two roles; the control database's name unless told (clones of one template share theirs)
 * @throws {Error} naming what the given server's user may not do
 */
export async function openDatabases(config: Config, rolePrefix?: string): Promise<Databases> {
  const server = config.databaseUrl
    ? { adminUrl: config.databaseUrl, release: async () => undefined }
    : await openEmbedded(config.dataFolder, embeddedSettings());
  const controlName = config.databaseUrl ? databaseOf(config.databaseUrl) : 'holdfast';
  const prefix = rolePrefix ?? controlName;
  const roles: DatabaseRoles = { app: `${prefix}_app`, jobs: `${prefix}_jobs` };
  const installation = new Installation(config, server.adminUrl, controlName, roles);
  try {
    await installation.prepare();
  } catch (error) {
    await server.release();
    throw error;
  }
  return open(config, installation, () => server.release());
}

/** Tests trade durability for speed; nobody else should. */
function embeddedSettings(): string[] {
  return process.env['NODE_ENV'] === 'test' ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : [];
}

/** Names, roles and URLs of one installation's databases on one server. */
class Installation {
  readonly adminUrl: string;
  readonly controlName: string;
  readonly roles: DatabaseRoles;
  readonly #config: Config;

  constructor(config: Config, adminUrl: string, controlName: string, roles: DatabaseRoles) {
    this.#config = config;
    this.adminUrl = adminUrl;
    this.controlName = controlName;
    this.roles = roles;
  }

  ownerUrl(database: string): string {
    return withParts(this.adminUrl, { database });
  }

  urlFor(role: 'app' | 'jobs', database: string): string {
    return withParts(this.adminUrl, { database, user: this.roles[role], password: this.#password(role) });
  }

  #password(role: 'app' | 'jobs'): string {
    return createHmac('sha256', this.#config.secret).update(`database-role:${role}`).digest('hex');
  }

  /** Roles, the control database, and the first tenant database. */
  async prepare(): Promise<void> {
    await this.#ensureRoles();
    await this.ensureDatabase(this.controlName);
    await migrate(this.ownerUrl(this.controlName), 'control', this.roles);
    const owner = new pg.Client({ connectionString: this.ownerUrl(this.controlName) });
    await owner.connect();
    const first = `${this.controlName}_tenant`;
    await owner.query(
      'insert into tenant_databases (id, name) select $1, $2 where not exists (select from tenant_databases) on conflict do nothing',
      [uuidv7(), first],
    );
    const { rows } = await owner.query<{ name: string }>('select name from tenant_databases where sealed_url is null');
    await owner.end();
    for (const { name } of rows) await this.prepareTenant(name);
  }

  async prepareTenant(name: string): Promise<MigrationResult> {
    await this.ensureDatabase(name);
    const owner = new pg.Client({ connectionString: this.ownerUrl(name) });
    await owner.connect();
    await owner.query(
      `grant create on database ${pg.escapeIdentifier(name)} to ${pg.escapeIdentifier(this.roles.jobs)}`,
    );
    // The definer of enqueue_job and owner of the heartbeat table; the migration hands them over.
    await owner.query(`grant create on schema public to ${pg.escapeIdentifier(this.roles.jobs)}`);
    await owner.end();
    const result = await migrate(this.ownerUrl(name), 'tenant', this.roles);
    await runMigrations({ connectionString: this.urlFor('jobs', name) });
    return result;
  }

  async ensureDatabase(name: string): Promise<void> {
    await this.#asAdmin(async (admin) => {
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
      if (rowCount) return;
      await admin.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: unknown) => {
        // Another process made it in between.
        if (!(error instanceof pg.DatabaseError) || (error.code !== '42P04' && error.code !== '23505')) throw error;
      });
    });
  }

  async #ensureRoles(): Promise<void> {
    await this.#asAdmin(async (admin) => {
      await admin.query('select pg_advisory_lock(7260)');
      for (const kind of ['app', 'jobs'] as const) {
        const role = pg.escapeIdentifier(this.roles[kind]);
        const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [this.roles[kind]]);
        const verb = rowCount ? 'alter' : 'create';
        // No other attribute: a new role has none, and naming one would need a superuser.
        await admin.query(`${verb} role ${role} login password ${pg.escapeLiteral(this.#password(kind))}`);
        // An owner that is no superuser must be a member to hand things over to the jobs role.
        await admin.query(`grant ${role} to current_user`).catch(() => undefined);
      }
    });
  }

  async #asAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
    const admin = await connectForAdministration(this.adminUrl);
    try {
      await work(admin);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42501') {
        throw new Error('The user of DATABASE_URL needs the rights CREATEDB and CREATEROLE.', { cause: error });
      }
      throw error;
    } finally {
      await admin.end();
    }
  }
}

function open(config: Config, installation: Installation, release: () => Promise<void>): Databases {
  const controlPool = openPool(installation.urlFor('app', installation.controlName), config.poolSize);
  const control = new Kysely<ControlDatabase>({ dialect: new PostgresDialect({ pool: controlPool }) });
  const opened = new Map<string, TenantDatabase>();
  const placements = new Map<string, { databaseId: string; until: number }>();

  async function tenants(): Promise<TenantDatabase[]> {
    const rows = await control.selectFrom('tenant_databases').select(['id', 'name']).orderBy('name').execute();
    for (const { id, name } of rows) {
      if (opened.has(id)) continue;
      opened.set(id, {
        id,
        name,
        pool: openPool(installation.urlFor('app', name), config.poolSize),
        jobsUrl: installation.urlFor('jobs', name),
      });
    }
    return rows.flatMap(({ id }) => opened.get(id) ?? []);
  }

  const databases: Databases = {
    control,
    controlPool,
    tenants,
    onWrite: () => undefined,
    wrote: (orgId) => databases.onWrite(orgId),
    onControlWrite: () => undefined,
    wroteControl: () => databases.onControlWrite(),
    async poolOf(orgId) {
      const known = placements.get(orgId);
      let databaseId = known && known.until > Date.now() ? known.databaseId : undefined;
      if (!databaseId) {
        const row = await control
          .selectFrom('organisations')
          .select('tenant_database_id')
          .where('id', '=', orgId)
          .executeTakeFirst();
        if (!row) throw new AppError('not_found', { message: 'This organisation was not found.' });
        databaseId = row.tenant_database_id;
        placements.set(orgId, { databaseId, until: Date.now() + placementAge });
      }
      const database = opened.get(databaseId) ?? (await tenants()).find(({ id }) => id === databaseId);
      if (!database)
        throw new AppError('unavailable', { message: 'The database of this organisation is not registered.' });
      return database.pool;
    },
    forgetPlacement: (orgId) => void placements.delete(orgId),
    async emptiest() {
      const row = await control
        .selectFrom('tenant_databases as d')
        .leftJoin('organisations as o', 'o.tenant_database_id', 'd.id')
        .select('d.id')
        .groupBy('d.id')
        .orderBy((eb) => eb.fn.count('o.id'))
        .orderBy('d.id')
        .limit(1)
        .executeTakeFirstOrThrow();
      return row.id;
    },
    ownerUrl: (database) => installation.ownerUrl(database),
    async migrateAll(dryRun = false) {
      const { controlName, roles } = installation;
      const results = { [controlName]: await migrate(installation.ownerUrl(controlName), 'control', roles, dryRun) };
      for (const { name } of await tenants()) {
        results[name] = await migrate(installation.ownerUrl(name), 'tenant', roles, dryRun);
      }
      return results;
    },
    async close() {
      await Promise.all([...opened.values()].map(({ pool }) => pool.end()));
      await control.destroy();
      await release();
    },
  };
  return databases;
}

/**
 * To the database `postgres`, which every server has: the one that the URL names may be still to be made,
 * and advisory locks only meet within one database. To the named one where `postgres` is closed to us.
 */
async function connectForAdministration(url: string): Promise<pg.Client> {
  const maintenance = new pg.Client({ connectionString: withParts(url, { database: 'postgres' }) });
  try {
    await maintenance.connect();
    return maintenance;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const named = new pg.Client({ connectionString: url });
    await named.connect();
    return named;
  }
}

function databaseOf(url: string): string {
  return decodeURIComponent(path.posix.basename(new URL(url).pathname)) || 'postgres';
}

function withParts(url: string, parts: { database: string; user?: string; password?: string }): string {
  const result = new URL(url);
  result.pathname = `/${encodeURIComponent(parts.database)}`;
  if (parts.user) result.username = encodeURIComponent(parts.user);
  if (parts.password) result.password = encodeURIComponent(parts.password);
  return result.href;
}
