import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';

type Control = Databases['control'];

/** Tries that may go wrong within a quarter of an hour; the lock behind it doubles from 5 minutes to an hour. */
const most = 10;

/**
 * Takes one of the tries that `key` has. It counts as failed until `forgive` says otherwise, so that guesses
 * sent at once are counted too.
 * @throws AppError sign_in_locked with the number of minutes
 */
export async function takeTry(control: Control, key: string, instead: string): Promise<void> {
  const { rows } = await sql`
    insert into sign_in_locks as l (key, failures) values (${key}, 1)
    on conflict (key) do update set
      failures = case when ${stale} then 1 else l.failures + 1 end,
      first_failure_at = case when ${stale} then now() else l.first_failure_at end,
      locked_until = case when not ${stale} and l.failures + 1 >= ${most}
        then now() + least(interval '5 minutes' * 2 ^ least(l.failures + 1 - ${most}, 10), interval '1 hour') end
    where l.locked_until is null or l.locked_until <= now()
    returning 1`.execute(control);
  if (rows.length > 0) return;
  const lock = await sql<{ minutes: number }>`
    select ceil(extract(epoch from locked_until - now()) / 60)::integer as minutes from sign_in_locks
     where key = ${key}`.execute(control);
  const minutes = Math.max(1, lock.rows[0]?.minutes ?? 1);
  throw new AppError('sign_in_locked', {
    message: `Too many wrong tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or ${instead}.`,
    extra: { minutes },
  });
}

/** Old enough to be forgotten: failures after a quarter of an hour, a lock an hour after its end. */
const stale = sql`(case when l.locked_until is null then l.first_failure_at < now() - interval '15 minutes'
  else l.locked_until < now() - interval '1 hour' end)`;

/** After the right answer. */
export async function forgive(control: Control, key: string): Promise<void> {
  await control.deleteFrom('sign_in_locks').where('key', '=', key).execute();
}
