import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Contract, Role, Route, RouteInput, RouteOutput } from '../contract/contract.ts';
import type { RawJson } from '../contract/raw-json.ts';
import type { Scope } from '../db/scope.ts';
import type { Tx } from '../db/tenant.ts';
import type { Task } from '../jobs/task.ts';
import type { Services } from './services.ts';

/** Who is asking: a signed-in user or an API key. */
export interface Identity {
  /** `user:<id>` or `api_key:<id>`. */
  actor: string;
  userId: string | undefined;
  /** The one organisation of an API key. */
  apiKey: { organisationId: string; role: Role } | undefined;
  /** True when the credential is a cookie: writes then need the page's own origin. */
  cookie: boolean;
}

/** The organisation that a request is for, as the control database knows it. */
export interface Organisation {
  id: string;
  slug: string;
  name: string;
  packs: readonly string[];
  zone: string;
  currency: string;
}

export interface Caller extends Identity {
  organisation: Organisation;
  role: Role;
  /** One policy decides routes, fields and buttons: this one. */
  can(permission: string): boolean;
}

interface BaseContext {
  services: Services;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** What a handler of an `org` route gets: it runs inside the organisation's transaction. */
export interface OrgContext extends BaseContext {
  tx: Tx;
  scope: Scope;
  caller: Caller;
}

export interface AccountContext extends BaseContext {
  identity: Identity;
}

export type PublicContext = BaseContext;

type ContextOf<R extends Route> = R['scope'] extends 'account'
  ? AccountContext
  : R['scope'] extends 'public'
    ? PublicContext
    : OrgContext;

export type Handler<R extends Route> = (
  context: ContextOf<R>,
  input: RouteInput<R>,
) => Promise<RouteOutput<R> | RawJson>;

export type Handlers<C extends Contract> = { [K in keyof C['routes']]: Handler<C['routes'][K]> };

/** One feature as the server mounts it. */
export interface Feature {
  contract: Contract;
  handlers: Readonly<Record<string, unknown>>;
  tasks: readonly Task[];
}

/** Binds a contract to its handlers: a route without a handler doesn't compile. */
export function feature<const C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  tasks: readonly Task[] = [],
): Feature {
  return { contract, handlers, tasks };
}
