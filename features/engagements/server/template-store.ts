import type { PackName } from '#features/organisations/packs/pack.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';

/** What every template has: for which kind of a pack’s engagements it is. */
interface Fields {
  pack: PackName;
  name: string;
}

type Kept<F> = F & { key: string; version: number; builtIn: boolean };

interface Kind<F extends Fields> {
  table: string;
  /** Those that come with Holdfast. */
  builtIn: readonly (F & { key: string })[];
  /** Columns beside key, pack and name: what is made from it. */
  columns: readonly (string & keyof F)[];
  /** “This list of tasks” */
  called: string;
}

/**
 * Templates of one kind: built-in ones are data of the program, and a row with the key of one takes its place. Table and
 * columns are names of the program, never input.
 */
export class TemplateStore<F extends Fields> {
  readonly #kind: Kind<F>;
  readonly #columns: readonly (string & keyof F)[];

  constructor(kind: Kind<F>) {
    this.#kind = kind;
    this.#columns = ['pack', 'name', ...kind.columns];
  }

  /** Built-in ones of these packs, where the organisation has none of its own in their place, and its own. */
  async list(tx: Tx, packs: readonly string[]): Promise<{ items: Kept<F>[] }> {
    const own = await this.#own(tx);
    const keys = new Set(own.map(({ key }) => key));
    const builtIn = this.#kind.builtIn
      .filter(({ key, pack }) => packs.includes(pack) && !keys.has(key))
      .map((each) => ({ ...each, builtIn: true, version: 0 }));
    const items = [...own, ...builtIn];
    return { items: items.sort((a, b) => a.pack.localeCompare(b.pack) || a.name.localeCompare(b.name)) };
  }

  async #own(tx: Tx, key?: string): Promise<Kept<F>[]> {
    const rows = await tx.query<F & { key: string; version: number }>(
      `select key, version, ${this.#columns.join(', ')} from ${this.#kind.table}
        where org_id = $1 ${key === undefined ? '' : 'and key = $2'}`,
      key === undefined ? [tx.scope.orgId] : [tx.scope.orgId, key],
    );
    return rows.map((row) => ({ ...row, builtIn: this.#builtIn(row.key) !== undefined }));
  }

  #builtIn(key: string): (F & { key: string }) | undefined {
    return this.#kind.builtIn.find((each) => each.key === key);
  }

  /** @throws AppError not_found */
  async get(tx: Tx, key: string): Promise<Kept<F>> {
    const [own] = await this.#own(tx, key);
    if (own) return own;
    const builtIn = this.#builtIn(key);
    if (builtIn) return { ...builtIn, builtIn: true, version: 0 };
    throw notFound(this.#kind.called);
  }

  async create(tx: Tx, fields: F): Promise<Kept<F>> {
    const id = uuidv7();
    await this.#insert(tx, id, id, fields);
    return this.get(tx, id);
  }

  async #insert(tx: Tx, id: string, key: string, fields: F): Promise<void> {
    await tx.query(
      `insert into ${this.#kind.table} (org_id, id, key, ${this.#columns.join(', ')})
       values ($1, $2, $3, ${this.#columns.map((_, index) => `$${index + 4}`).join(', ')})`,
      [tx.scope.orgId, id, key, ...this.#values(fields)],
    );
  }

  #values(fields: F): unknown[] {
    return this.#columns.map((name) => (Array.isArray(fields[name]) ? JSON.stringify(fields[name]) : fields[name]));
  }

  /** @throws AppError version_conflict when somebody else changed it meanwhile, not_found */
  async set(tx: Tx, key: string, fields: F & { version: number }): Promise<Kept<F>> {
    if (fields.version === 0 && this.#builtIn(key)) await this.#insert(tx, uuidv7(), key, fields);
    else await this.#update(tx, key, fields);
    return this.get(tx, key);
  }

  async #update(tx: Tx, key: string, fields: F & { version: number }): Promise<void> {
    const [changed] = await tx.query(
      `update ${this.#kind.table} set ${this.#columns.map((name, index) => `${name} = $${index + 4}`).join(', ')},
              version = version + 1, updated_at = now()
        where org_id = $1 and key = $2 and version = $3 returning id`,
      [tx.scope.orgId, key, fields.version, ...this.#values(fields)],
    );
    if (changed) return;
    const current = await this.get(tx, key);
    if (fields.version > current.version) throw invalid('version', 'Send the version that you read.');
    throw new AppError('version_conflict', {
      message: 'Somebody else changed this in the meantime. Look at it again.',
      extra: { version: current.version },
    });
  }

  /** In the place of a built-in one, that one holds again. @throws AppError not_found */
  async remove(tx: Tx, key: string): Promise<void> {
    const gone = await tx.query(`delete from ${this.#kind.table} where org_id = $1 and key = $2 returning id`, [
      tx.scope.orgId,
      key,
    ]);
    if (gone.length === 0) throw notFound(this.#kind.called);
  }
}
