import * as z from 'zod';

/** Permission that a field needs, by its schema. */
const restrictions = new WeakMap<z.core.$ZodType, string>();

/**
 * A field that leaves only for those who have the permission, and comes in only from them: others read
 * null (or an empty text or list), and are refused when they send it. Put it outermost:
 * `restricted(currency.nullable().default(null), 'resources.rates')`.
 */
export function restricted<S extends z.ZodType>(schema: S, permission: string): S {
  restrictions.set(schema, permission);
  return schema;
}

/** Also of a schema that was described or named afterwards: such a copy must not open what its original closes. */
export function restrictionOf(schema: z.core.$ZodType): string | undefined {
  for (let one: z.core.$ZodType | undefined = schema; one; one = one._zod.parent) {
    const permission = restrictions.get(one);
    if (permission) return permission;
  }
  return undefined;
}

/** One restricted field inside a schema: its path (`*` for each element of a list) and what hides it. */
export interface RestrictedPath {
  path: readonly string[];
  permission: string;
  /** What those without the permission read. */
  hidden: null | '' | readonly [];
}

/** The restricted fields of a schema, however deep. */
export function restrictedPaths(schema: z.core.$ZodType | undefined, path: readonly string[] = []): RestrictedPath[] {
  if (!schema) return [];
  const permission = restrictionOf(schema);
  if (permission) return [{ path, permission, hidden: hiddenValue(schema) }];
  const def = schema._zod.def as {
    type: string;
    shape?: Record<string, z.core.$ZodType>;
    element?: z.core.$ZodType;
    innerType?: z.core.$ZodType;
    in?: z.core.$ZodType;
    options?: readonly z.core.$ZodType[];
  };
  if (def.shape) return Object.entries(def.shape).flatMap(([key, field]) => restrictedPaths(field, [...path, key]));
  if (def.element) return restrictedPaths(def.element, [...path, '*']);
  if (def.options) return def.options.flatMap((option) => restrictedPaths(option, path));
  return restrictedPaths(def.innerType ?? def.in, path);
}

function hiddenValue(schema: z.core.$ZodType): RestrictedPath['hidden'] {
  for (const value of [null, '', []] as const) if (z.safeParse(schema, value).success) return value;
  throw new Error('A restricted field must allow null, an empty text or an empty list.');
}

/** Replaces what the reader may not see, in place. */
export function hide(value: unknown, paths: readonly RestrictedPath[]): void {
  for (const { path, hidden } of paths) {
    eachAt(value, path, (holder, key) => {
      if (holder[key] !== undefined) holder[key] = hidden;
    });
  }
}

/** The first of these fields that the value holds, as a dotted path. */
export function firstPresent(value: unknown, paths: readonly RestrictedPath[]): RestrictedPath | undefined {
  return paths.find(({ path }) => {
    let present = false;
    eachAt(value, path, (holder, key) => {
      present ||= holder[key] !== undefined;
    });
    return present;
  });
}

function eachAt(
  value: unknown,
  [step, ...rest]: readonly string[],
  visit: (holder: Record<string, unknown>, key: string) => void,
): void {
  if (step === undefined || typeof value !== 'object' || value === null) return;
  if (step === '*') {
    if (Array.isArray(value)) for (const item of value) eachAt(item, rest, visit);
    return;
  }
  const holder = value as Record<string, unknown>;
  if (rest.length === 0) visit(holder, step);
  else eachAt(holder[step], rest, visit);
}
