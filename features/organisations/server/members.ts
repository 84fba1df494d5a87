import { sql } from 'kysely';
import * as z from 'zod';
import { heldRoles, roleNames } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { withControl, type Doer } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import type { LinkedPerson, Member } from '../contract.ts';
import { lockOrganisation, readGrant, requireMayChange, requireMayGrant, type Grant, type Granted } from './grants.ts';

type Control = Databases['control'];

/** Members by name. @param shows what of the linked people and contacts the reader may see */
export async function listMembers(
  control: Control,
  tx: Tx,
  shows: Pick<Caller, 'can'>,
  only?: string,
): Promise<Member[]> {
  const [members, persons] = await Promise.all([membersOf(control, tx.scope.orgId, only), linkedPersons(tx, shows)]);
  return members.map((member) => ({ ...member, persons: persons.get(member.userId) ?? [] }));
}

/** @throws AppError not_found */
export async function getMember(control: Control, tx: Tx, shows: Pick<Caller, 'can'>, userId: string): Promise<Member> {
  const [member] = await listMembers(control, tx, shows, userId);
  if (!member) throw notFound('This member');
  return member;
}

async function membersOf(control: Control, organisationId: string, only: string | undefined) {
  const rows = await control
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .leftJoin('custom_roles as c', 'c.id', 'm.custom_role_id')
    .select(['u.id as userId', 'u.name', 'u.email', 'm.role', 'm.custom_role_id as customRoleId'])
    .select(['c.name as customName', 'm.created_at as joinedAt'])
    .select([
      sql<boolean>`exists (select from totp_secrets t where t.user_id = u.id and t.confirmed_at is not null)
        or exists (select from passkeys p where p.user_id = u.id)`.as('secondFactor'),
      sql<string | null>`(select max(s.last_seen_at) from sessions s where s.user_id = u.id)`.as('lastSeenAt'),
    ])
    .where('m.organisation_id', '=', organisationId)
    .$if(only !== undefined, (query) => query.where('m.user_id', '=', only ?? ''))
    .orderBy('u.name')
    .orderBy('u.id')
    .execute();
  return rows.map(({ customName, ...row }) => {
    const role = z.enum(heldRoles).parse(row.role);
    return { ...row, role, roleName: customName ?? roleNames[role] };
  });
}

/** Account → who it is among the people and contacts that the reader may see. */
async function linkedPersons(tx: Tx, { can }: Pick<Caller, 'can'>): Promise<Map<string, LinkedPerson[]>> {
  const rows = await tx.query<LinkedPerson & { userId: string }>(
    `select 'resource' as kind, id, name, user_id as "userId" from resources
      where org_id = $1 and user_id is not null and $2
     union all
     select 'party', id, name, user_id from parties where org_id = $1 and user_id is not null and $3`,
    [tx.scope.orgId, can('resources.read'), can('parties.read')],
  );
  const persons = new Map<string, LinkedPerson[]>();
  for (const { userId, ...person } of rows) persons.set(userId, [...(persons.get(userId) ?? []), person]);
  return persons;
}

/** @throws AppError not_found, role_too_high, last_owner, invalid_input */
export async function changeMember(
  services: Services,
  by: Doer,
  caller: Caller,
  userId: string,
  wanted: Grant,
): Promise<void> {
  const { id: organisationId } = caller.organisation;
  await withControl(services, by, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const member = await heldBy(trx, services, organisationId, userId);
    requireMayChange(caller, member, member.name);
    requireMayGrant(caller, await readGrant(trx, services.policy, organisationId, wanted));
    await trx
      .updateTable('memberships')
      .set({ role: wanted.role, custom_role_id: wanted.customRoleId })
      .where('organisation_id', '=', organisationId)
      .where('user_id', '=', userId)
      .execute();
    await requireOwner(trx, organisationId);
  });
  services.authenticator.forget();
}

/** @throws AppError not_found, role_too_high, last_owner */
export async function removeMember(services: Services, by: Doer, caller: Caller, userId: string): Promise<void> {
  const { id: organisationId } = caller.organisation;
  await withControl(services, by, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const member = await heldBy(trx, services, organisationId, userId);
    requireMayChange(caller, member, member.name);
    await endMembership(trx, organisationId, userId);
  });
  services.authenticator.forget();
}

/** @throws AppError not_found for who is no member, last_owner */
export async function leaveOrganisation(
  services: Services,
  by: Doer,
  organisationId: string,
  userId: string,
): Promise<void> {
  await withControl(services, by, async (trx) => {
    await lockOrganisation(trx, organisationId);
    await endMembership(trx, organisationId, userId);
  });
  services.authenticator.forget();
}

async function endMembership(trx: Control, organisationId: string, userId: string): Promise<void> {
  const ended = await trx
    .deleteFrom('memberships')
    .where('organisation_id', '=', organisationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (ended.numDeletedRows === 0n) throw notFound('This organisation');
  await requireOwner(trx, organisationId);
}

async function heldBy(
  trx: Control,
  { policy }: Services,
  organisationId: string,
  userId: string,
): Promise<Granted & { name: string }> {
  const row = await trx
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.name', 'm.role', 'm.custom_role_id as customRoleId'])
    .where('m.organisation_id', '=', organisationId)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
  if (!row) throw notFound('This member');
  const grant = { role: z.enum(heldRoles).parse(row.role), customRoleId: row.customRoleId };
  return { ...(await readGrant(trx, policy, organisationId, grant)), name: row.name };
}

/** Under the organisation's lock, after the change. @throws AppError last_owner */
async function requireOwner(trx: Control, organisationId: string): Promise<void> {
  const owner = await trx
    .selectFrom('memberships')
    .select('user_id')
    .where('organisation_id', '=', organisationId)
    .where('role', '=', 'owner')
    .limit(1)
    .executeTakeFirst();
  if (owner) return;
  throw new AppError('last_owner', {
    message: 'The organisation would have no owner left. Make somebody else owner first.',
  });
}
