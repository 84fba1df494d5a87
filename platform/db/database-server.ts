import { createHmac } from 'node:crypto';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { AppError } from '../contract/errors.ts';
import { listMigrations, migrate, type DatabaseRoles, type MigrationResult } from './migrate.ts';
import { hostOf, withParts } from './server-url.ts';

/** How long a server may take to let us in, in milliseconds: one that is down must not hold up a start. */
const patience = 5_000;

export interface ServerOptions {
  /** Connection of a user who may create databases and roles. */
  adminUrl: string;
  roles: DatabaseRoles;
  /** Of the installation: the roles' passwords derive from it. */
  secret: string;
  /** Not the server of the control database: its roles have passwords of their own, which open nothing else. */
  elsewhere: boolean;
}

/** One PostgreSQL server: the installation's roles on it, and databases to make, migrate and drop. */
export class DatabaseServer {
  readonly roles: DatabaseRoles;
  readonly #adminUrl: string;
  readonly #secret: string;
  readonly #elsewhere: boolean;

  constructor({ adminUrl, roles, secret, elsewhere }: ServerOptions) {
    this.roles = roles;
    this.#adminUrl = adminUrl;
    this.#secret = secret;
    this.#elsewhere = elsewhere;
  }

  /** `host:port`, for people. */
  get host(): string {
    return hostOf(this.#adminUrl);
  }

  ownerUrl(database: string): string {
    return withParts(this.#adminUrl, { database });
  }

  roleUrl(role: 'app' | 'jobs', database: string): string {
    return withParts(this.#adminUrl, { database, user: this.roles[role], password: this.#password(role) });
  }

  #password(role: 'app' | 'jobs'): string {
    const place = this.#elsewhere ? `@${this.host}` : '';
    return createHmac('sha256', this.#secret).update(`database-role:${role}${place}`).digest('hex');
  }

  /** Makes the two roles, or gives them the passwords that they should have. */
  async ensureRoles(): Promise<void> {
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

  /**
   * Before a server is used for the first time: roles of our name with another password belong to another
   * installation (or to ours, under another address), which giving them ours would lock out.
   *
   * @throws AppError invalid_input
   */
  async refuseRolesOfOthers(): Promise<void> {
    await this.#asAdmin(async (admin) => {
      const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [this.roles.app]);
      if (!rowCount) return;
      const client = new pg.Client({
        connectionString: this.roleUrl('app', 'postgres'),
        connectionTimeoutMillis: patience,
      });
      await client.connect().catch((error: unknown) => {
        if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') return;
        throw new AppError('invalid_input', {
          message: `${this.host} is used by another installation, or by this one under another address: its role ${this.roles.app} has another password.`,
          fields: [{ field: 'server', message: 'Give another server, or the address that is registered already.' }],
          cause: error,
        });
      });
      await client.end();
    });
  }

  /** @returns true when it was made now */
  async ensureDatabase(name: string): Promise<boolean> {
    return this.#asAdmin(async (admin) => {
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
      if (rowCount) return false;
      try {
        await admin.query(`create database ${pg.escapeIdentifier(name)}`);
        return true;
      } catch (error) {
        // Another process made it in between.
        if (error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505')) return false;
        throw error;
      }
    });
  }

  /** A database that nothing lives in: without tables, or with ours and not one change ever recorded. */
  async isUnused(name: string): Promise<boolean> {
    return this.#asOwner(name, async (owner) => {
      // The size, because row security hides rows even from an owner who is no superuser.
      const { rows } = await owner.query<{ unused: boolean }>(
        `select case when to_regclass('public.changes') is not null then pg_relation_size('public.changes') = 0
                     else not exists (select from pg_tables where schemaname = 'public') end as unused`,
      );
      return rows[0]?.unused ?? false;
    });
  }

  async dropDatabase(name: string): Promise<void> {
    await this.#asAdmin((admin) => admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`));
  }

  /** Brings a tenant database that exists to the newest schema; returns at once when it is there. */
  async prepareTenant(name: string): Promise<MigrationResult> {
    const newest = listMigrations('tenant').length;
    const complete = await this.#asOwner(name, async (owner) => {
      if (await isComplete(owner)) return true;
      const { app, jobs } = this.roles;
      await owner.query(`grant create on database ${pg.escapeIdentifier(name)} to ${pg.escapeIdentifier(jobs)}`);
      // The definer of enqueue_job and owner of the heartbeat table; the migration hands them over.
      await owner.query(`grant create on schema public to ${pg.escapeIdentifier(jobs)}`);
      await owner.query(`grant usage on schema public to ${pg.escapeIdentifier(app)}`);
      return false;
    });
    if (complete) return { from: newest, to: newest, applied: [] };
    const result = await migrate(this.ownerUrl(name), 'tenant', this.roles);
    await this.#prepareQueue(name);
    return result;
  }

  async #prepareQueue(name: string): Promise<void> {
    const pool = new pg.Pool({ connectionString: this.roleUrl('jobs', name), max: 2 });
    // A server that stops while a connection is being closed says so on it; nobody else listens then.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    try {
      await runMigrations({ pgPool: pool });
    } finally {
      await pool.end();
    }
  }

  /** Runs work over one connection of the owner. */
  async #asOwner<T>(database: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
    const owner = new pg.Client({ connectionString: this.ownerUrl(database), connectionTimeoutMillis: patience });
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  async #asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
    const admin = await connectForAdministration(this.#adminUrl);
    try {
      return await work(admin);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42501') {
        const whose = this.#elsewhere ? `given for ${this.host}` : 'of DATABASE_URL';
        throw new Error(`The user ${whose} needs the rights CREATEDB and CREATEROLE.`, { cause: error });
      }
      throw error;
    } finally {
      await admin.end();
    }
  }
}

/** Every migration as it is written now, and a job queue (whose own changes each worker applies at its start). */
async function isComplete(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    `select to_regclass('public.schema_migrations') is not null and to_regclass('graphile_worker.migrations') is not null as there`,
  );
  if (!rows[0]?.there) return false;
  const { rows: done } = await owner.query<{ checksum: string }>('select checksum from schema_migrations');
  const applied = new Set(done.map(({ checksum }) => checksum));
  return listMigrations('tenant').every(({ checksum }) => applied.has(checksum));
}

/**
 * To the database `postgres`, which every server has: the one that the URL names may be still to be made,
 * and advisory locks only meet within one database. To the named one where `postgres` is closed to us.
 */
async function connectForAdministration(url: string): Promise<pg.Client> {
  const options = { connectionTimeoutMillis: patience };
  const maintenance = new pg.Client({ connectionString: withParts(url, { database: 'postgres' }), ...options });
  try {
    await maintenance.connect();
    return maintenance;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const named = new pg.Client({ connectionString: url, ...options });
    await named.connect();
    return named;
  }
}
