import { fieldOf } from '#platform/contract/entity.ts';

/**
 * Columns that are no news to a reader: what the row says anyway, what the database derives, and secrets
 * (hashes and private addresses of calendars).
 */
const unshown = new Set([
  'org_id',
  'organisation_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'span',
  'exclusive',
  'url',
  'content',
]);

const isSecret = (column: string) => column.endsWith('_hash');

export interface ShownSides {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Fields that were there and may not be seen by this reader. */
  hidden: string[];
}

type Columns = Readonly<Record<string, unknown>> | null;

/**
 * Both sides of a recorded change as its reader may see them: fields by their names in the API.
 * @param may whether the reader may see a column
 */
export function shownSides(before: Columns, after: Columns, may: (column: string) => boolean = () => true): ShownSides {
  const news = (columns: Columns) =>
    Object.keys(columns ?? {}).filter((column) => !unshown.has(column) && !isSecret(column));
  const hidden = new Set([...news(before), ...news(after)].filter((column) => !may(column)));
  const shown = (columns: Columns) =>
    columns &&
    Object.fromEntries(
      news(columns)
        .filter((column) => !hidden.has(column))
        .map((column) => [fieldOf(column), asInstant(columns[column])]),
    );
  return { before: shown(before), after: shown(after), hidden: [...hidden].map(fieldOf) };
}

/** PostgreSQL's JSON writes instants with its own offset form; the API has one form for them. */
export function asInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/.test(value)) return value;
  return new Date(value).toISOString();
}

export type RowThen = Record<string, unknown>;

/** One recorded change of one record, as the rebuilding needs it. */
export interface Step {
  operation: string;
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
  /** When its transaction began: UTC with milliseconds. */
  at: string;
}

/**
 * A record as it was at an instant, from nothing but its changes.
 *
 * Changes of one record follow each other by its lock, so their order is that of their ids, while a transaction
 * that began earlier may have changed it later. The state ends before the first change that is later than the
 * instant, and never mixes a later change with the lack of an earlier one.
 *
 * @param steps all changes of the record, in the order of their ids
 * @returns its columns; null when it wasn't there
 */
export function stateAt(steps: readonly Step[], at: string): RowThen | null {
  const later = steps.findIndex((step) => step.at > at);
  let state: RowThen | null = null;
  for (const { operation, after } of later < 0 ? steps : steps.slice(0, later)) {
    if (operation === 'delete') state = null;
    else state = Object.assign({}, operation === 'insert' ? null : state, after);
  }
  return state;
}
