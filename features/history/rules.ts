import { fieldOf } from '#platform/contract/entity.ts';

/**
 * Columns that are no news to a reader: what the row says anyway, what the database derives, and secrets
 * (hashes and private addresses of calendars).
 */
const unshown = new Set([
  'org_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'span',
  'exclusive',
  'token_hash',
  'url',
  'content',
]);

/** One side of a recorded change as people may see it: fields by their names in the API. */
export function shownFields(columns: Readonly<Record<string, unknown>> | null): Record<string, unknown> | null {
  if (columns === null) return null;
  const shown = Object.entries(columns).filter(([column]) => !unshown.has(column));
  return Object.fromEntries(shown.map(([column, value]) => [fieldOf(column), asInstant(value)]));
}

/** PostgreSQL's JSON writes instants with its own offset form; the API has one form for them. */
function asInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/.test(value)) return value;
  return new Date(value).toISOString();
}
