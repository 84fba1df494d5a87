import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import { AppError } from '../contract/errors.ts';
import { SealError } from '../crypto/seal.ts';
import type { Installation, RegisteredDatabase } from './installation.ts';
import { newestVersion } from './migrate.ts';
import { TenantDatabase } from './tenant-database.ts';

/** How long the place of an organisation may be remembered, in milliseconds. */
const placementAge = 3_000;

export const databaseKind = z.enum(['shared', 'dedicated']);

/** Some process brought it to the schema that this one needs. */
function isCurrent({ schemaVersion }: RegisteredDatabase): boolean {
  return schemaVersion !== null && schemaVersion >= newestVersion('tenant');
}

interface Opened {
  database: TenantDatabase;
  /** How it was registered when it was opened. */
  row: RegisteredDatabase;
}

/** The tenant databases that are registered, opened once each, and which organisation lives where. */
export class TenantRegistry {
  readonly #control: Kysely<ControlDatabase>;
  readonly #installation: Installation;
  readonly #poolSize: number;
  readonly #opened = new Map<string, Opened>();
  readonly #placements = new Map<string, { databaseId: string; until: number }>();

  constructor(control: Kysely<ControlDatabase>, installation: Installation, poolSize: number) {
    this.#control = control;
    this.#installation = installation;
    this.#poolSize = poolSize;
  }

  /** Those that were opened so far, without asking. */
  get known(): TenantDatabase[] {
    return [...this.#opened.values()].map(({ database }) => database);
  }

  /** Every registered one, by name. Opens new ones, and closes those that are registered no more. */
  async list(): Promise<TenantDatabase[]> {
    const rows = await this.#control
      .selectFrom('tenant_databases')
      .select([
        'id',
        'name',
        'kind',
        'sealed_url as sealedUrl',
        'schema_version as schemaVersion',
        'migration_error as migrationError',
        'reachable',
      ])
      .orderBy('name')
      .execute();
    const databases = rows.flatMap(({ reachable, ...row }) => {
      const opened = this.#openIfPossible({ ...row, kind: databaseKind.parse(row.kind) });
      // Another process found it down: see for ourselves, before somebody waits for it.
      if (reachable === false && opened && !opened.down) void opened.ask();
      return opened ?? [];
    });
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id, { database }] of this.#opened) {
      if (ids.has(id)) continue;
      this.#opened.delete(id);
      void database.close();
    }
    return databases;
  }

  /** A connection that can't be unsealed (its key is missing) is its organisations' trouble, and nobody else's. */
  #openIfPossible(row: RegisteredDatabase): TenantDatabase | undefined {
    try {
      return this.#open(row);
    } catch (error) {
      if (error instanceof SealError) return undefined;
      throw error;
    }
  }

  /** Opened, or opened anew where its connection or kind was changed. */
  #open(row: RegisteredDatabase): TenantDatabase {
    const before = this.#opened.get(row.id);
    if (before && before.row.sealedUrl === row.sealedUrl && before.row.kind === row.kind) {
      before.database.ready ||= isCurrent(row);
      return before.database;
    }
    const database = new TenantDatabase(row, this.#installation.serverOf(row.sealedUrl), this.#poolSize);
    if (before?.database.ownerUrl === database.ownerUrl && before.row.kind === row.kind) {
      // The same connection, sealed with another key.
      void database.close();
      this.#opened.set(row.id, { row, database: before.database });
      return before.database;
    }
    database.ready = isCurrent(row);
    this.#opened.set(row.id, { row, database });
    void before?.database.close();
    return database;
  }

  /** @throws AppError not_found for no organisation */
  async databaseOf(orgId: string): Promise<TenantDatabase> {
    const databaseId = await this.#placementOf(orgId);
    const opened = this.#opened.get(databaseId)?.database;
    const database = opened ?? (await this.list()).find(({ id }) => id === databaseId);
    if (database) return database;
    this.forget(orgId);
    throw new AppError('unavailable', {
      message: 'The database of this organisation cannot be opened. The operator sees why.',
    });
  }

  async #placementOf(orgId: string): Promise<string> {
    const known = this.#placements.get(orgId);
    if (known && known.until > Date.now()) return known.databaseId;
    const row = await this.#control
      .selectFrom('organisations')
      .select('tenant_database_id')
      .where('id', '=', orgId)
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', { message: 'This organisation was not found.' });
    const databaseId = row.tenant_database_id;
    this.#placements.set(orgId, { databaseId, until: Date.now() + placementAge });
    return databaseId;
  }

  /** The organisation may have moved: look again. */
  forget(orgId: string): void {
    this.#placements.delete(orgId);
  }

  /** The shared database for a new organisation: of those that can be used, the one with the fewest. */
  async emptiest(): Promise<string> {
    const row = await this.#control
      .selectFrom('tenant_databases as d')
      .leftJoin('organisations as o', 'o.tenant_database_id', 'd.id')
      .select('d.id')
      .where('d.kind', '=', 'shared')
      .where((eb) => eb.or([eb('d.reachable', 'is', null), eb('d.reachable', '=', true)]))
      .where('d.migration_error', 'is', null)
      .groupBy('d.id')
      .orderBy((eb) => eb.fn.count('o.id'))
      .orderBy('d.id')
      .limit(1)
      .executeTakeFirst();
    if (row) return row.id;
    throw new AppError('unavailable', { message: 'No shared database can take an organisation at the moment.' });
  }

  async close(): Promise<void> {
    await Promise.all(this.known.map((database) => database.close()));
  }
}
