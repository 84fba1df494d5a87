import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Databases } from '#platform/db/databases.ts';

const hour = 3_600_000;

/** Removes every hour what is over: sessions, links, flows, counts. The sign-in log stays. @returns what stops it */
export function startSweeping({ control }: Databases, log: Logger): () => Promise<void> {
  const sweep = () => sweepSignIns(control).catch((error: unknown) => log.warn({ err: error }, 'sign-ins not swept'));
  let latest = sweep();
  const timer = setInterval(() => {
    latest = sweep();
  }, hour);
  timer.unref();
  return () => {
    clearInterval(timer);
    return latest;
  };
}

export async function sweepSignIns(control: Databases['control']): Promise<void> {
  const now = sql<string>`now()`;
  const yesterday = sql<string>`now() - interval '1 day'`;
  await control.deleteFrom('sessions').where('expires_at', '<', now).execute();
  await control.deleteFrom('mailed_tokens').where('expires_at', '<', yesterday).execute();
  await control.deleteFrom('sign_in_flows').where('expires_at', '<', now).execute();
  await control
    .deleteFrom('auth_rate_limits')
    // The longest counts a day.
    .where('last_request', '<', Date.now() - 24 * hour)
    .execute();
  await control
    .deleteFrom('sign_in_locks')
    .where('first_failure_at', '<', yesterday)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<', yesterday)]))
    .execute();
}
