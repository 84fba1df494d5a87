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
  control: Kysely<ControlDatabase>,
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
    const left = await leftOver(control, registry, server.ownerUrl(name), name, kind);
    if (left) return left;
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

/**
 * A dedicated database of this name that nobody lives in, as an earlier try left it whose process died, is as good as
 * a new one. (The registry's unique name decides between two tries at the same time.)
 *
 * @throws AppError invalid_input when the name is another one's
 */
async function leftOver(
  control: Kysely<ControlDatabase>,
  registry: TenantRegistry,
  ownerUrl: string,
  name: string,
  kind: DatabaseKind,
): Promise<TenantDatabase | undefined> {
  const found = (await registry.list()).find((database) => database.name === name);
  if (!found) return undefined;
  const same = kind === 'dedicated' && found.kind === 'dedicated' && found.ownerUrl === ownerUrl;
  if (same && (await isEmpty(control, found.id))) return found;
  throw nameTaken(name);
}

async function isEmpty(control: Kysely<ControlDatabase>, databaseId: string): Promise<boolean> {
  const inside = control.selectFrom('organisations').select('id').where('tenant_database_id', '=', databaseId);
  return (await inside.limit(1).executeTakeFirst()) === undefined;
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

/** A name for the database of one organisation: that of the control database and the slug. */
export async function newDatabaseName(
  control: Kysely<ControlDatabase>,
  installation: Installation,
  slug: string,
): Promise<string> {
  const used = await control
    .selectFrom('tenant_databases as d')
    .select('d.name')
    .where((eb) =>
      eb.or([
        eb('d.kind', '=', 'shared'),
        eb.exists(eb.selectFrom('organisations as o').select('o.id').whereRef('o.tenant_database_id', '=', 'd.id')),
      ]),
    )
    .execute();
  const taken = new Set(used.map(({ name }) => name));
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
 * @throws AppError invalid_input while an organisation lives there, or of the last shared one
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
    if (!(await isEmpty(trx, id))) {
      throw new AppError('invalid_input', { message: `Organisations live in ${database.name}. Move them first.` });
    }
    await trx.deleteFrom('tenant_databases').where('id', '=', id).execute();
    const shared = trx.selectFrom('tenant_databases').select('id').where('kind', '=', 'shared').limit(1);
    if (!(await shared.executeTakeFirst())) {
      throw new AppError('invalid_input', {
        message: `${database.name} is the last shared database. Add another one first.`,
      });
    }
    await database.server.dropDatabase(database.name);
  });
  await registry.list();
}
