import pg from 'pg';
import type { Config } from '../config.ts';
import { createSealer, type Sealer } from '../crypto/seal.ts';
import { DatabaseServer } from './database-server.ts';
import { openEmbedded } from './embedded.ts';
import { migrate, type DatabaseRoles } from './migrate.ts';
import { databaseNameIn } from './server-url.ts';
import { uuidv7 } from './uuid.ts';

/** Where the connection of another server is sealed. */
const sealPlace = { orgId: null, column: 'tenant_databases.sealed_url' };

export type DatabaseKind = 'shared' | 'dedicated';

/** One row of the registry of tenant databases. */
export interface RegisteredDatabase {
  id: string;
  name: string;
  kind: DatabaseKind;
  /** Null: on the server of the control database. */
  sealedUrl: string | null;
  /** Null until it was prepared for the first time. */
  schemaVersion: number | null;
  /** What stood in the way of the newest schema, in words. */
  migrationError: string | null;
}

/** The control database, the servers, and what is registered. Opens nothing that stays open. */
export class Installation {
  readonly controlName: string;
  readonly roles: DatabaseRoles;
  /** The server of the control database. */
  readonly home: DatabaseServer;
  readonly #config: Config;
  #sealer: Sealer | undefined;
  /** Other servers by their URL. */
  readonly #others = new Map<string, DatabaseServer>();

  constructor(config: Config, adminUrl: string, controlName: string, roles: DatabaseRoles) {
    this.#config = config;
    this.controlName = controlName;
    this.roles = roles;
    this.home = new DatabaseServer({ adminUrl, roles, secret: config.secret, elsewhere: false });
  }

  get controlUrl(): string {
    return this.home.roleUrl('app', this.controlName);
  }

  /** The server that a registered database is on. @throws SealError when its key is missing */
  serverOf(sealedUrl: string | null): DatabaseServer {
    return sealedUrl === null ? this.home : this.serverAt(this.#seals.open(sealedUrl, sealPlace));
  }

  serverAt(url: string): DatabaseServer {
    const { roles } = this;
    let server = this.#others.get(url);
    server ??= new DatabaseServer({ adminUrl: url, roles, secret: this.#config.secret, elsewhere: true });
    this.#others.set(url, server);
    return server;
  }

  seal(url: string): string {
    return this.#seals.seal(url, sealPlace);
  }

  /** Made when it is first needed: most installations have one server and nothing to seal here. */
  get #seals(): Sealer {
    return (this.#sealer ??= createSealer(this.#config));
  }

  /** Roles, the control database, and the first tenant database's row. */
  async prepare(): Promise<void> {
    await this.home.ensureRoles();
    await this.home.ensureDatabase(this.controlName);
    await migrate(this.home.ownerUrl(this.controlName), 'control', this.roles);
    await this.asControlOwner((owner) =>
      owner.query(
        'insert into tenant_databases (id, name) select $1, $2 where not exists (select from tenant_databases) on conflict do nothing',
        [uuidv7(), this.firstTenantName],
      ),
    );
  }

  /** Name of the tenant database that every installation begins with. */
  get firstTenantName(): string {
    return `${this.controlName}_tenant`;
  }

  /** @throws pg.DatabaseError 3D000 or 42P01 before the installation's first start */
  async registered(): Promise<RegisteredDatabase[]> {
    const { rows } = await this.asControlOwner((owner) =>
      owner.query<RegisteredDatabase>(
        `select id, name, kind, sealed_url as "sealedUrl", schema_version as "schemaVersion",
                migration_error as "migrationError"
           from tenant_databases order by name`,
      ),
    );
    return rows;
  }

  /** Keeps how far a tenant database is (null: as far as it was), and what stands in its way. */
  async noteMigration(name: string, outcome: { version: number | null; error: string | null }): Promise<void> {
    await this.asControlOwner((owner) =>
      owner.query(
        `update tenant_databases set schema_version = coalesce($2, schema_version), migration_error = $3
          where name = $1 and (schema_version, migration_error) is distinct from (coalesce($2, schema_version), $3)`,
        [name, outcome.version, outcome.error],
      ),
    );
  }

  async asControlOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
    const owner = new pg.Client({ connectionString: this.home.ownerUrl(this.controlName) });
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }
}

/**
 * Finds the server: that of `DATABASE_URL`, otherwise the embedded one in the data folder. Makes and changes nothing.
 *
 * @param rolePrefix names the two roles; the control database's name unless told (clones of one template share theirs)
 */
export async function openInstallation(
  config: Config,
  rolePrefix?: string,
): Promise<{ installation: Installation; release: () => Promise<void> }> {
  const server = config.databaseUrl
    ? { adminUrl: config.databaseUrl, release: async () => undefined }
    : await openEmbedded(config.dataFolder, embeddedSettings());
  const controlName = config.databaseUrl ? databaseNameIn(config.databaseUrl) : 'holdfast';
  const prefix = rolePrefix ?? controlName;
  const roles: DatabaseRoles = { app: `${prefix}_app`, jobs: `${prefix}_jobs` };
  const installation = new Installation(config, server.adminUrl, controlName, roles);
  return { installation, release: () => server.release() };
}

/** Tests trade durability for speed; nobody else should. */
function embeddedSettings(): string[] {
  return process.env['NODE_ENV'] === 'test' ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : [];
}
