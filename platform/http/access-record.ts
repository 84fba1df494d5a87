import type { FastifyRequest } from 'fastify';
import { routePath, type Route } from '../contract/contract.ts';
import { mintScope, type Scope } from '../db/scope.ts';
import { withTenant } from '../db/tenant.ts';
import { writeTrail } from '../db/trail.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { Caller, Identity } from './feature.ts';
import type { Services } from './services.ts';

/** What was tried or looked at, for the organisation's audit trail. */
export interface AccessRecord {
  operation: 'denied' | 'looked';
  method: string;
  /** The route's pattern, not the address: it holds no ids of others. */
  route: string;
  permission?: string | undefined;
  /** Why it was denied, or what was looked at. */
  reason: string;
}

/** The scope of a request in an organisation. */
export function scopeOf(
  request: FastifyRequest,
  who: Identity & { realActor?: string | undefined },
  orgId: string,
): Scope {
  return mintScope({
    orgId,
    actor: who.actor,
    realActor: who.realActor,
    session: who.sessionId,
    address: request.ip,
    requestId: request.id,
  });
}

/** Writes one entry into the organisation's record, in a transaction of its own. */
export async function recordAccess({ databases }: Services, scope: Scope, entry: AccessRecord): Promise<void> {
  const { operation, reason, ...after } = entry;
  await withTenant(databases, scope, (tx) =>
    writeTrail(tx, { entity: 'access', entityId: uuidv7(), operation, after, reason }),
  );
}

/** Denials of one asker in one organisation that are listed one by one, each minute: nobody fills another's disk. */
const listed = 30;
const minute = 60_000;
const denials = new Map<string, { count: number; until: number }>();

/** Records that somebody was refused. A trail that can't be written doesn't turn the refusal into something else. */
export async function recordDenial(
  services: Services,
  request: FastifyRequest,
  who: Identity & { realActor?: string | undefined },
  orgId: string,
  route: Route,
  reason: string,
): Promise<void> {
  const now = Date.now();
  if (denials.size > 10_000) denials.clear();
  const key = `${who.actor} ${orgId}`;
  const known = denials.get(key);
  const window = known && known.until > now ? known : { count: 0, until: now + minute };
  denials.set(key, window);
  window.count++;
  if (window.count > listed) return;
  const last = window.count === listed ? ' Further attempts of this minute are not listed one by one.' : '';
  try {
    await recordAccess(services, scopeOf(request, who, orgId), {
      operation: 'denied',
      method: route.method,
      route: routePath(route),
      permission: route.permission,
      reason: reason + last,
    });
  } catch (error) {
    services.log.error({ err: error, requestId: request.id }, 'a denied access could not be recorded');
  }
}

/** Each look of an operator under a support grant, before anything is shown. @throws when it can't be recorded: then nothing is shown */
export async function recordLook(
  services: Services,
  request: FastifyRequest,
  caller: Caller,
  route: Pick<Route, 'method' | 'permission'>,
): Promise<void> {
  if (!caller.support) return;
  await recordAccess(services, scopeOf(request, caller, caller.organisation.id), {
    operation: 'looked',
    method: route.method,
    // The address tells what was looked at; it is the organisation's own trail.
    route: request.url.slice(0, 500),
    permission: route.permission,
    reason: caller.support.purpose,
  });
}
