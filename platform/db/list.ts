import { RawJson } from '../contract/raw-json.ts';
import { decodeCursor, encodeCursor } from './rows.ts';
import type { Tx } from './tenant.ts';

/** The conditions of a list over the alias `r`, with their values. The first is the organisation's. */
export class Filter {
  readonly where: string[];
  readonly values: unknown[];

  /** @param always conditions that need no value */
  constructor(tx: Tx, ...always: string[]) {
    this.where = ['r.org_id = $1', ...always];
    this.values = [tx.scope.orgId];
  }

  /** Adds a condition when there is something to compare with; `mark` is its parameter, `$2`. */
  add(condition: (mark: string) => string, value: unknown): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.where.push(condition(`$${this.values.length}`));
    return this;
  }
}

/** The order of most lists. */
export const byName = [
  { column: 'r.name', type: 'text' },
  { column: 'r.id', type: 'uuid' },
] as const satisfies ListQuery['order'];

/** One page of a list, as SQL. */
export interface ListQuery {
  /** `from` clause; the table's alias is `r`. */
  from: string;
  filter: Filter;
  /** Columns of the order, ending in the id, each with its PostgreSQL type. */
  order: readonly { column: string; type: 'text' | 'timestamptz' | 'uuid' | 'bigint' }[];
  descending?: boolean;
  /** SQL of one item's JSON. */
  item: string;
  page: { limit: number; after?: string | undefined };
}

/**
 * Runs a list and returns `{ items, total, next }` as JSON that PostgreSQL built: at 50 rows that was
 * twice as fast as building it here. Pages follow the order's keys, so nothing is skipped or repeated
 * while rows come and go; the total is counted on the first page and then travels in the cursor.
 */
export async function listJson(tx: Tx, query: ListQuery): Promise<RawJson> {
  const { order, descending, page, filter } = query;
  const cursor = decodeCursor(page.after, order.length + 1);
  const values = [...filter.values];
  const where = [...filter.where];
  if (cursor) {
    const marks = order.map(({ type }, index) => `$${values.length + index + 1}::${type}`);
    const columns = order.map(({ column }) => column).join(', ');
    where.push(`(${columns}) ${descending ? '<' : '>'} (${marks.join(', ')})`);
    values.push(...cursor.slice(0, -1));
  }
  const direction = descending ? ' desc' : '';
  // As text: JSON would cut a timestamp to its milliseconds' form and a bigint to a double.
  const keys = order.map(({ column }) => `${column}::text`);
  const rows = tx.query<{ items: string | null; last: (string | number)[] | null; count: number }>(
    `with picked as (
       select ${query.item} as item, json_build_array(${keys.join(', ')}) as keys,
              row_number() over (order by ${order.map(({ column }) => column + direction).join(', ')}) as n
         from ${query.from} where ${where.join(' and ')}
        order by ${order.map(({ column }) => column + direction).join(', ')} limit $${values.length + 1} + 1)
     select json_agg(item order by n) filter (where n <= $${values.length + 1})::text as items,
            (json_agg(keys order by n desc) filter (where n <= $${values.length + 1}))->0 as last,
            count(*)::int as count
       from picked`,
    [...values, page.limit],
  );
  const counted = cursor
    ? Promise.resolve([{ total: Number(cursor.at(-1)) }])
    : tx.query<{ total: number }>(
        `select count(*)::int as total from ${query.from} where ${filter.where.join(' and ')}`,
        filter.values,
      );
  const [[result], [total]] = await Promise.all([rows, counted]);
  const more = (result?.count ?? 0) > page.limit;
  const next = more && result?.last ? encodeCursor([...result.last, total?.total ?? 0]) : null;
  return new RawJson(`{"items":${result?.items ?? '[]'},"total":${total?.total ?? 0},"next":${JSON.stringify(next)}}`);
}

/** Text to search for, as a LIKE pattern: the user's % and _ are only characters. Nothing to search for: undefined. */
export function containing(text: string | undefined): string | undefined {
  return text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : undefined;
}
