import { randomBytes } from 'node:crypto';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Services } from '#platform/http/services.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { asker, limits, mailboxKey, withinLimit } from './limits.ts';
import { forgive, takeTry } from './locks.ts';
import type { Sessions } from './sessions.ts';
import { logSignIn } from './sign-in-log.ts';

type Control = Databases['control'];

/** What an unknown address is checked against, so that it takes the same work. */
let nobodysHash: Promise<string> | undefined;

/** @throws AppError bad_credentials, sign_in_locked: the same for an unknown address, after the same work */
export async function signInWithPassword(
  { databases: { control } }: Services,
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
  { email, password }: { email: string; password: string },
): Promise<{ pending: boolean }> {
  await withinLimit(control, limits.password, asker(request.ip));
  const known = await control
    .selectFrom('users as u')
    .leftJoin('accounts as a', (join) => join.onRef('a.user_id', '=', 'u.id').on('a.provider_id', '=', 'credential'))
    .select(['u.id', 'a.password as hash'])
    .where('u.email', '=', email.toLowerCase())
    .executeTakeFirst();
  const refuse = (outcome: 'refused' | 'locked') =>
    logSignIn(control, request, { userId: known?.id, way: 'password', outcome });
  const key = passwordKey(email);
  try {
    await takeTry(control, key, 'sign in with a mailed link or a passkey');
  } catch (error) {
    await refuse('locked');
    throw error;
  }
  const right = await matches(known?.hash, password);
  if (!known || !right) {
    await refuse('refused');
    throw new AppError('bad_credentials', { message: 'The e-mail address or the password is wrong.' });
  }
  await forgive(control, key);
  return sessions.open(known.id, 'password', request, reply);
}

/** For a step-up: the same lock as for signing in. @throws AppError bad_credentials, sign_in_locked */
export async function provePassword(control: Control, userId: string, password: string): Promise<void> {
  const user = await control
    .selectFrom('users as u')
    .leftJoin('accounts as a', (join) => join.onRef('a.user_id', '=', 'u.id').on('a.provider_id', '=', 'credential'))
    .select(['u.email', 'a.password as hash'])
    .where('u.id', '=', userId)
    .executeTakeFirstOrThrow();
  const key = passwordKey(user.email);
  await takeTry(control, key, 'confirm in another way');
  if (!(await matches(user.hash, password)))
    throw new AppError('bad_credentials', { message: 'The password is wrong.' });
  await forgive(control, key);
}

export async function hasPassword(control: Control, userId: string): Promise<boolean> {
  const row = await control
    .selectFrom('accounts')
    .select('id')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .where('password', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Sets or replaces a user's password. */
export async function setPassword(control: Control, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await control
    .insertInto('accounts')
    .values({ id: uuidv7(), user_id: userId, account_id: userId, provider_id: 'credential', password: hash })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: hash, updated_at: sql<string>`now()` }),
    )
    .execute();
}

async function matches(hash: string | null | undefined, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(32).toString('base64url'));
  const right = await verifyPassword({ hash: hash ?? (await nobodysHash), password });
  return right && hash !== null && hash !== undefined;
}

function passwordKey(email: string): string {
  return `password:${mailboxKey(email)}`;
}
