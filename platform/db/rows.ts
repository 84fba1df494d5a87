import type * as z from 'zod';
import { columnOf, type Entity, fieldOf } from '../contract/entity.ts';
import { AppError, notFound } from '../contract/errors.ts';
import type { Tx } from './tenant.ts';
import { uuidv7 } from './uuid.ts';

/**
 * Reading and writing the records of an `Entity`: the columns come from its fields, so that a new field
 * needs no line here. Values that are not plain columns are given as SQL in `computed`.
 */
export interface RowShape {
  entity: Entity;
  /** Field → SQL expression over the alias `r`. */
  computed?: Readonly<Record<string, string>>;
  /** Joins that `computed` needs, each of at most one row: cheaper than a subquery for each field. */
  joins?: string;
}

/** SQL of the JSON object of one row under the alias `r`: exactly what the contract lets out. */
export function rowJson({ entity, computed = {} }: RowShape): string {
  const fields = Object.keys({ ...entity.readonly, ...entity.fields });
  const parts = fields.map((field) => `'${field}', ${computed[field] ?? columnSql(entity, field)}`);
  // json_build_object takes at most 100 arguments.
  const chunks = Array.from({ length: Math.ceil(parts.length / 40) }, (_, index) =>
    parts.slice(index * 40, index * 40 + 40),
  );
  if (chunks.length === 1) return `json_build_object(${parts.join(', ')})`;
  return `(${chunks.map((chunk) => `jsonb_build_object(${chunk.join(', ')})`).join(' || ')})`;
}

/**
 * SQL of the columns of one row under the alias `r`, named as the contract names them, with the same values that `rowJson`
 * gives. For rows that the program goes on to work with: 2,000 of 20 fields come in half the time, neither built as JSON
 * there nor parsed here.
 */
export function rowColumns({ entity, computed = {} }: RowShape): string {
  const fields = { ...entity.readonly, ...entity.fields };
  const sql = (field: string) =>
    computed[field] ?? (isDay(fields[field]) ? `r.${columnOf(field)}::text` : `r.${columnOf(field)}`);
  return Object.keys(fields)
    .map((field) => `${sql(field)} as "${field}"`)
    .join(', ');
}

function columnSql(entity: Entity, field: string): string {
  return isInstant({ ...entity.readonly, ...entity.fields }[field])
    ? `iso(r.${columnOf(field)})`
    : `r.${columnOf(field)}`;
}

const isInstant = (field: z.core.$ZodType | undefined) => formatOf(field) === 'datetime';
const isDay = (field: z.core.$ZodType | undefined) => formatOf(field) === 'date';

/** Of a string, through optional, nullable, default and transforms. */
function formatOf(field: z.core.$ZodType | undefined): string | undefined {
  const def = field?._zod.def as { type: string; format?: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  if (!def) return undefined;
  return def.type === 'string' ? def.format : formatOf(def.innerType ?? def.in);
}

/** @returns the row as the API shows it. @throws AppError not_found */
export async function getRow<Row>(tx: Tx, shape: RowShape, id: string): Promise<Row> {
  const [found] = await tx.query<{ row: Row }>(
    `select ${rowJson(shape)} as row from ${shape.entity.table} r ${shape.joins ?? ''} where r.org_id = $1 and r.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound();
  return found.row;
}

/** Inserts one record from its writable fields; `extra` are columns that only the command sets. */
export async function insertRow(
  tx: Tx,
  { entity, computed = {} }: RowShape,
  values: Readonly<Record<string, unknown>>,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const id = typeof values['id'] === 'string' ? values['id'] : uuidv7();
  const columns: Record<string, unknown> = {
    org_id: tx.scope.orgId,
    id,
    ...columnValues(entity, computed, values),
    ...extra,
  };
  const names = Object.keys(columns);
  await tx.query(
    `insert into ${entity.table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(columns),
  );
  return id;
}

/**
 * Changes a record: fields that nobody else touched since `version` are merged; for the others the
 * answer is `version_conflict` with both values, and nothing is saved.
 *
 * @param changes the writable fields to change
 * @throws AppError not_found, version_conflict (`extra.conflicts`: field → yours, theirs)
 */
export async function patchRow(
  tx: Tx,
  { entity, computed = {} }: RowShape,
  id: string,
  version: number,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const columns = columnValues(entity, computed, changes);
  const names = Object.keys(columns);
  const sets = [
    ...names.map((name, index) => `${name} = $${index + 4}`),
    'version = version + 1',
    'updated_at = now()',
  ];
  const update = `update ${entity.table} set ${sets.join(', ')} where org_id = $1 and id = $2 and version = $3 returning id`;
  const values = [tx.scope.orgId, id];
  const [updated] = await tx.query(update, [...values, version, ...Object.values(columns)]);
  if (updated) return;
  const current = await lockAndCompare(tx, entity, id, version, columns);
  await tx.query(update, [...values, current, ...Object.values(columns)]);
}

async function lockAndCompare(
  tx: Tx,
  entity: Entity,
  id: string,
  version: number,
  mine: Readonly<Record<string, unknown>>,
): Promise<number> {
  const key = [tx.scope.orgId, id];
  const [row] = await tx.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(r) as row from ${entity.table} r where org_id = $1 and id = $2 for no key update`,
    key,
  );
  if (!row) throw notFound();
  const current = Number(row.row['version']);
  if (version > current) {
    throw new AppError('invalid_input', {
      message: `Version ${version} does not exist yet; the newest is ${current}.`,
      fields: [{ field: 'version', message: 'Send the version that you read.' }],
    });
  }
  const theirs = await columnsChangedSince(tx, entity.table, id, version);
  const conflicts = Object.entries(mine)
    .filter(([column, value]) => theirs.has(column) && !sameValue(value, row.row[column]))
    .map(([column, value]) => [fieldOf(column), { yours: value, theirs: row.row[column] }] as const);
  if (conflicts.length > 0) {
    throw new AppError('version_conflict', {
      message: `Somebody else changed ${conflicts.map(([field]) => field).join(', ')} in the meantime. Decide which value stays.`,
      extra: { version: current, conflicts: Object.fromEntries(conflicts) },
    });
  }
  return current;
}

/** Columns that somebody changed after `version`. */
export async function columnsChangedSince(tx: Tx, table: string, id: string, version: number): Promise<Set<string>> {
  const touched = await tx.query<{ column: string }>(
    `select distinct jsonb_object_keys(after) as column from changes
      where org_id = $1 and entity_id = $2 and entity = $3 and version > $4 and operation = 'update'`,
    [tx.scope.orgId, id, table, version],
  );
  return new Set(touched.map(({ column }) => column));
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function columnValues(
  entity: Entity,
  computed: Readonly<Record<string, string>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const plain = Object.keys(entity.fields).filter((field) => !(field in computed) && values[field] !== undefined);
  return Object.fromEntries(plain.map((field) => [columnOf(field), values[field]]));
}

/** A page's position: the sort keys of its last row, opaque to the client. */
export function encodeCursor(keys: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** @throws AppError invalid_input for anything that `encodeCursor` did not make */
export function decodeCursor(after: string | undefined, length: number): (string | number)[] | undefined {
  if (after === undefined) return undefined;
  try {
    const keys: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    const scalar = (key: unknown) => typeof key === 'string' || typeof key === 'number';
    if (Array.isArray(keys) && keys.length === length && keys.every(scalar)) return keys;
  } catch {
    // Falls through to the one answer for a bad cursor.
  }
  throw new AppError('invalid_input', {
    message: '`after` must be the `next` of the page before.',
    fields: [{ field: 'after', message: 'Must be the `next` of the page before.' }],
  });
}
