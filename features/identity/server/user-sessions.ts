import { sql } from 'kysely';
import type { Databases } from '#platform/db/databases.ts';

type Control = Databases['control'];

/** Ends sessions of a user; open pages and sockets follow within five seconds. @returns how many ended */
export async function endSessions(control: Control, userId: string, but?: { keep: string }): Promise<number> {
  const ended = await control
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(but !== undefined, (query) => query.where('id', '<>', but?.keep ?? ''))
    .executeTakeFirst();
  return Number(ended.numDeletedRows);
}

/**
 * After a second factor was removed: no session may count as having passed it. Other devices that had are signed
 * out; this one keeps what it passed while the user has any second factor left.
 */
export async function forgetFactor(
  control: Control,
  userId: string,
  removed: readonly string[],
  keep: string,
): Promise<void> {
  await control
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '<>', keep)
    .where('factor', 'in', [...removed])
    .execute();
  await control
    .updateTable('sessions as s')
    .set({ factor: null })
    .where('s.id', '=', keep)
    .where(
      sql<boolean>`not exists (select from totp_secrets t where t.user_id = s.user_id and t.confirmed_at is not null)
        and not exists (select from passkeys p where p.user_id = s.user_id)`,
    )
    .execute();
}
