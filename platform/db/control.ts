import { sql } from 'kysely';
import type { Databases } from './databases.ts';
import type { Scope } from './scope.ts';

/** Who changes something: a `Scope` is one; so is whoever signs in, whom no organisation's scope was minted for. */
export type Doer = Pick<Scope, 'actor' | 'requestId' | 'session' | 'address' | 'realActor'>;

/**
 * One transaction in the control database, on somebody's behalf: what it changes of an organisation
 * (memberships, invitations, API keys, custom roles, support grants, settings) is recorded with them, and
 * relayed into that organisation's own record at once. Writes past this door are recorded as `command`'s.
 *
 * @param by the scope of the request or job
 * @example withControl(services, scope, (trx) => trx.deleteFrom('memberships').where(…).execute())
 * @throws whatever `work` throws; nothing is written then
 */
export async function withControl<T>(
  { databases }: { databases: Pick<Databases, 'control' | 'wroteControl'> },
  by: Doer,
  work: (trx: Databases['control']) => Promise<T>,
): Promise<T> {
  const result = await databases.control.transaction().execute(async (trx) => {
    await sql`select set_config('app.actor', ${by.actor}, true), set_config('app.request_id', ${by.requestId}, true),
      set_config('app.session', ${by.session ?? ''}, true), set_config('app.address', ${by.address ?? ''}, true),
      set_config('app.real_actor', ${by.realActor ?? ''}, true)`.execute(trx);
    return work(trx);
  });
  databases.wroteControl();
  return result;
}
