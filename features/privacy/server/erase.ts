import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import { withControl } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { knownTo } from '#platform/http/account-scope.ts';
import type { Identity } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { lockOrganisation } from '#features/organisations/server/grants.ts';
import { erased } from './account-data.ts';
import { forgetMailbox } from './mailbox.ts';
import { cutTies } from './ties.ts';

type Control = Databases['control'];

/** Also held while the first user of an installation is made. */
const usersLock = 7262;

/**
 * Erases an account: the user with everything that hangs on it, every trace of the address, and the ties to people and
 * contacts in each organisation, of those that can't be reached as soon as they can. What an organisation wrote into
 * its own records of people stays with it.
 *
 * @throws AppError last_owner, last_user
 */
export async function eraseAccount(services: Services, request: FastifyRequest, identity: Identity): Promise<void> {
  const userId = identity.userId ?? '';
  const scopes = await knownTo(services, request, identity);
  // Without session and address: what history says of the last step need not tell where it was made.
  const by = { actor: identity.actor, requestId: request.id };
  const user = await withControl(services, by, async (trx) => {
    await sql`select pg_advisory_xact_lock(${usersLock})`.execute(trx);
    await requireOtherOwners(trx, userId);
    await requireOtherUsers(trx, userId);
    const gone = await trx.deleteFrom('users').where('id', '=', userId).returning(['name', 'email']).executeTakeFirst();
    if (!gone) throw erased();
    await rememberInvitations(trx, userId, gone.email);
    await forgetMailbox(trx, userId, gone);
    return gone;
  });
  services.authenticator.forget();
  await services.mailer.send({ ...farewell, to: user.email, forget: true });
  for (const scope of scopes) {
    const tenant: Parameters<typeof cutTies>[1] = (work) => withTenant(services.databases, scope, work);
    await cutTies(services, tenant, scope.orgId, { userId, email: user.email });
  }
}

const farewell = {
  subject: 'Your Holdfast account is erased',
  text: `Your account, its sign-ins and its devices are erased. You can’t sign in any more, and this address is forgotten with this mail.

Organisations keep what they wrote down about you themselves, such as an entry among their contacts or past bookings. Ask them about it.

If this was not you, tell the organisations that you worked with here at once: somebody had your password or your device.
`,
};

/** Whoever else leaves one of these organisations, or is made less there, waits, and then sees who is left. */
async function requireOtherOwners(trx: Control, userId: string): Promise<void> {
  const { rows: own } = await sql<{ id: string }>`
    select organisation_id as id from memberships where user_id = ${userId} order by organisation_id`.execute(trx);
  for (const { id } of own) await lockOrganisation(trx, id);
  const { rows } = await sql<{ slug: string; name: string; owner: string }>`
    select o.slug, o.name, m.user_id as owner from memberships m join organisations o on o.id = m.organisation_id
     where m.role = 'owner' and o.status = 'active'
       and m.organisation_id in (select organisation_id from memberships where user_id = ${userId} and role = 'owner')
     order by o.name`.execute(trx);
  const shared = new Set(rows.filter(({ owner }) => owner !== userId).map(({ slug }) => slug));
  const alone = rows.filter(({ slug }) => !shared.has(slug)).map(({ slug, name }) => ({ slug, name }));
  if (alone.length === 0) return;
  const names = alone.map(({ name }) => `“${name}”`).join(', ');
  throw new AppError('last_owner', {
    message: `You are the only owner of ${names}. Make somebody else an owner, or close ${alone.length === 1 ? 'it' : 'them'}; then erase your account.`,
    extra: { organisations: alone },
  });
}

/** An organisation that invited the address keeps it in an answer for retries, member or not. */
async function rememberInvitations(trx: Control, userId: string, email: string): Promise<void> {
  await sql`
    insert into ended_accounts (organisation_id, user_id)
    select distinct organisation_id, ${userId}::uuid from invitations where email = ${email}
    on conflict do nothing`.execute(trx);
}

/** Without any user the next visitor would set the installation up as theirs, with the organisations in it. */
async function requireOtherUsers(trx: Control, userId: string): Promise<void> {
  const other = await trx.selectFrom('users').select('id').where('id', '<>', userId).limit(1).executeTakeFirst();
  if (other) return;
  throw new AppError('last_user', {
    message: 'Yours is the only account here. Make another one first, or have the whole installation removed.',
  });
}
