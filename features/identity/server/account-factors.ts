import { AppError } from '#platform/contract/errors.ts';
import type { AccountContext, Handlers, Identity } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import type { account } from '../account-contract.ts';
import { getHolder, getPasskey } from './account-queries.ts';
import { forgive, takeTry } from './locks.ts';
import { mailNotice } from './mails.ts';
import { addPasskey, offerNewPasskey } from './passkeys.ts';
import { requirePerson } from './queries.ts';
import { renewRecoveryCodes } from './recovery-codes.ts';
import { factorKey } from './second-factor.ts';
import type { Doors } from './sign-in.ts';
import { proofsOf } from './step-up.ts';
import { confirmTotp, removeTotp, startTotp, totpSince } from './totp.ts';
import { endSessions, forgetFactor } from './user-sessions.ts';

type Account = Handlers<typeof account>;

/** An app's codes, recovery codes and passkeys of one's own. */
export function factorHandlers(doors: Doors) {
  return { ...appHandlers(doors), ...passkeyHandlers(doors) };
}

function appHandlers({ sessions, authenticator }: Doors) {
  return {
    async startTotp({ services, identity }) {
      const { userId } = await requirePassed(services, identity);
      return startTotp(services, await getHolder(services.databases.control, userId));
    },
    async confirmTotp(context, { body }) {
      const { userId, sessionId } = await requirePassed(context.services, context.identity);
      const { control } = context.services.databases;
      await takeTry(control, factorKey(userId), 'begin again later');
      await confirmTotp(context.services, userId, body.code.replaceAll(/\s/g, ''));
      await forgive(control, factorKey(userId));
      const recoveryCodes = await renewRecoveryCodes(control, userId);
      // Sessions from before have passed no second factor.
      await endSessions(control, userId, { keep: sessionId });
      await sessions.renew(context.request, context.reply, 'totp');
      authenticator.forget();
      await tell(
        context,
        'An authenticator app was added to your Holdfast account',
        'Signing in needs its code from now on. All other devices were signed out.',
      );
      return { recoveryCodes };
    },
    async removeTotp(context) {
      const { userId, sessionId } = await requirePassed(context.services, context.identity);
      const { control } = context.services.databases;
      if (!(await totpSince(control, userId))) throw inactive();
      await removeTotp(control, userId);
      await forgetFactor(control, userId, ['totp', 'recovery'], sessionId);
      authenticator.forget();
      return tell(
        context,
        'The authenticator app was removed from your Holdfast account',
        'Signing in no longer needs a code.',
      );
    },
    async renewRecoveryCodes(context) {
      const { userId } = await requirePassed(context.services, context.identity);
      const { control } = context.services.databases;
      if (!(await totpSince(control, userId))) throw inactive();
      const recoveryCodes = await renewRecoveryCodes(control, userId);
      await tell(context, 'Your Holdfast recovery codes were renewed', 'The codes from before no longer work.');
      return { recoveryCodes };
    },
  } satisfies Partial<Account>;
}

function passkeyHandlers({ sessions, authenticator }: Doors) {
  return {
    async startPasskey({ services, reply, identity }) {
      const { userId } = await requirePassed(services, identity);
      const user = await getHolder(services.databases.control, userId);
      return { options: await offerNewPasskey(services, reply, user) };
    },
    async addPasskey(context, { body }) {
      const { services, request, reply, identity } = context;
      const { userId } = await requirePassed(services, identity);
      const id = await addPasskey(services, request, reply, userId, body);
      // Making it verified its holder: this session has passed a second factor.
      await sessions.renew(request, reply, 'passkey');
      authenticator.forget();
      await tell(
        context,
        'A passkey was added to your Holdfast account',
        `The passkey “${body.name}” signs you in from now on.`,
      );
      return getPasskey(services.databases.control, userId, id);
    },
    async renamePasskey({ services, identity }, { params, body }) {
      const { userId } = requirePerson(identity);
      const { control } = services.databases;
      await control
        .updateTable('passkeys')
        .set({ name: body.name })
        .where('id', '=', params.id)
        .where('user_id', '=', userId)
        .execute();
      return getPasskey(control, userId, params.id);
    },
    async removePasskey(context, { params }) {
      const { userId, sessionId } = await requirePassed(context.services, context.identity);
      const { control } = context.services.databases;
      const { name } = await getPasskey(control, userId, params.id);
      await control.deleteFrom('passkeys').where('id', '=', params.id).where('user_id', '=', userId).execute();
      await forgetFactor(control, userId, ['passkey'], sessionId);
      authenticator.forget();
      return tell(
        context,
        'A passkey was removed from your Holdfast account',
        `The passkey “${name}” no longer signs anybody in, and devices that came in by a passkey were signed out.`,
      );
    },
  } satisfies Partial<Account>;
}

/**
 * Who has a second factor changes factors only in a session that has passed one. A password lets in those who have
 * nothing but a passkey; by itself it must not make the factor that an organisation asks for.
 * @throws AppError forbidden
 */
async function requirePassed({ databases }: Services, identity: Identity) {
  const person = requirePerson(identity);
  if (identity.factor !== undefined) return person;
  const { factors } = await proofsOf(databases.control, person.userId);
  if (factors.length === 0) return person;
  throw new AppError('forbidden', {
    message:
      'Your account has a passkey. Sign in with it to change how the account is protected; if you lost it, ask the operator of this installation.',
  });
}

/** To the holder, whoever did it. */
export async function tell({ services, identity }: AccountContext, subject: string, what: string): Promise<undefined> {
  const { email } = await getHolder(services.databases.control, requirePerson(identity).userId);
  await mailNotice(services, email, subject, what);
  return undefined;
}

function inactive(): AppError {
  return new AppError('totp_inactive', { message: 'You have no authenticator app.' });
}
