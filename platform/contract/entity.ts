import * as z from 'zod';
import { id, instantOut } from './fields.ts';
import { restricted, restrictionOf } from './restricted.ts';

/**
 * A record that users edit: one table, one set of writable fields, and from them the schemas of its
 * row, its creation and its versioned change. Column names are the fields' in snake_case.
 */
export interface Entity<F extends z.ZodRawShape = z.ZodRawShape> {
  readonly table: string;
  /** What users may write. */
  readonly fields: F;
  /** Fields that only commands set; they leave, and never come in. */
  readonly readonly: z.ZodRawShape;
}

const stamps = { id, version: z.int(), createdAt: instantOut, updatedAt: instantOut };

export function entity<const F extends z.ZodRawShape, const R extends z.ZodRawShape = {}>(
  table: string,
  name: string,
  fields: F,
  readonly: R = {} as R,
) {
  noteRestrictions(table, { ...fields, ...readonly });
  return {
    table,
    fields,
    readonly: { ...stamps, ...readonly },
    /** The record as it leaves. */
    row: z.object({ ...stamps, ...fields, ...readonly }).meta({ id: name }),
    /** The body that creates one. `id` may be made by the client (UUIDv7), so that a retry finds it. */
    create: z.strictObject({ id: id.optional(), ...fields }),
    /** The body that changes one: `version` as the editor saw it, and only the changed fields. */
    patch: z.strictObject({ version: z.int().min(1), ...withoutDefaults(fields) }),
  };
}

const restrictedColumnsOf = new Map<string, Map<string, string>>();

/** Column → permission, for those columns of a table that not everybody may read (in its history too). */
export function restrictedColumns(table: string): ReadonlyMap<string, string> {
  return restrictedColumnsOf.get(table) ?? new Map();
}

/** For columns that no entity has: nothing but their history could show them. */
export function restrictColumns(table: string, permissions: Readonly<Record<string, string>>): void {
  restrictedColumnsOf.set(table, new Map(Object.entries(permissions)));
}

function noteRestrictions(table: string, fields: z.ZodRawShape): void {
  const columns = Object.entries(fields).flatMap(([field, schema]) => {
    const permission = restrictionOf(schema);
    return permission ? [[columnOf(field), permission] as const] : [];
  });
  if (columns.length > 0) restrictedColumnsOf.set(table, new Map(columns));
}

type Unwrapped<T> = T extends z.ZodDefault<infer U> ? U : T;
type Patchable<F extends z.ZodRawShape> = { [K in keyof F]: z.ZodOptional<Unwrapped<F[K]> & z.ZodType> };

/** A default in a change would overwrite what the editor did not touch. */
function withoutDefaults<F extends z.ZodRawShape>(fields: F): Patchable<F> {
  const entries = Object.entries(fields).map(([name, field]) => {
    const inner = field instanceof z.ZodDefault ? field.unwrap() : field;
    const permission = restrictionOf(field);
    return [name, permission ? restricted(z.optional(inner), permission) : z.optional(inner)];
  });
  return Object.fromEntries(entries) as Patchable<F>;
}

/** `startsAt` → `starts_at`. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `starts_at` → `startsAt`. */
export function fieldOf(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
