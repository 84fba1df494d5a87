import { sql } from 'kysely';
import type { Databases } from '#platform/db/databases.ts';
import { mailboxKey } from '#features/identity/server/limits.ts';

type Control = Databases['control'];

/**
 * Removes what is kept by address or name rather than by user: invitations, mailed links, mails, counters of attempts.
 * What hangs on the user goes with the user's row; the sign-in log forgets by a trigger who it was.
 */
export async function forgetMailbox(
  trx: Control,
  userId: string,
  { name, email }: { name: string; email: string },
): Promise<void> {
  const key = mailboxKey(email);
  await trx.deleteFrom('mailed_tokens').where('email', '=', email).execute();
  await trx
    .deleteFrom('invitations')
    .where((eb) => eb.or([eb('email', '=', email), eb('accepted_by', '=', userId)]))
    .execute();
  await sql`delete from verifications where position(${email} in lower(identifier || ' ' || value)) > 0`.execute(trx);
  await sql`delete from sign_in_locks where position(${key} in key) > 0 or position(${userId} in key) > 0`.execute(trx);
  await sql`delete from auth_rate_limits where position(${key} in key) > 0 or position(${email} in lower(key)) > 0`.execute(
    trx,
  );
  await forgetInMails(trx, name, email);
}

/** Mails to the address go; in mails to others, name and address make way for words that say nobody. */
async function forgetInMails(trx: Control, name: string, email: string): Promise<void> {
  await sql`delete from outgoing_mails where lower(recipient) = ${email}`.execute(trx);
  // A name as it is written: somebody called Will or May must not change what other mails say.
  for (const [words, flags] of [
    [email, 'gi'],
    [name, 'g'],
  ]) {
    const pattern = `(?<![[:alnum:]])${escaped(words ?? '')}(?![[:alnum:]])`;
    await sql`
      update outgoing_mails set subject = regexp_replace(subject, ${pattern}, 'a former user', ${flags}),
                                body = regexp_replace(body, ${pattern}, 'a former user', ${flags})
       where subject ~* ${pattern} or body ~* ${pattern}`.execute(trx);
  }
}

/** For a PostgreSQL regular expression. */
function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ]/gu, String.raw`\$&`);
}
