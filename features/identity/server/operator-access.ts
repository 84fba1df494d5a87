import { sql } from 'kysely';
import * as z from 'zod';
import type { Access, Policy } from '#platform/contract/access.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Caller, Identity } from '#platform/http/feature.ts';
import { isProvenOperator } from '#platform/http/operator.ts';
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
  return row && { actor: `operator_key:${row.id}`, userId: undefined, apiKey: undefined, cookie: false, operator: true };
}

/** What an operator is in an organisation that has opened itself to support. */
export interface SupportSeat {
  role: 'custom';
  roleName: string;
  access: Access;
  support: NonNullable<Caller['support']>;
}

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

/** The organisations that are open to support now, as a proven operator's own are listed. */
export async function organisationsOpenToSupport(control: Control, identity: Identity): Promise<string[]> {
  if (!identity.userId || !isProvenOperator(identity)) return [];
  const rows = await control
    .selectFrom('support_grants')
    .select('organisation_id as id')
    .distinct()
    .where('revoked_at', 'is', null)
    .where('ends_at', '>', sql<string>`now()`)
    .execute();
  return rows.map(({ id }) => id);
}
