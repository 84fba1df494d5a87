import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access, Reach, SupportLevel } from '../contract/access.ts';
import type { Contract, HeldRole, Route, RouteInput, RouteOutput } from '../contract/contract.ts';
import type { RawJson } from '../contract/raw-json.ts';
import type { Scope } from '../db/scope.ts';
import type { Tx } from '../db/tenant.ts';
import type { Task } from '../jobs/task.ts';
import type { Sight } from '../live/rooms.ts';
import type { Bytes } from './bytes.ts';
import type { Services } from './services.ts';

/** Who is asking: a signed-in user or an API key. */
export interface Identity {
  /** `user:<id>` or `api_key:<id>`. */
  actor: string;
  userId: string | undefined;
  /** The one organisation of an API key. */
  apiKey: { organisationId: string; role: HeldRole; customRoleId: string | null } | undefined;
  /** True when the credential is a cookie: writes then need the page's own origin. */
  cookie: boolean;
  sessionId?: string | undefined;
  /** When the person last proved who they are, in ms since 1970; undefined for programs. */
  provedAt?: number | undefined;
  /** True while the second factor is still to come: such a session can only pass it or end. */
  pending?: boolean;
  /** The second factor that this session has passed. */
  factor?: string | undefined;
  /** Runs the installation. Gives no right in any organisation. */
  operator?: boolean;
}

/** The organisation that a request is for, as the control database knows it. */
export interface Organisation {
  id: string;
  slug: string;
  name: string;
  packs: readonly string[];
  zone: string;
  currency: string;
  /** Why nobody may work in it for now; null: everybody may. */
  suspended: string | null;
  /** Engagements that aren't over, at most, by its plan; null: no limit. */
  projects: number | null;
}

export interface Caller extends Identity {
  organisation: Organisation;
  role: HeldRole;
  /** As people know it; of a custom role the name that it was given. */
  roleName: string;
  /** The one result that decides routes, rows, fields and buttons. */
  access: Access;
  can(permission: string, least?: Reach): boolean;
  /** An operator here under a support grant; each look is recorded. */
  support?: { grantId: string; purpose: string; level: SupportLevel; endsAt: string } | undefined;
  /** Who acts in the grant's name. */
  realActor?: string | undefined;
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
  /** Set when the asker has the route's permission for their own things only: the id of their account. */
  own: string | undefined;
}

export interface AccountContext extends BaseContext {
  identity: Identity;
}

export type PublicContext = BaseContext;

/** Who runs the installation: no tenant's row is in reach. */
export type OperatorContext = AccountContext;

type ContextOf<R extends Route> = R['scope'] extends 'account'
  ? AccountContext
  : R['scope'] extends 'operator'
    ? OperatorContext
    : R['scope'] extends 'public'
      ? PublicContext
      : OrgContext;

export type Handler<R extends Route> = (
  context: ContextOf<R>,
  input: RouteInput<R>,
) => Promise<RouteOutput<R> | RawJson | (R['produces'] extends string ? Bytes : never)>;

export type Handlers<C extends Contract> = { [K in keyof C['routes']]: Handler<C['routes'][K]> };

/** One feature as the server mounts it. */
export interface Feature {
  contract: Contract;
  handlers: Readonly<Record<string, unknown>>;
  tasks: readonly Task[];
  rooms: readonly RoomKind[];
}

/** Things that people look at together, each in a room of its own named `<kind>/<id>`: see platform/live/rooms.ts. */
export interface RoomKind {
  readonly name: string;
  /** Needed to enter, at least for things of one's own. */
  readonly permission: string;
  /**
   * Whether somebody with the permission may be in this room now, and whom they see there. Asked again every few seconds.
   * @param own as in `OrgContext`
   * @returns false: they may not
   */
  open(tx: Tx, id: string, caller: Caller, own: string | undefined): Promise<Sight | false>;
}

/** Binds a contract to its handlers: a route without a handler doesn't compile. */
export function feature<const C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  tasks: readonly Task[] = [],
  rooms: readonly RoomKind[] = [],
): Feature {
  return { contract, handlers, tasks, rooms };
}
