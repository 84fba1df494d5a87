import type * as z from 'zod';

/** Roles an organisation's member or API key may have, strongest first. */
export const roles = ['owner', 'manager', 'staff'] as const;
export type Role = (typeof roles)[number];

/**
 * Who may call a route, and where it lives.
 * - `org`: under `/api/v1/orgs/:org`; the permission is one of the contract's own.
 * - `account`: under `/api/v1`; any signed-in user, about themselves.
 * - `public`: under `/api/v1`; anybody. Say in `summary` what protects it.
 */
export type RouteScope = 'org' | 'account' | 'public';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path below the scope's prefix, parameters as `:name`. */
  readonly path: string;
  readonly scope?: RouteScope;
  /** Needed when the scope is `org`. */
  readonly permission?: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Success status; 200 unless told. */
  readonly status?: 200 | 201 | 202 | 204;
  /** What may leave: properties that the schema lacks are dropped. Absent: no body. */
  readonly output?: z.ZodType;
  /** Media type of a body that isn't JSON; the handler then returns a string. */
  readonly produces?: string;
  /** Codes, beyond the general ones, that this route may answer with. */
  readonly errors?: readonly string[];
  /** Largest body in bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** False where the answer must never be stored (it shows a secret once). */
  readonly idempotent?: false;
}

export interface Contract {
  readonly name: string;
  /** Permission name → roles that have it. The name reads `thing.action`. */
  readonly permissions: Readonly<Record<string, readonly Role[]>>;
  /** Error code → HTTP status, for codes that this feature adds to the general ones. */
  readonly errors?: Readonly<Record<string, number>>;
  /** Database constraint name → what to tell the user when it refuses. */
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
  /** What this feature tells the others, in the past tense: `claims.promoted`. */
  readonly events?: readonly string[];
  readonly routes: Readonly<Record<string, Route>>;
}

export interface ConstraintMeaning {
  readonly code: string;
  readonly message: string;
  /** Input field at fault, when there is one. */
  readonly field?: string;
}

/** Fixes a contract's literal types; the value is returned as it came. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined;
type Present<T> = { [K in keyof T as [T[K]] extends [undefined] ? never : K]: T[K] };

/** What a handler receives: each part parsed, absent where the route declares none. */
export type RouteInput<R extends Route> = Present<{
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
}>;

/** What a client sends. */
export type RouteRequest<R extends Route> = Present<{
  params: Sent<R['params']>;
  query: Sent<R['query']>;
  body: Sent<R['body']>;
}>;

export type RouteOutput<R extends Route> = R['output'] extends z.ZodType
  ? z.output<R['output']>
  : R['produces'] extends string
    ? string
    : undefined;

/** The path as HTTP sees it, `:org` included. */
export function routePath(route: Route): string {
  return (route.scope ?? 'org') === 'org' ? `/api/v1/orgs/:org${route.path}` : `/api/v1${route.path}`;
}
