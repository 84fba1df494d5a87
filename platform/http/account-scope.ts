import type { FastifyRequest } from 'fastify';
import type { Scope } from '../db/scope.ts';
import { scopeOf } from './access-record.ts';
import type { Identity } from './feature.ts';
import type { Services } from './services.ts';

/** An organisation that a user belongs to, whatever its state, with the scope of what they do there. */
export interface OwnOrganisation {
  id: string;
  slug: string;
  name: string;
  status: string;
  role: string;
  since: string;
  /** It asks for a second factor, and this session has passed none: what it keeps stays closed. */
  needsFactor: boolean;
  scope: Scope;
}

/** For account routes that look into each organisation of their user, one transaction each. A program has none. */
export async function ownOrganisations(
  { databases }: Services,
  request: FastifyRequest,
  identity: Identity,
): Promise<OwnOrganisation[]> {
  if (!identity.userId) return [];
  const rows = await databases.control
    .selectFrom('memberships as m')
    .innerJoin('organisations as o', 'o.id', 'm.organisation_id')
    .leftJoin('custom_roles as c', 'c.id', 'm.custom_role_id')
    .select(['o.id', 'o.slug', 'o.name', 'o.status', 'm.role', 'c.name as customRole', 'm.created_at as since'])
    .select('o.requires_second_factor as asksFactor')
    .where('m.user_id', '=', identity.userId)
    .orderBy('o.name')
    .execute();
  return rows.map(({ customRole, asksFactor, ...row }) => ({
    ...row,
    role: customRole ?? row.role,
    needsFactor: asksFactor && identity.factor === undefined,
    scope: scopeOf(request, identity, row.id),
  }));
}

/** Scopes for whatever has dealt with a user: organisations that they belong to, and those that invited their address. */
export async function knownTo({ databases }: Services, request: FastifyRequest, identity: Identity): Promise<Scope[]> {
  const userId = identity.userId ?? '';
  const invited = databases.control
    .selectFrom('invitations as i')
    .innerJoin('users as u', 'u.email', 'i.email')
    .select('i.organisation_id as id')
    .where('u.id', '=', userId);
  const rows = await databases.control
    .selectFrom('memberships')
    .select('organisation_id as id')
    .where('user_id', '=', userId)
    .union(invited)
    .execute();
  return rows.map(({ id }) => scopeOf(request, identity, id));
}
