import { sql } from 'kysely';
import * as z from 'zod';
import type { Access, Policy } from '#platform/contract/access.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Caller, Identity } from '#platform/http/feature.ts';
import type { Authenticator } from '#platform/http/services.ts';
import { isProvenOperator } from '#platform/http/operator.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { digest } from './digest.ts';

type Control = Databases['control'];

/** What keys of operators begin with. */
export const operatorKeyPrefix = 'hfo_';

/** A program that runs the installation. It belongs to no organisation and enters none. */
export async function identifyOperatorKey(control: Control, key: string): Promise<Identity | undefined> {
  const row = await control
    .selectFrom('operator_keys')
    .select('id')
    .where('key_hash', '=', digest(key))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return (
    row && { actor: `operator_key:${row.id}`, userId: undefined, apiKey: undefined, cookie: false, operator: true }
  );
}

/** What an operator is in an organisation that has opened itself to support. */
export interface SupportSeat {
  role: 'custom';
  roleName: string;
  access: Access;
  support: NonNullable<Caller['support']>;
}

const packs = z.array(z.enum(packNames));
const levels = z.enum(['read', 'change']);
export const supportRoleNames = { read: 'support, looking only', change: 'support' } as const;

/** Under the grant that lets operators do the most of those that run; people only, with their second factor. */
export async function findSupportSeat(
  control: Control,
  policy: Policy,
  identity: Identity,
  organisationId: string,
): Promise<SupportSeat | undefined> {
  if (!identity.userId || !isProvenOperator(identity)) return undefined;
  const grant = await control
    .selectFrom('support_grants')
    .select(['id', 'purpose', 'level', 'ends_at as endsAt'])
    .where('organisation_id', '=', organisationId)
    .where('revoked_at', 'is', null)
    .where('ends_at', '>', sql<string>`now()`)
    .orderBy('level')
    .orderBy('ends_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!grant) return undefined;
  const level = levels.parse(grant.level);
  return {
    role: 'custom',
    roleName: supportRoleNames[level],
    access: policy.ofSupport(level),
    support: { grantId: grant.id, purpose: grant.purpose, level, endsAt: grant.endsAt },
  };
}

/** The organisations that are open to support now, as `me` lists them to a proven operator. */
export async function listOpenToSupport(
  control: Control,
  authenticator: Pick<Authenticator, 'callerIn'>,
  who: Identity,
) {
  if (!who.userId || who.pending || !isProvenOperator(who)) return [];
  const rows = await control
    .selectFrom('support_grants as g')
    .innerJoin('organisations as o', 'o.id', 'g.organisation_id')
    .select(['o.id', 'o.name'])
    .distinct()
    .where('g.revoked_at', 'is', null)
    .where('g.ends_at', '>', sql<string>`now()`)
    .orderBy('o.name')
    .execute();
  const callers = await Promise.all(rows.map(({ id }) => authenticator.callerIn(who, id)));
  return callers.flatMap((caller) => {
    // Where the operator is a member, that is what counts.
    if (!caller?.support) return [];
    const { role, roleName, support, organisation } = caller;
    const { id, slug, name, zone, currency, suspended } = organisation;
    const permissions = caller.access.toList();
    // A proven operator has passed one.
    const own = { role, roleName, permissions, support, needsFactor: false };
    return [{ id, slug, name, zone, currency, suspended, packs: packs.parse(organisation.packs), ...own }];
  });
}
