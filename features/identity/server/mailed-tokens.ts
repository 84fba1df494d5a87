import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { digest, newSecret } from './digest.ts';

type Control = Databases['control'];

/** What a link in a mail does, and for how many minutes. */
export const linkMinutes = { sign_in: 10, sign_up: 60, change_email: 60, reset_password: 30 } as const;
export type LinkKind = keyof typeof linkMinutes;

/** Kept for an unknown address too (without a user), so that the work is the same. */
export async function issueToken(
  control: Control,
  kind: LinkKind,
  email: string,
  userId: string | null,
): Promise<string> {
  const token = newSecret();
  await control
    .insertInto('mailed_tokens')
    .values({
      id: uuidv7(),
      kind,
      email,
      user_id: userId,
      token_hash: digest(token),
      expires_at: sql<string>`now() + ${linkMinutes[kind]} * interval '1 minute'`,
    })
    .execute();
  return token;
}

/** Uses a token up: of many at once, one gets it. @throws AppError link_invalid */
export async function useToken(
  control: Control,
  kind: LinkKind,
  token: string,
): Promise<{ email: string; userId: string | null }> {
  const used = await control
    .updateTable('mailed_tokens')
    .set({ used_at: sql<string>`now()` })
    .where('token_hash', '=', digest(token))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .returning(['email', 'user_id as userId'])
    .executeTakeFirst();
  if (!used) throw linkInvalid();
  return used;
}

export function linkInvalid(): AppError {
  return new AppError('link_invalid', { message: 'This link was used already or has expired. Ask for a new one.' });
}

/** After a new password or address: links mailed before no longer let anybody in. */
export async function revokeTokens(control: Control, userId: string): Promise<void> {
  await control.deleteFrom('mailed_tokens').where('user_id', '=', userId).where('used_at', 'is', null).execute();
}
