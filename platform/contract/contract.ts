import type * as z from 'zod';

/** Roles that every organisation has, strongest first. Custom roles are made of permissions. */
export const roles = ['owner', 'manager', 'staff', 'crew', 'promoter', 'property_manager', 'client'] as const;
export type Role = (typeof roles)[number];

/** What somebody can be: one of these, or a role of the organisation's own making. */
export const heldRoles = [...roles, 'custom'] as const;
export type HeldRole = (typeof heldRoles)[number];

export const roleNames: Readonly<Record<HeldRole, string>> = {
  owner: 'owner',
  manager: 'manager',
  staff: 'staff',
  crew: 'crew',
  promoter: 'promoter',
  property_manager: 'property manager',
  client: 'client',
  custom: 'custom role',
};

/** One permission. It reads: “An owner or manager may commit claims.” */
export interface Clause {
  /** What it lets somebody do, after “may”. */
  readonly may: string;
  /** Who may do it with everything of the organisation. */
  readonly roles: readonly Role[];
  /** Who may do it with their own things: those that the person or contact behind their account takes part in. */
  readonly own?: readonly Role[];
  /** Closed to operators whatever a support grant says: who belongs here, keys, what is private about people. */
  readonly closedToSupport?: true;
}

/**
 * Who may call a route, and where it lives.
 * - `org`: under `/api/v1/orgs/:org`; the permission is one of the contract's own.
 * - `account`: under `/api/v1`; any signed-in user, about themselves.
 * - `operator`: under `/api/v1/operator`; who runs the installation. Never a tenant's row.
 * - `public`: under `/api/v1`; anybody. Say in `summary` what protects it.
 */
export type RouteScope = 'org' | 'account' | 'operator' | 'public';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path below the scope's prefix, parameters as `:name`. */
  readonly path: string;
  readonly scope?: RouteScope;
  /** Needed when the scope is `org`. */
  readonly permission?: string;
  /** Whoever has the permission for their own things only may call it too: the handler keeps to `own`. */
  readonly own?: true;
  /** Needs a person who has proved who they are within the last minutes; programs may not call it. */
  readonly fresh?: true;
  /** Open to a session whose second factor is still to come: to pass it or to end. */
  readonly pending?: true;
  /** Open while the organisation is suspended: to see how it stands, or to close it. */
  readonly whileSuspended?: true;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Success status; 200 unless told. */
  readonly status?: 200 | 201 | 202 | 204;
  /** What may leave: properties that the schema lacks are dropped. Absent: no body. */
  readonly output?: z.ZodType;
  /** Media type of a body that isn't JSON; the handler then returns a string, or `Bytes` of a type of their own. */
  readonly produces?: string;
  /** Codes, beyond the general ones, that this route may answer with. */
  readonly errors?: readonly string[];
  /** Largest body in bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** Also posted to as a form, by programs that can't do otherwise; its fields are dropped. */
  readonly form?: true;
  /**
   * The body is bytes (`application/octet-stream`), which the handler reads from the request as they come. It opens
   * transactions of its own: one around it all would last as long as the sender's line is slow.
   */
  readonly stream?: true;
  /** False where the answer must never be stored (it shows a secret once). */
  readonly idempotent?: false;
}

export interface Contract {
  readonly name: string;
  /** By name, which reads `thing.action`. */
  readonly permissions: Readonly<Record<string, Clause>>;
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

const prefixes: Record<RouteScope, string> = {
  org: '/api/v1/orgs/:org',
  operator: '/api/v1/operator',
  account: '/api/v1',
  public: '/api/v1',
};

/** The path as HTTP sees it, `:org` included. */
export function routePath(route: Route): string {
  return `${prefixes[route.scope ?? 'org']}${route.path}`;
}
