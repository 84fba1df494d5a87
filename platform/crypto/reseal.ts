import type pg from 'pg';
import { SealError, type Sealer, type SealPlace } from './seal.ts';
import type { SealedTable } from './sealed-columns.ts';

/** Rows read, and at most held locked, at once. */
const batch = 200;

/** The one thing that this needs of a database: a pool or a `Tx`. */
export type Query = <Row extends object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

export type Counts = Record<string, number>;

export interface Resealed {
  /** Values sealed anew, by `table.column`. */
  resealed: Counts;
  /** Values that no configured key opens, or that were altered: `table.column of <row>`. They stay as they are. */
  unreadable: string[];
}

export function queryOf(pool: pg.Pool): Query {
  return async <Row extends object>(text: string, values: readonly unknown[]) =>
    (await pool.query<Row>(text, [...values])).rows;
}

export function addCounts(to: Counts, more: Counts): void {
  for (const [name, count] of Object.entries(more)) to[name] = (to[name] ?? 0) + count;
}

/** `$1` is the organisation, or null in the control database. */
function ownRows(orgId: string | null): string {
  return orgId === null ? '$1::uuid is null' : 'org_id = $1';
}

/** How many values each key has sealed. Adds to `counts`, by key id. */
export async function countByKey(
  query: Query,
  { table, columns }: SealedTable,
  orgId: string | null,
  counts: Counts,
): Promise<void> {
  for (const column of columns) {
    const rows = await query<{ key: string; count: number }>(
      `select split_part(${column}, '.', 2) as key, count(*)::int as count from ${table}
        where ${ownRows(orgId)} and ${column} is not null group by 1`,
      [orgId],
    );
    addCounts(counts, Object.fromEntries(rows.map(({ key, count }) => [key, count])));
  }
}

/**
 * Seals one batch of a table's values with the newest key. Adds to `report`.
 *
 * @param orgId null in the control database
 * @param after what the batch before returned
 * @returns the key of the last row that was looked at; undefined when there are no more
 */
export async function resealBatch(
  query: Query,
  sealer: Sealer,
  { table, columns, key }: SealedTable,
  orgId: string | null,
  after: string | undefined,
  report: Resealed,
): Promise<string | undefined> {
  const own = ownRows(orgId);
  const old = columns.map((column) => `not starts_with(${column}, $2)`).join(' or ');
  const rows = await query<Record<string, string | null> & { key: string }>(
    `select ${key} as key, ${columns.join(', ')} from ${table}
      where ${own} and (${old}) and ($3::uuid is null or ${key} > $3) order by ${key} limit ${batch} for no key update`,
    [orgId, `hf1.${sealer.newestKey()}.`, after ?? null],
  );
  for (const row of rows) {
    const changes = columns.flatMap((column) => {
      const value = row[column];
      if (!value || !sealer.needsRotation(value)) return [];
      const again = reseal(sealer, value, { orgId, column: `${table}.${column}` });
      if (again === undefined) report.unreadable.push(`${table}.${column} of ${row.key}`);
      return again === undefined ? [] : [{ column, value, again }];
    });
    if (changes.length === 0) continue;
    // Whoever changed it in between (the control database's rows aren't locked) sealed it anew already: theirs stays.
    const sets = changes.map(({ column }, index) => `${column} = $${index * 2 + 3}`).join(', ');
    const unchanged = changes.map(({ column }, index) => `${column} = $${index * 2 + 4}`).join(' and ');
    const done = await query(
      `update ${table} set ${sets} where ${own} and ${key} = $2 and ${unchanged} returning 1 as done`,
      [orgId, row.key, ...changes.flatMap(({ value, again }) => [again, value])],
    );
    if (done.length > 0)
      addCounts(report.resealed, Object.fromEntries(changes.map(({ column }) => [`${table}.${column}`, 1])));
  }
  return rows.length < batch ? undefined : rows.at(-1)?.key;
}

function reseal(sealer: Sealer, sealed: string, place: SealPlace): string | undefined {
  try {
    return sealer.seal(sealer.open(sealed, place), place);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
