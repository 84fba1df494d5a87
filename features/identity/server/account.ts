import { sql } from 'kysely';
import { notFound } from '#platform/contract/errors.ts';
import { feature } from '#platform/http/feature.ts';
import { account } from '../account-contract.ts';
import { factorHandlers, tell } from './account-factors.ts';
import { getAccount, listDevices, listSignIns } from './account-queries.ts';
import { requestEmailChange } from './links.ts';
import { revokeTokens } from './mailed-tokens.ts';
import { setPassword } from './passwords.ts';
import { departTo } from './provider-sign-in.ts';
import { requirePerson } from './queries.ts';
import type { Doors } from './sign-in.ts';
import { logSignIn } from './sign-in-log.ts';
import { endSessions } from './user-sessions.ts';

/** What users keep about themselves. Each change of a factor or a password is told to them by mail. */
export function accountFeature(doors: Doors) {
  const { sessions, providers, authenticator } = doors;
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
    ...factorHandlers(doors),
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
