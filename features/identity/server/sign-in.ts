import { AppError } from '#platform/contract/errors.ts';
import { feature } from '#platform/http/feature.ts';
import { signIn } from '../sign-in-contract.ts';
import type { ControlAuthenticator } from './authenticator.ts';
import { asker, limits, withinLimit } from './limits.ts';
import {
  confirmEmailChange,
  requestLink,
  requestSignUp,
  resetPassword,
  signInWithLink,
  signUpWithLink,
} from './links.ts';
import { offerPasskey, usePasskey } from './passkeys.ts';
import { signInWithPassword } from './passwords.ts';
import { arriveFrom, departTo } from './provider-sign-in.ts';
import type { Providers } from './providers.ts';
import { requirePerson } from './queries.ts';
import { passFactor } from './second-factor.ts';
import type { Sessions } from './sessions.ts';
import { logSignIn } from './sign-in-log.ts';
import { mailStepUpCode, stepUp } from './step-up.ts';

/** What the routes of signing in and of one's account stand on. */
export interface Doors {
  sessions: Sessions;
  providers: Providers;
  authenticator: ControlAuthenticator;
}

/** Ways in and out, the second factor, and step-up. */
export function signInFeature({ sessions, providers, authenticator }: Doors) {
  /** A session that began, changed or ended is seen at once in this process. */
  const then = <T>(value: T): T => {
    authenticator.forget();
    return value;
  };
  return feature(signIn, {
    password: ({ services, request, reply }, { body }) =>
      signInWithPassword(services, sessions, request, reply, body).then(then),
    requestLink: ({ services, request }, { body }) =>
      requestLink(services, request, 'sign_in', body.email).then(nothing),
    useLink: ({ services, request, reply }, { body }) =>
      signInWithLink(services, sessions, request, reply, body.token).then(then),
    async startPasskey({ services, request, reply }) {
      await withinLimit(services.databases.control, limits.passkey, asker(request.ip));
      return { options: await offerPasskey(services, reply, 'passkey') };
    },
    async passkey({ services, request, reply }, { body }) {
      const { control } = services.databases;
      await withinLimit(control, limits.passkey, asker(request.ip));
      try {
        const userId = await usePasskey(services, request, reply, 'passkey', body.response);
        return then(await sessions.open(userId, 'passkey', request, reply));
      } catch (error) {
        if (error instanceof AppError) await logSignIn(control, request, { way: 'passkey', outcome: 'refused' });
        throw error;
      }
    },
    async startProvider({ services, request, reply }, { params, body }) {
      await withinLimit(services.databases.control, limits.provider, asker(request.ip));
      return departTo(services, providers, reply, params.provider, body);
    },
    async useProvider({ services, request, reply }, { params, body }) {
      await withinLimit(services.databases.control, limits.provider, asker(request.ip));
      return then(await arriveFrom(services, providers, sessions, request, reply, params.provider, body.search));
    },
    async signOut({ request, reply }) {
      await sessions.end(request, reply);
      return then(undefined);
    },
    async passFactor({ services, request, reply, identity }, { body }) {
      const who = { ...identity, ...requirePerson(identity) };
      try {
        await passFactor(services, sessions, who, body, request, reply);
      } finally {
        authenticator.forget();
      }
      return undefined;
    },
    async startStepUpPasskey({ services, reply, identity }) {
      const { userId } = requirePerson(identity);
      return { options: await offerPasskey(services, reply, 'step_up_passkey', userId) };
    },
    mailStepUpCode: ({ services, identity }) => mailStepUpCode(services, requirePerson(identity)).then(nothing),
    async stepUp({ services, request, reply, identity }, { body }) {
      await stepUp(services, sessions, requirePerson(identity), body, request, reply);
      return then(undefined);
    },
    signUp: ({ services, request }, { body }) => requestSignUp(services, request, body.email).then(nothing),
    useSignUp: ({ services, request, reply }, { body }) =>
      signUpWithLink(services, sessions, request, reply, body).then(then),
    requestReset: ({ services, request }, { body }) =>
      requestLink(services, request, 'reset_password', body.email).then(nothing),
    useReset: ({ services, request, reply }, { body }) =>
      resetPassword(services, sessions, request, reply, body).then(then),
    useEmailChange: ({ services, request }, { body }) =>
      confirmEmailChange(services, request, body.token).then(nothing),
  });
}

const nothing = () => undefined;
