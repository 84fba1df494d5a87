import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access, Policy } from '#platform/contract/access.ts';
import { roleNames, type HeldRole } from '#platform/contract/contract.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Caller, Identity, Organisation } from '#platform/http/feature.ts';
import type { Authenticator } from '#platform/http/services.ts';
import { isProvenOperator } from '#platform/http/operator.ts';
import type { Way } from '../sign-in-rules.ts';
import { findSupportSeat, identifyOperatorKey, operatorKeyPrefix, type SupportSeat } from './operator-access.ts';
import type { Sessions } from './sessions.ts';

/** How long an answer may be remembered, in milliseconds: a revoked right ends within five seconds. */
const memory = 2_000;

/** Identifies by session cookie or API key, and finds roles in the control database. */
export class ControlAuthenticator implements Authenticator {
  readonly #databases: Databases;
  readonly #sessions: Sessions;
  readonly #policy: Policy;
  readonly #identities = new Remembered<Identity | undefined>();
  readonly #seats = new Remembered<Seat | undefined>();

  constructor(databases: Databases, sessions: Sessions, policy: Policy) {
    this.#databases = databases;
    this.#sessions = sessions;
    this.#policy = policy;
  }

  /** What a role may do; a custom one by its permissions. */
  accessOf(role: HeldRole, custom: readonly string[] | null): Access {
    return role === 'custom' ? this.#policy.ofPermissions(custom ?? []) : this.#policy.ofRole(role);
  }

  /** After a change of sign-in or membership in this process, so that it is seen at once. */
  forget(): void {
    this.#identities.clear();
    this.#seats.clear();
  }

  async identify(request: FastifyRequest): Promise<Identity | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const key = /^Bearer (\S+)$/.exec(authorization)?.[1];
      return key ? this.#identities.get(`key:${key}`, () => this.#byApiKey(key)) : undefined;
    }
    const cookie = this.#sessions.cookieOf(request);
    return cookie ? this.#identities.get(`cookie:${cookie}`, () => this.#bySession(request)) : undefined;
  }

  /** @throws AppError second_factor_required where the organisation wants one and this session has passed none */
  async callerIn(identity: Identity, org: string): Promise<Caller | undefined> {
    // Remembered for the account, not for its session: what that one has proved is its own.
    const key = `${identity.actor} ${isProvenOperator(identity)} ${org}`;
    const seat = await this.#seats.get(key, () => this.#findSeat(identity, org));
    if (!seat || (seat.support && Date.parse(seat.support.endsAt) <= Date.now())) return undefined;
    const { organisation, role, roleName, access, needsFactor } = seat;
    if (needsFactor && identity.userId !== undefined && !identity.factor) {
      throw new AppError('second_factor_required', {
        message: `${organisation.name} asks everybody for a second factor. Add an authenticator app or a passkey under Account, or sign in with your passkey.`,
      });
    }
    const can: Caller['can'] = (permission, least) => access.can(permission, least);
    const caller = { ...identity, organisation, role, roleName, access, can };
    const { support } = seat;
    if (!support) return caller;
    // Nothing there is the operator's own.
    return { ...caller, actor: `support:${support.grantId}`, realActor: identity.actor, userId: undefined, support };
  }

  async openSession(
    userId: string,
    way: Way,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ pending: boolean }> {
    const { pending } = await this.#sessions.open(userId, way, request, reply);
    this.forget();
    return { pending };
  }

  async #byApiKey(key: string): Promise<Identity | undefined> {
    if (key.startsWith(operatorKeyPrefix)) return identifyOperatorKey(this.#databases.control, key);
    const row = await this.#databases.control
      .selectFrom('api_keys')
      .select(['id', 'organisation_id', 'role', 'custom_role_id'])
      .where('key_hash', '=', hashKey(key))
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (!row) return undefined;
    const apiKey = {
      organisationId: row.organisation_id,
      role: row.role as HeldRole,
      customRoleId: row.custom_role_id,
    };
    return { actor: `api_key:${row.id}`, userId: undefined, apiKey, cookie: false };
  }

  async #bySession(request: FastifyRequest): Promise<Identity | undefined> {
    const session = await this.#sessions.find(request);
    if (!session) return undefined;
    const { userId, id: sessionId, provedAt, pending, factor, operator } = session;
    return {
      actor: `user:${userId}`,
      userId,
      apiKey: undefined,
      cookie: true,
      sessionId,
      provedAt: provedAt.getTime(),
      pending,
      factor: factor ?? undefined,
      operator,
    };
  }

  async #findSeat(identity: Identity, org: string): Promise<Seat | undefined> {
    const row = await this.#databases.control
      .selectFrom('organisations as o')
      .innerJoin('plans as p', 'p.name', 'o.plan')
      .select(['o.id', 'o.slug', 'o.name', 'o.packs', 'o.zone', 'o.currency', 'p.projects'])
      .select(['o.status', 'o.suspended_reason as reason', 'o.requires_second_factor as needsFactor'])
      .where(isId(org) ? 'o.id' : 'o.slug', '=', org)
      .where('o.status', 'in', ['active', 'suspended'])
      .executeTakeFirst();
    const held =
      row &&
      ((await this.#roleIn(identity, row.id)) ??
        (await findSupportSeat(this.#databases.control, this.#policy, identity, row.id)));
    if (!row || !held) return undefined;
    const { needsFactor, status, reason, ...rest } = row;
    const organisation = { ...rest, suspended: status === 'suspended' ? (reason ?? '') : null };
    return { organisation, needsFactor, ...held };
  }

  async organisationId(org: string): Promise<string | undefined> {
    const row = await this.#databases.control
      .selectFrom('organisations')
      .select('id')
      .where(isId(org) ? 'id' : 'slug', '=', org)
      .executeTakeFirst();
    return row?.id;
  }

  async #roleIn({ apiKey, userId }: Identity, organisationId: string): Promise<Held | undefined> {
    if (apiKey ? apiKey.organisationId !== organisationId : !userId) return undefined;
    const { control } = this.#databases;
    const held = apiKey
      ? { role: apiKey.role, customRoleId: apiKey.customRoleId }
      : await control
          .selectFrom('memberships')
          .select(['role', 'custom_role_id as customRoleId'])
          .where('organisation_id', '=', organisationId)
          .where('user_id', '=', userId ?? '')
          .executeTakeFirst();
    if (!held) return undefined;
    const custom = held.customRoleId
      ? await control
          .selectFrom('custom_roles')
          .select(['name', 'permissions'])
          .where('id', '=', held.customRoleId)
          .executeTakeFirst()
      : undefined;
    const role = held.role as HeldRole;
    return {
      role,
      roleName: custom?.name ?? roleNames[role],
      access: this.accessOf(role, custom?.permissions ?? null),
    };
  }
}

interface Held {
  role: HeldRole;
  roleName: string;
  access: Access;
  support?: SupportSeat['support'];
}

/** What an account or a key is in one organisation. */
interface Seat extends Held {
  organisation: Organisation;
  needsFactor: boolean;
}

function isId(org: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(org);
}

export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Answers by key for a short time; concurrent askers share one look-up. */
class Remembered<T> {
  readonly #entries = new Map<string, { value: Promise<T>; until: number }>();

  get(key: string, find: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const known = this.#entries.get(key);
    if (known && known.until > now) return known.value;
    if (this.#entries.size > 10_000) this.#entries.clear();
    const value = find();
    this.#entries.set(key, { value, until: now + memory });
    value.catch(() => this.#entries.delete(key));
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
