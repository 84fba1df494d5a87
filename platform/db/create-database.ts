import type { Kysely } from 'kysely';
import pg from 'pg';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import { AppError, invalid, notFound } from '../contract/errors.ts';
import type { DatabaseServer } from './database-server.ts';
import type { DatabaseKind, Installation } from './installation.ts';
import { parseServerUrl } from './server-url.ts';
import type { TenantDatabase } from './tenant-database.ts';
import type { TenantRegistry } from './tenant-registry.ts';
import { isUnreachable, reasonOf } from './unreachable.ts';
import { uuidv7 } from './uuid.ts';

export interface NewTenantDatabase {
  /** Of the database on its server and in the registry; `newDatabaseName` makes one from a slug. */
  name: string;
  kind: DatabaseKind;
  /** Another server, by the connection of a user who may create databases and roles there; this one when absent. */
  adminUrl?: string;
  /** Told before each step, in words, with how many of all steps are done. */
  onProgress?: (step: string, done: number, total: number) => void | Promise<void>;
}

const steps = ['Looking at the server', 'Making the database', 'Building its schema', 'Registering it'] as const;
const nameRule = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * Makes a tenant database: roles, database, schema, then its row in the registry, from which on every process
 * uses it. When a step fails the database is dropped again, if it was made here.
 *
 * @throws AppError that says why, without the connection
 */
export async function createTenantDatabase(
  installation: Installation,
  registry: TenantRegistry,
  { name, kind, adminUrl, onProgress = () => undefined }: NewTenantDatabase,
): Promise<TenantDatabase> {
  if (!nameRule.test(name)) {
    throw invalid('database', 'A database is named with small letters, digits and _, beginning with a letter.');
  }
  const url = adminUrl === undefined ? undefined : parseServerUrl(adminUrl);
  const server = url === undefined ? installation.home : installation.serverAt(url);
  const begin = (step: 0 | 1 | 2 | 3) => onProgress(steps[step], step, steps.length);
  let made = false;
  try {
    await begin(0);
    if (url !== undefined) await server.refuseRolesOfOthers();
    await server.ensureRoles();
    await begin(1);
    await refuseRegistered(registry, name);
    made = await server.ensureDatabase(name);
    if (!made && !(await server.isUnused(name))) throw nameTaken(name);
    await begin(2);
    const { to } = await server.prepareTenant(name);
    await begin(3);
    const id = await register(installation, { name, kind, url, version: to });
    return await required(registry, id);
  } catch (error) {
    if (made) await server.dropDatabase(name).catch(() => undefined);
    throw worded(error, name, server, url !== undefined);
  }
}

async function required(registry: TenantRegistry, id: string): Promise<TenantDatabase> {
  const database = (await registry.list()).find((one) => one.id === id);
  if (database) return database;
  throw new Error('The database was registered and is not there.');
}

/** Before anything is made; the registry's unique name decides between two at the same time. */
async function refuseRegistered(registry: TenantRegistry, name: string): Promise<void> {
  if ((await registry.list()).some((database) => database.name === name)) throw nameTaken(name);
}

function nameTaken(name: string): AppError {
  return invalid('database', `There is a database ${name} already, and it is in use. Choose another name.`);
}

async function register(
  installation: Installation,
  { name, kind, url, version }: { name: string; kind: DatabaseKind; url: string | undefined; version: number },
): Promise<string> {
  const id = uuidv7();
  await installation.asControlOwner((owner) =>
    owner.query(
      `insert into tenant_databases (id, name, kind, sealed_url, schema_version, reachable, checked_at)
       values ($1, $2, $3, $4, $5, true, now())`,
      [id, name, kind, url === undefined ? null : installation.seal(url), version],
    ),
  );
  return id;
}

function worded(error: unknown, name: string, server: DatabaseServer, elsewhere: boolean): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof pg.DatabaseError && error.constraint === 'tenant_databases_name_key') return nameTaken(name);
  const reason = reasonOf(error instanceof Error && error.cause instanceof pg.DatabaseError ? error.cause : error);
  const message = `The database ${name} could not be made on ${server.host}: ${reason}.`;
  if (!elsewhere || !isUnreachable(error)) return new AppError('unavailable', { message, cause: error });
  return new AppError('invalid_input', { message, fields: [{ field: 'server', message }], cause: error });
}

/** A free name for the database of one organisation: that of the control database and the slug. */
export async function newDatabaseName(
  installation: Installation,
  registry: TenantRegistry,
  slug: string,
): Promise<string> {
  const taken = new Set((await registry.list()).map(({ name }) => name));
  const base = `${installation.controlName}_${slug}`.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : `_${number}`;
    const name = base.slice(0, 63 - ending.length) + ending;
    if (!taken.has(name)) return name;
  }
}

/**
 * Drops a tenant database in which no organisation lives, and forgets it. Both or neither: its row goes when
 * the database is gone.
 *
 * @throws AppError in_use while an organisation lives there
 */
export async function removeTenantDatabase(
  control: Kysely<ControlDatabase>,
  registry: TenantRegistry,
  id: string,
): Promise<void> {
  const database = (await registry.list()).find((one) => one.id === id);
  if (!database) throw notFound('This database');
  await control.transaction().execute(async (trx) => {
    await trx.selectFrom('tenant_databases').select('id').where('id', '=', id).forUpdate().execute();
    const inside = await trx.selectFrom('organisations').select('id').where('tenant_database_id', '=', id).execute();
    if (inside.length > 0) {
      throw new AppError('invalid_input', { message: `Organisations live in ${database.name}. Move them first.` });
    }
    await trx.deleteFrom('tenant_databases').where('id', '=', id).execute();
    await database.server.dropDatabase(database.name);
  });
  await registry.list();
}
