import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Contract, Role } from '#platform/contract/contract.ts';
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
  readonly #permissions: ReadonlyMap<Role, ReadonlySet<string>>;
  readonly #identities = new Remembered<Identity | undefined>();
  readonly #callers = new Remembered<Caller | undefined>();

  constructor(databases: Databases, auth: Auth, contracts: readonly Contract[]) {
    this.#databases = databases;
    this.#auth = auth;
    this.#permissions = permissionsByRole(contracts);
  }

  permissionsOf(role: Role): string[] {
    return [...(this.#permissions.get(role) ?? [])].sort();
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
      .select(['id', 'organisation_id', 'role'])
      .where('key_hash', '=', hashKey(key))
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (!row) return undefined;
    const apiKey = { organisationId: row.organisation_id, role: row.role as Role };
    return { actor: `api_key:${row.id}`, userId: undefined, apiKey, cookie: false };
  }

  async #bySession(cookie: string): Promise<Identity | undefined> {
    const session = await this.#auth.api.getSession({ headers: new Headers({ cookie }) });
    if (!session) return undefined;
    return { actor: `user:${session.user.id}`, userId: session.user.id, apiKey: undefined, cookie: true };
  }

  async #findCaller(identity: Identity, org: string): Promise<Caller | undefined> {
    const isId = /^[0-9a-f-]{36}$/i.test(org);
    const row = await this.#databases.control
      .selectFrom('organisations')
      .select(['id', 'slug', 'name', 'packs', 'zone', 'currency'])
      .where(isId ? 'id' : 'slug', '=', org)
      .where('status', '=', 'active')
      .executeTakeFirst();
    const role = row && (await this.#roleIn(identity, row.id));
    return row && role ? this.#caller(identity, row, role) : undefined;
  }

  async #roleIn({ apiKey, userId }: Identity, organisationId: string): Promise<Role | undefined> {
    if (apiKey) return apiKey.organisationId === organisationId ? apiKey.role : undefined;
    const row = await this.#databases.control
      .selectFrom('memberships')
      .select('role')
      .where('organisation_id', '=', organisationId)
      .where('user_id', '=', userId ?? '')
      .executeTakeFirst();
    return row?.role as Role | undefined;
  }

  #caller(identity: Identity, organisation: Organisation, role: Role): Caller {
    const permissions = this.#permissions.get(role) ?? new Set();
    return { ...identity, organisation, role, can: (permission) => permissions.has(permission) };
  }
}

function permissionsByRole(contracts: readonly Contract[]): ReadonlyMap<Role, ReadonlySet<string>> {
  const byRole = new Map<Role, Set<string>>();
  for (const { permissions } of contracts) {
    for (const [permission, holders] of Object.entries(permissions)) {
      for (const role of holders) byRole.set(role, (byRole.get(role) ?? new Set()).add(permission));
    }
  }
  return byRole;
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
