import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { digest } from './digest.ts';
import type { Stranger } from './providers.ts';

type Control = Databases['control'];

/** `accounts.provider_id` of a provider: the issuer counts, not the name that the settings give it. */
export function providerId(issuer: string): string {
  return `oidc:${issuer}`;
}

/**
 * The user behind somebody at a provider: the connected one, or by a verified address where the provider is
 * trusted with addresses or an invitation to that very address is being accepted.
 * @throws AppError not_connected, saying what to do
 */
export async function userOf(control: Control, stranger: Stranger, invitation: string | null): Promise<string> {
  const connected = await connectedUser(control, stranger);
  if (connected) return connected;
  const { email, emailVerified, provider } = stranger;
  if (email && emailVerified) {
    const invited = invitation !== null && (await isInvited(control, email, invitation));
    if (invited || provider.trustEmail) {
      const known = await control.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
      const userId = known?.id ?? (invited ? await makeUser(control, email, stranger.name) : undefined);
      if (userId) return connect(control, userId, stranger);
    }
  }
  throw new AppError('not_connected', {
    message: `No account here is connected with this ${provider.name} sign-in. Sign in in another way and connect it under Account, or ask for an invitation.`,
  });
}

/** @returns the user. @throws AppError not_connected when the sign-in belongs to somebody else */
export async function connect(control: Control, userId: string, stranger: Stranger): Promise<string> {
  const { issuer, subject, provider } = stranger;
  await control
    .insertInto('accounts')
    .values({ id: uuidv7(), user_id: userId, provider_id: providerId(issuer), account_id: subject })
    .onConflict((conflict) => conflict.columns(['provider_id', 'account_id']).doNothing())
    .execute();
  if ((await connectedUser(control, stranger)) === userId) return userId;
  throw new AppError('not_connected', {
    message: `This ${provider.name} sign-in is connected with another account. Disconnect it there first.`,
  });
}

async function connectedUser(control: Control, { issuer, subject }: Stranger): Promise<string | undefined> {
  const row = await control
    .selectFrom('accounts')
    .select('user_id')
    .where('provider_id', '=', providerId(issuer))
    .where('account_id', '=', subject)
    .executeTakeFirst();
  return row?.user_id;
}

async function isInvited(control: Control, email: string, token: string): Promise<boolean> {
  const row = await control
    .selectFrom('invitations')
    .select('id')
    .where('token_hash', '=', digest(token))
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Without a password: the provider, a mailed link or a passkey lets them in. */
async function makeUser(control: Control, email: string, name: string | undefined): Promise<string> {
  const id = uuidv7();
  await control
    .insertInto('users')
    .values({ id, email, name: name ?? email.split('@')[0] ?? email, email_verified: true })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
  const user = await control.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  return user.id;
}
