import { sql } from 'kysely';
import * as z from 'zod';
import { heldRoles, roleNames } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import { digest } from '#features/identity/server/digest.ts';
import type { Invitation } from '../contract.ts';

type Control = Databases['control'];

const role = z.enum(heldRoles);

/** Neither accepted nor withdrawn, newest first; `only` one of them. */
export async function listInvitations(
  control: Control,
  tx: Tx,
  reader: Pick<Caller, 'can'>,
  only?: string,
): Promise<Invitation[]> {
  const rows = await control
    .selectFrom('invitations as i')
    .leftJoin('users as u', 'u.id', 'i.invited_by')
    .leftJoin('custom_roles as c', 'c.id', 'i.custom_role_id')
    .select(['i.id', 'i.email', 'i.role', 'i.custom_role_id as customRoleId', 'c.name as customName'])
    .select(['i.resource_id as resourceId', 'i.party_id as partyId', 'u.name as invitedBy'])
    .select(['i.created_at as createdAt', 'i.expires_at as expiresAt'])
    .select(sql<boolean>`i.expires_at <= now()`.as('expired'))
    .where('i.organisation_id', '=', tx.scope.orgId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('i.id', '=', only ?? ''))
    .orderBy('i.created_at', 'desc')
    .execute();
  const ids = (key: 'resourceId' | 'partyId') => rows.flatMap((row) => row[key] ?? []);
  const persons = await namesOf(tx, reader, ids('resourceId'), ids('partyId'));
  return rows.map(({ resourceId, partyId, customName, ...row }) => {
    const held = role.parse(row.role);
    const person = persons.get(resourceId ?? partyId ?? '') ?? null;
    return { ...row, role: held, roleName: customName ?? roleNames[held], person };
  });
}

/** @throws AppError not_found */
export async function getInvitation(
  control: Control,
  tx: Tx,
  reader: Pick<Caller, 'can'>,
  id: string,
): Promise<Invitation> {
  const [found] = await listInvitations(control, tx, reader, id);
  if (!found) throw notFound('This invitation');
  return found;
}

type Named = NonNullable<Invitation['person']>;

/** The people and contacts that the reader may see. */
async function namesOf(
  tx: Tx,
  { can }: Pick<Caller, 'can'>,
  resources: readonly string[],
  parties: readonly string[],
): Promise<Map<string, Named>> {
  if (resources.length + parties.length === 0) return new Map();
  const rows = await tx.query<Named>(
    `select 'resource' as kind, id, name from resources where org_id = $1 and id = any($2::uuid[])
     union all select 'party', id, name from parties where org_id = $1 and id = any($3::uuid[])`,
    [tx.scope.orgId, can('resources.read') ? resources : [], can('parties.read') ? parties : []],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** One that can be accepted now, as its token opens it. */
export interface OpenInvitation {
  id: string;
  organisationId: string;
  organisation: string;
  slug: string;
  invitedBy: string | null;
  roleName: string;
  email: string;
  expiresAt: string;
  hasAccount: boolean;
  resourceId: string | null;
  partyId: string | null;
}

/** @throws AppError invitation_invalid alike for unknown, used, withdrawn and expired tokens */
export async function findByToken(control: Control, token: string): Promise<OpenInvitation> {
  const row = await control
    .selectFrom('invitations as i')
    .innerJoin('organisations as o', 'o.id', 'i.organisation_id')
    .leftJoin('users as u', 'u.id', 'i.invited_by')
    .leftJoin('custom_roles as c', 'c.id', 'i.custom_role_id')
    .select(['i.id', 'i.email', 'i.role', 'i.expires_at as expiresAt', 'c.name as customName'])
    .select(['i.resource_id as resourceId', 'i.party_id as partyId', 'u.name as invitedBy'])
    .select(['o.id as organisationId', 'o.name as organisation', 'o.slug'])
    .select(sql<boolean>`exists (select from users known where known.email = i.email)`.as('hasAccount'))
    .where('i.token_hash', '=', digest(token))
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', sql<string>`now()`)
    .where('o.status', '=', 'active')
    .executeTakeFirst();
  if (!row) throw invitationInvalid();
  const { customName, role: held, ...invitation } = row;
  return { ...invitation, roleName: customName ?? roleNames[role.parse(held)] };
}

export function invitationInvalid(): AppError {
  return new AppError('invitation_invalid', {
    message: 'This invitation was used already, withdrawn, or has expired. Ask for a new one.',
  });
}
