import { hashPassword } from 'better-auth/crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import { AppError } from '#platform/contract/errors.ts';
import { withControl } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Scope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { scopeOf } from '#platform/http/access-record.ts';
import type { Identity } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { enqueue } from '#platform/jobs/task.ts';
import { insertUser } from '#features/identity/server/commands.ts';
import { linkAccount } from '#features/organisations/server/accounts.ts';
import { lockOrganisation } from '#features/organisations/server/grants.ts';
import { requireRoom } from '#features/organisations/server/plans.ts';
import { findByToken, invitationInvalid, type OpenInvitation } from './queries.ts';

type Control = Databases['control'];

/** @returns the organisation's short name. @throws AppError invitation_invalid, invitation_for_another, limit_reached */
export async function acceptInvitation(
  services: Services,
  request: FastifyRequest,
  identity: Identity & { userId: string },
  token: string,
): Promise<string> {
  const { control } = services.databases;
  const invitation = await findByToken(control, token);
  const user = await control
    .selectFrom('users')
    .select('email')
    .where('id', '=', identity.userId)
    .where('email_verified', '=', true)
    .executeTakeFirst();
  if (user?.email !== invitation.email) {
    throw new AppError('invitation_for_another', {
      message: `This invitation is for ${invitation.email}. Sign in with that address to accept it.`,
    });
  }
  await enter(services, scopeOf(request, identity, invitation.organisationId), invitation, identity.userId);
  return invitation.slug;
}

/** Who opens the link has the mailbox, so the address is theirs. @throws AppError invitation_invalid, account_exists, limit_reached */
export async function joinAsNewUser(
  services: Services,
  request: FastifyRequest,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<{ userId: string; slug: string }> {
  const invitation = await findByToken(services.databases.control, token);
  if (invitation.hasAccount) throw accountExists();
  const userId = uuidv7();
  const identity = { actor: `user:${userId}`, userId, apiKey: undefined, cookie: true };
  const scope = scopeOf(request, identity, invitation.organisationId);
  const user = { id: userId, name, email: invitation.email, hash: await hashPassword(password) };
  try {
    await enter(services, scope, invitation, userId, (trx) => insertUser(trx, user));
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'users_email_key') throw accountExists();
    throw error;
  }
  return { userId, slug: invitation.slug };
}

function accountExists(): AppError {
  return new AppError('account_exists', { message: 'This address has an account. Sign in with it, then accept.' });
}

/**
 * Membership and the person behind it live in two databases. First a job is left in the organisation's own that
 * links them later; then the invitation is accepted; then the link is made at once. Whatever stops in between,
 * the job finishes, or finds that nothing was accepted.
 */
async function enter(
  services: Services,
  scope: Scope,
  invitation: OpenInvitation,
  userId: string,
  makeUser?: (trx: Control) => Promise<void>,
): Promise<void> {
  const { databases, log } = services;
  const linked = invitation.resourceId !== null || invitation.partyId !== null;
  if (linked) await withTenant(databases, scope, (tx) => linkLater(tx, invitation.id));
  await withControl(services, scope, (trx) => accept(trx, invitation, userId, makeUser));
  services.authenticator.forget();
  if (!linked) return;
  try {
    await linkAccepted(services, (work) => withTenant(databases, scope, work), invitation.id);
  } catch (error) {
    log.warn({ err: error, invitation: invitation.id }, 'an account is linked later');
  }
}

/** Milliseconds until the job looks: by then whoever accepts has usually done it. */
const later = 30_000;

async function linkLater(tx: Tx, invitationId: string): Promise<void> {
  const runAt = new Date(tx.scope.now.getTime() + later).toISOString();
  await enqueue(tx, 'invitations.link', { invitationId }, { runAt, key: `invitations.link:${invitationId}` });
}

/** Of many at once one is first; the others find it used. */
async function accept(
  trx: Control,
  { id, organisationId }: OpenInvitation,
  userId: string,
  makeUser?: (trx: Control) => Promise<void>,
): Promise<void> {
  await lockOrganisation(trx, organisationId);
  const open = await trx
    .selectFrom('invitations')
    .select(['role', 'custom_role_id'])
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirst();
  if (!open) throw invitationInvalid();
  await makeUser?.(trx);
  const membership = { organisation_id: organisationId, user_id: userId, ...open };
  const member = await trx
    .selectFrom('memberships')
    .select('role')
    .where('organisation_id', '=', organisationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  // Who became a member in another way meanwhile keeps what they are.
  if (!member) {
    await requireRoom(trx, organisationId, 'member');
    await trx.insertInto('memberships').values(membership).execute();
    // They left once, and what was to be cut then is theirs again.
    await trx
      .deleteFrom('ended_accounts')
      .where('organisation_id', '=', organisationId)
      .where('user_id', '=', userId)
      .execute();
  }
  await trx
    .updateTable('invitations')
    .set({ accepted_at: sql<string>`now()`, accepted_by: userId })
    .where('id', '=', id)
    .execute();
}

/** Links the account of an accepted invitation to its person or contact; nothing while nobody has accepted, or when they left again. */
export async function linkAccepted(
  { databases: { control } }: Pick<Services, 'databases'>,
  tenant: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  invitationId: string,
): Promise<void> {
  const accepted = await control
    .selectFrom('invitations as i')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.organisation_id', '=', 'i.organisation_id').onRef('m.user_id', '=', 'i.accepted_by'),
    )
    .select(['m.user_id as userId', 'i.resource_id as resourceId', 'i.party_id as partyId'])
    .where('i.id', '=', invitationId)
    .executeTakeFirst();
  if (!accepted) return;
  const { userId, resourceId, partyId } = accepted;
  await tenant(async (tx) => {
    if (resourceId) await linkAccount(tx, 'resources', resourceId, userId);
    if (partyId) await linkAccount(tx, 'parties', partyId, userId);
  });
}
