import type { Config } from '#platform/config.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Mailer } from '#platform/http/services.ts';
import { forgive } from './locks.ts';
import { mailNotice } from './mails.ts';
import { factorKey } from './second-factor.ts';
import { removeTotp } from './totp.ts';
import { endSessions } from './user-sessions.ts';

type Control = Databases['control'];

/** For a user who lost them: app, recovery codes and passkeys go, the sessions too. The operator vouches for who asks. */
export async function removeFactors(control: Control, userId: string): Promise<{ totp: boolean; passkeys: number }> {
  const totp = await removeTotp(control, userId);
  const { numDeletedRows } = await control
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  await endSessions(control, userId);
  await forgive(control, factorKey(userId));
  return { totp, passkeys: Number(numDeletedRows) };
}

export async function tellFactorsReset(config: Config, mailer: Mailer, email: string): Promise<void> {
  await mailNotice(
    { config, mailer },
    email,
    'The second factors of your Holdfast account were removed',
    'An operator of this installation removed your authenticator app, recovery codes and passkeys, and signed all your devices out.',
  );
}
