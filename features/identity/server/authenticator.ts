import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Access, Policy } from '#platform/contract/access.ts';
import { roleNames, type HeldRole } from '#platform/contract/contract.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Caller, Identity, Organisation } from '#platform/http/feature.ts';
import type { Authenticator } from '#platform/http/services.ts';
import type { Auth } from './auth.ts';

/** How long an answer may be remembered, in milliseconds: a revoked right ends within five seconds. */
const memory = 2_000;
const sessionCookie = /(?:^|;\s*)(?:__Host-)?holdfast\.session_token=([^;]+)/;

/** Identifies by session cookie or API key, and finds roles in the control database. */
export class ControlAuthenticator implements Authenticator {
  readonly #databases: Databases;
  readonly #auth: Auth;
  readonly #policy: Policy;
  readonly #identities = new Remembered<Identity | undefined>();
  readonly #callers = new Remembered<Caller | undefined>();

  constructor(databases: Databases, auth: Auth, policy: Policy) {
    this.#databases = databases;
    this.#auth = auth;
    this.#policy = policy;
  }

  /** What a role may do; a custom one by its permissions. */
  accessOf(role: HeldRole, custom: readonly string[] | null): Access {
    return role === 'custom' ? this.#policy.ofPermissions(custom ?? []) : this.#policy.ofRole(role);
  }

  /** After a change of sign-in or membership in this process, so that it is seen at once. */
  forget(): void {
    this.#identities.clear();
    this.#callers.clear();
  }

  async identify(request: FastifyRequest): Promise<Identity | undefined> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      const key = /^Bearer (\S+)$/.exec(authorization)?.[1];
      return key ? this.#identities.get(`key:${key}`, () => this.#byApiKey(key)) : undefined;
    }
    const token = sessionCookie.exec(cookie ?? '')?.[1];
    return token && cookie ? this.#identities.get(`cookie:${token}`, () => this.#bySession(cookie)) : undefined;
  }

  callerIn(identity: Identity, org: string): Promise<Caller | undefined> {
    return this.#callers.get(`${identity.actor} ${identity.cookie} ${org}`, () => this.#findCaller(identity, org));
  }

  async #byApiKey(key: string): Promise<Identity | undefined> {
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

  async #bySession(cookie: string): Promise<Identity | undefined> {
    const session = await this.#auth.api.getSession({ headers: new Headers({ cookie }) });
    if (!session) return undefined;
    return { actor: `user:${session.user.id}`, userId: session.user.id, apiKey: undefined, cookie: true };
  }

  async #findCaller(identity: Identity, org: string): Promise<Caller | undefined> {
    const row = await this.#databases.control
      .selectFrom('organisations')
      .select(['id', 'slug', 'name', 'packs', 'zone', 'currency'])
      .where(isId(org) ? 'id' : 'slug', '=', org)
      .where('status', '=', 'active')
      .executeTakeFirst();
    const held = row && (await this.#roleIn(identity, row.id));
    return row && held ? this.#caller(identity, row, held) : undefined;
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
    if (apiKey && apiKey.organisationId !== organisationId) return undefined;
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

  #caller(identity: Identity, organisation: Organisation, { role, roleName, access }: Held): Caller {
    const can: Caller['can'] = (permission, least) => access.can(permission, least);
    return { ...identity, organisation, role, roleName, access, can };
  }
}

interface Held {
  role: HeldRole;
  roleName: string;
  access: Access;
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
