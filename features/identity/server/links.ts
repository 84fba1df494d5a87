import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#platform/contract/errors.ts';
import type { Services } from '#platform/http/services.ts';
import { createUser } from './commands.ts';
import { asker, limits, mailboxKey, withinLimit } from './limits.ts';
import { issueToken, linkInvalid, revokeTokens, useToken, type LinkKind } from './mailed-tokens.ts';
import { mailHasAccount, mailLink, mailNotice } from './mails.ts';
import { setPassword } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import { logSignIn } from './sign-in-log.ts';
import { endSessions } from './user-sessions.ts';

/** Mails a link to a known address. An unknown one gets the same answer after the same work, and no mail. */
export async function requestLink(
  services: Services,
  request: FastifyRequest,
  kind: Extract<LinkKind, 'sign_in' | 'reset_password'>,
  address: string,
): Promise<void> {
  const email = await mayMail(services, request, address);
  const user = await userWith(services, email);
  const token = await issueToken(services.databases.control, kind, email, user?.id ?? null);
  if (user) await mailLink(services, kind, email, token);
}

/** @throws AppError link_invalid for a used, expired or unknown token */
export async function signInWithLink(
  services: Services,
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<{ pending: boolean }> {
  const { userId } = await takeToken(services, request, 'sign_in', token);
  if (!userId) throw linkInvalid();
  return sessions.open(userId, 'link', request, reply);
}

/** @throws AppError sign_up_closed */
export async function requestSignUp(services: Services, request: FastifyRequest, address: string): Promise<void> {
  requireOpen(services);
  const email = await mayMail(services, request, address);
  const user = await userWith(services, email);
  const token = await issueToken(services.databases.control, 'sign_up', email, null);
  if (user) await mailHasAccount(services, email);
  else await mailLink(services, 'sign_up', email, token);
}

/** @throws AppError sign_up_closed, link_invalid */
export async function signUpWithLink(
  services: Services,
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<{ pending: boolean }> {
  requireOpen(services);
  const { email } = await takeToken(services, request, 'sign_up', token);
  if (await userWith(services, email)) throw linkInvalid();
  const userId = await createUser(services.databases.control, { name, email, password });
  return sessions.open(userId, 'link', request, reply);
}

/** Sets the password, ends every session and every other link, and signs in. @throws AppError link_invalid */
export async function resetPassword(
  services: Services,
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, password }: { token: string; password: string },
): Promise<{ pending: boolean }> {
  const { control } = services.databases;
  const { userId, email } = await takeToken(services, request, 'reset_password', token);
  if (!userId) throw linkInvalid();
  await setPassword(control, userId, password);
  await endSessions(control, userId);
  await revokeTokens(control, userId);
  const opened = await sessions.open(userId, 'link', request, reply);
  await mailNotice(
    services,
    email,
    'Your Holdfast password was changed',
    'A new password was set for your account by a mailed link, and all devices were signed out.',
  );
  return opened;
}

/** To the new address; nothing changes before the link is used. An address that has an account gets no mail. */
export async function requestEmailChange(
  services: Services,
  request: FastifyRequest,
  userId: string,
  address: string,
): Promise<void> {
  const email = await mayMail(services, request, address);
  const token = await issueToken(services.databases.control, 'change_email', email, userId);
  if (!(await userWith(services, email))) await mailLink(services, 'change_email', email, token);
}

/** @throws AppError link_invalid; email_taken when somebody else took the address meanwhile */
export async function confirmEmailChange(services: Services, request: FastifyRequest, token: string): Promise<void> {
  const { control } = services.databases;
  const { userId, email } = await takeToken(services, request, 'change_email', token);
  if (!userId) throw linkInvalid();
  const other = await userWith(services, email);
  if (other && other.id !== userId)
    throw new AppError('email_taken', { message: 'Another account has this address by now. Choose another one.' });
  const { email: old } = await control
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await control.updateTable('users').set({ email, email_verified: true }).where('id', '=', userId).execute();
  await revokeTokens(control, userId);
  await mailNotice(
    services,
    old,
    'The address of your Holdfast account was changed',
    `You sign in with ${email} from now on; this address no longer opens the account.`,
  );
}

async function mayMail(services: Services, request: FastifyRequest, address: string): Promise<string> {
  const { control } = services.databases;
  const email = address.toLowerCase();
  await withinLimit(control, limits.mail, asker(request.ip));
  await withinLimit(control, limits.mailbox, mailboxKey(email));
  return email;
}

async function takeToken(services: Services, request: FastifyRequest, kind: LinkKind, token: string) {
  const { control } = services.databases;
  await withinLimit(control, limits.token, asker(request.ip));
  try {
    return await useToken(control, kind, token);
  } catch (error) {
    await logSignIn(control, request, { way: 'link', outcome: 'refused', detail: kind });
    throw error;
  }
}

function userWith({ databases }: Services, email: string): Promise<{ id: string } | undefined> {
  return databases.control.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
}

function requireOpen({ config }: Services): void {
  if (!config.openSignUp)
    throw new AppError('sign_up_closed', {
      message: 'Accounts here come by invitation. Ask your organisation for one.',
    });
}
