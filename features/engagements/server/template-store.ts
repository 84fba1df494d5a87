import type { PackName } from '#features/organisations/packs/pack.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';

/** What every template has: for which kind of a pack’s engagements it is, and what is made from it. */
interface Fields {
  pack: PackName;
  name: string;
  items: unknown[];
}

type Kept<F> = F & { key: string; version: number; builtIn: boolean };

interface Kind<F extends Fields> {
  table: string;
  /** Those that come with Holdfast. */
  builtIn: readonly (F & { key: string })[];
  /** Columns beside key, pack, name and items. */
  more?: readonly (string & keyof F)[];
  /** “This list of tasks” */
  called: string;
}

/**
 * Templates of one kind: built-in ones are data of the program, and a row with the key of one takes its place. Table and
 * columns are names of the program, never input.
 */
export class TemplateStore<F extends Fields> {
  readonly #kind: Kind<F>;
  readonly #columns: string;

  constructor(kind: Kind<F>) {
    this.#kind = kind;
    this.#columns = ['key', 'pack', 'name', 'items', 'version', ...(kind.more ?? [])].join(', ');
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
      `select ${this.#columns} from ${this.#kind.table} where org_id = $1 ${key === undefined ? '' : 'and key = $2'}`,
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

  /** @returns its key */
  async create(tx: Tx, fields: F): Promise<string> {
    const id = uuidv7();
    await this.#insert(tx, id, id, fields);
    return id;
  }

  async #insert(tx: Tx, id: string, key: string, fields: F): Promise<void> {
    const more = this.#kind.more ?? [];
    const names = ['org_id', 'id', 'key', 'pack', 'name', 'items', ...more];
    const values = [tx.scope.orgId, id, key, fields.pack, fields.name, JSON.stringify(fields.items)];
    await tx.query(
      `insert into ${this.#kind.table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      [...values, ...more.map((name) => fields[name])],
    );
  }

  /** @throws AppError version_conflict when somebody else changed it meanwhile, not_found */
  async set(tx: Tx, key: string, fields: F & { version: number }): Promise<void> {
    const { version } = fields;
    if (version === 0 && this.#builtIn(key)) return this.#insert(tx, uuidv7(), key, fields);
    const more = this.#kind.more ?? [];
    const [changed] = await tx.query(
      `update ${this.#kind.table} set pack = $4, name = $5, items = $6, version = version + 1, updated_at = now()
              ${more.map((name, index) => `, ${name} = $${index + 7}`).join('')}
        where org_id = $1 and key = $2 and version = $3 returning id`,
      [
        tx.scope.orgId,
        key,
        version,
        fields.pack,
        fields.name,
        JSON.stringify(fields.items),
        ...more.map((name) => fields[name]),
      ],
    );
    if (changed) return;
    const current = await this.get(tx, key);
    if (version > current.version) throw invalid('version', 'Send the version that you read.');
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
