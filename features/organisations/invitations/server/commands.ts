import { sql } from 'kysely';
import * as z from 'zod';
import { heldRoles } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { withControl } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Caller } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { digest, newSecret } from '#features/identity/server/digest.ts';
import { limits, mailboxKey, withinLimit } from '#features/identity/server/limits.ts';
import { requireUnlinked } from '#features/organisations/server/accounts.ts';
import {
  lockOrganisation,
  readGrant,
  requireMayChange,
  requireMayGrant,
  requireMayLink,
  type Grant,
  type Granted,
} from '#features/organisations/server/grants.ts';
import { requireRoom } from '#features/organisations/server/plans.ts';
import { invitationDays } from '../contract.ts';
import { mailInvitation } from './mails.ts';

type Control = Databases['control'];

interface NewInvitation extends Grant {
  email: string;
  resourceId: string | null;
  partyId: string | null;
}

const expiry = sql<string>`now() + ${invitationDays} * interval '1 day'`;

/**
 * Mails somebody a link to join. @returns the invitation's id
 * @throws AppError already_member, already_invited, role_too_high, limit_reached, invalid_input, rate_limited
 */
export async function invite(services: Services, tx: Tx, caller: Caller, wanted: NewInvitation): Promise<string> {
  const { resourceId, partyId } = wanted;
  const email = wanted.email.toLowerCase();
  if (resourceId ?? partyId) requireMayLink(caller, services.policy);
  if (resourceId) await requireUnlinked(tx, 'resources', resourceId, 'resourceId');
  if (partyId) await requireUnlinked(tx, 'parties', partyId, 'partyId');
  const { id: organisationId } = caller.organisation;
  const [id, token] = [uuidv7(), newSecret()];
  const roleName = await withControl(services, tx.scope, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const granted = await readGrant(trx, services.policy, organisationId, wanted);
    requireMayGrant(caller, granted);
    await requireStranger(trx, organisationId, email);
    await endExpired(trx, organisationId, email);
    await requireRoom(trx, organisationId, 'invitation');
    await trx
      .insertInto('invitations')
      .values({
        id,
        organisation_id: organisationId,
        email,
        role: wanted.role,
        custom_role_id: wanted.customRoleId,
        resource_id: resourceId,
        party_id: partyId,
        invited_by: caller.userId ?? null,
        token_hash: digest(token),
        expires_at: expiry,
      })
      .execute();
    await withinLimit(trx, limits.mailbox, mailboxKey(email));
    return granted.roleName;
  });
  await mailInvitation(services, caller, { email, token, roleName });
  return id;
}

/** A new link for the same invitation; the one before is worth nothing from then on. @throws AppError not_found, … as `invite` */
export async function resendInvitation(services: Services, tx: Tx, caller: Caller, id: string): Promise<void> {
  const { id: organisationId } = caller.organisation;
  const token = newSecret();
  const sent = await withControl(services, tx.scope, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const invitation = await openInvitation(trx, services, organisationId, id);
    requireMayGrant(caller, invitation);
    if (invitation.expired) await requireRoom(trx, organisationId, 'invitation');
    await withinLimit(trx, limits.mailbox, mailboxKey(invitation.email));
    await trx
      .updateTable('invitations')
      .set({ token_hash: digest(token), expires_at: expiry })
      .where('id', '=', id)
      .execute();
    return invitation;
  });
  await mailInvitation(services, caller, { ...sent, token });
}

/** @throws AppError not_found, role_too_high */
export async function revokeInvitation(services: Services, tx: Tx, caller: Caller, id: string): Promise<void> {
  const { id: organisationId } = caller.organisation;
  await withControl(services, tx.scope, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const invitation = await openInvitation(trx, services, organisationId, id);
    requireMayChange(caller, invitation, 'This invitation');
    await trx
      .updateTable('invitations')
      .set({ revoked_at: sql<string>`now()` })
      .where('id', '=', id)
      .execute();
  });
}

/** Under the organisation's lock, so it stays open until the transaction ends. */
async function openInvitation(
  trx: Control,
  { policy }: Services,
  organisationId: string,
  id: string,
): Promise<Granted & { email: string; expired: boolean }> {
  const row = await trx
    .selectFrom('invitations')
    .select(['email', 'role', 'custom_role_id as customRoleId', sql<boolean>`expires_at <= now()`.as('expired')])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('This invitation');
  const grant = { role: z.enum(heldRoles).parse(row.role), customRoleId: row.customRoleId };
  const { email, expired } = row;
  return { ...(await readGrant(trx, policy, organisationId, grant)), email, expired };
}

async function requireStranger(trx: Control, organisationId: string, email: string): Promise<void> {
  const member = await trx
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select('u.name')
    .where('m.organisation_id', '=', organisationId)
    .where('u.email', '=', email)
    .executeTakeFirst();
  if (!member) return;
  const message = `${member.name} is a member already. Change their role in the list of members.`;
  throw new AppError('already_member', { message, fields: [{ field: 'email', message }] });
}

/** One that has expired makes way for a new one. */
async function endExpired(trx: Control, organisationId: string, email: string): Promise<void> {
  await trx
    .updateTable('invitations')
    .set({ revoked_at: sql<string>`now()` })
    .where('organisation_id', '=', organisationId)
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '<=', sql<string>`now()`)
    .execute();
}
