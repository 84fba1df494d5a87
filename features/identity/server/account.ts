import { sql } from 'kysely';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { feature, type AccountContext } from '#platform/http/feature.ts';
import { account } from '../account-contract.ts';
import { getAccount, getHolder, getPasskey, listDevices, listSignIns } from './account-queries.ts';
import { requestEmailChange } from './links.ts';
import { revokeTokens } from './mailed-tokens.ts';
import { mailNotice } from './mails.ts';
import { addPasskey, offerNewPasskey } from './passkeys.ts';
import { setPassword } from './passwords.ts';
import { departTo } from './provider-sign-in.ts';
import { requirePerson } from './queries.ts';
import { renewRecoveryCodes } from './recovery-codes.ts';
import { takeTry, forgive } from './locks.ts';
import { factorKey } from './second-factor.ts';
import type { Doors } from './sign-in.ts';
import { logSignIn } from './sign-in-log.ts';
import { confirmTotp, removeTotp, startTotp, totpSince } from './totp.ts';
import { endSessions, forgetFactor } from './user-sessions.ts';

/** What users keep about themselves. Each change of a factor or a password is told to them by mail. */
export function accountFeature({ sessions, providers, authenticator }: Doors) {
  return feature(account, {
    get({ services, identity }) {
      const { userId } = requirePerson(identity);
      return getAccount(services.databases.control, userId, services.config.oidcProviders);
    },
    async changeName({ services, identity }, { body }) {
      const { userId } = requirePerson(identity);
      const { control } = services.databases;
      await control
        .updateTable('users')
        .set({ name: body.name, updated_at: sql<string>`now()` })
        .where('id', '=', userId)
        .execute();
      return undefined;
    },
    async changePassword(context, { body }) {
      const { userId, sessionId } = requirePerson(context.identity);
      const { control } = context.services.databases;
      await setPassword(control, userId, body.password);
      await endSessions(control, userId, { keep: sessionId });
      await revokeTokens(control, userId);
      await sessions.renew(context.request, context.reply);
      authenticator.forget();
      return tell(context, 'Your Holdfast password was changed', 'All other devices were signed out.');
    },
    async changeEmail({ services, request, identity }, { body }) {
      await requestEmailChange(services, request, requirePerson(identity).userId, body.email);
      return undefined;
    },
    async listDevices({ services, identity }) {
      const { userId, sessionId } = requirePerson(identity);
      return { items: await listDevices(services.databases.control, userId, sessionId) };
    },
    async endDevice({ services, request, identity }, { params }) {
      const { userId } = requirePerson(identity);
      const { control } = services.databases;
      const ended = await control
        .deleteFrom('sessions')
        .where('id', '=', params.id)
        .where('user_id', '=', userId)
        .returning(['id', 'way'])
        .executeTakeFirst();
      if (!ended) throw notFound('This device');
      await logSignIn(control, request, { userId, sessionId: ended.id, way: ended.way, outcome: 'revoked' });
      authenticator.forget();
      return undefined;
    },
    async endOtherDevices({ services, identity }) {
      const { userId, sessionId } = requirePerson(identity);
      const ended = await endSessions(services.databases.control, userId, { keep: sessionId });
      authenticator.forget();
      return { ended };
    },
    listSignIns: ({ services, identity }, { query }) =>
      listSignIns(services.databases.control, requirePerson(identity).userId, query),
    async startTotp({ services, identity }) {
      const { userId } = requirePerson(identity);
      return startTotp(services, await getHolder(services.databases.control, userId));
    },
    async confirmTotp(context, { body }) {
      const { userId, sessionId } = requirePerson(context.identity);
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
      const { userId, sessionId } = requirePerson(context.identity);
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
      const { userId } = requirePerson(context.identity);
      const { control } = context.services.databases;
      if (!(await totpSince(control, userId))) throw inactive();
      const recoveryCodes = await renewRecoveryCodes(control, userId);
      await tell(context, 'Your Holdfast recovery codes were renewed', 'The codes from before no longer work.');
      return { recoveryCodes };
    },
    async startPasskey({ services, reply, identity }) {
      const { userId } = requirePerson(identity);
      const user = await getHolder(services.databases.control, userId);
      return { options: await offerNewPasskey(services, reply, user) };
    },
    async addPasskey(context, { body }) {
      const { services, request, reply, identity } = context;
      const { userId } = requirePerson(identity);
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
      const { userId, sessionId } = requirePerson(context.identity);
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
    async connectProvider({ services, reply, identity }, { params }) {
      return departTo(services, providers, reply, params.provider, { connects: requirePerson(identity) });
    },
    async disconnectProvider(context, { params }) {
      const { userId } = requirePerson(context.identity);
      const ended = await context.services.databases.control
        .deleteFrom('accounts')
        .where('id', '=', params.id)
        .where('user_id', '=', userId)
        .where('provider_id', 'like', 'oidc:%')
        .returning('id')
        .executeTakeFirst();
      if (!ended) throw notFound('This connection');
      return tell(
        context,
        'A sign-in provider was disconnected from your Holdfast account',
        'It no longer lets you in.',
      );
    },
  });
}

/** To the holder, whoever did it. */
async function tell({ services, identity }: AccountContext, subject: string, what: string): Promise<undefined> {
  const { email } = await getHolder(services.databases.control, requirePerson(identity).userId);
  await mailNotice(services, email, subject, what);
  return undefined;
}

function inactive(): AppError {
  return new AppError('totp_inactive', { message: 'You have no authenticator app.' });
}
