import type { Access } from '#platform/contract/access.ts';
import { AppError } from '#platform/contract/errors.ts';
import { feature, type Feature } from '#platform/http/feature.ts';
import { apiVersion } from '#platform/http/docs.ts';
import { identity } from '../contract.ts';
import type { Auth } from './auth.ts';
import type { ControlAuthenticator } from './authenticator.ts';
import { createApiKey, createOrganisation, revokeApiKey, setUpInstallation } from './commands.ts';
import { getMe, isSetUp, listApiKeys } from './queries.ts';
import { requestSignInLink, signInWithLink, signInWithPassword, signOut } from './session.ts';

export function identityFeature(auth: Auth, authenticator: ControlAuthenticator): Feature {
  return feature(identity, {
    installation: async ({ services }) => ({
      ready: await isSetUp(services.databases.control),
      mail: services.config.smtpUrl !== undefined,
      version: apiVersion,
    }),
    async setUp({ services, request, reply }, { body }) {
      await setUpInstallation(services.databases, body.user, body.organisation);
      await signInWithPassword(auth, request, reply, body.user);
      return { slug: body.organisation.slug };
    },
    signIn: ({ request, reply }, { body }) => signInWithPassword(auth, request, reply, body).then(() => undefined),
    requestLink: ({ request }, { body }) => requestSignInLink(auth, request, body.email).then(() => undefined),
    useLink: ({ request, reply }, { body }) => signInWithLink(auth, request, reply, body.token).then(() => undefined),
    async signOut({ request, reply }) {
      await signOut(auth, request, reply);
      authenticator.forget();
      return undefined;
    },
    me: ({ services, identity: who }) =>
      getMe(services.databases.control, who, (role, custom) => authenticator.accessOf(role, custom)),
    async createOrganisation({ services, identity: who }, { body }) {
      if (!who.userId)
        throw new AppError('forbidden', {
          message: 'An API key belongs to one organisation. Sign in to make another.',
        });
      const id = await createOrganisation(services.databases, body, who.userId);
      return { id, slug: body.slug };
    },
    listApiKeys: async ({ services, caller }) => ({
      items: await listApiKeys(services.databases.control, caller.organisation.id),
    }),
    createApiKey({ services, caller }, { body }) {
      requireCovered(caller.access, authenticator.accessOf(body.role, null));
      const options = { ...body, createdBy: caller.userId ?? null };
      return createApiKey(services.databases.control, caller.organisation.id, options).then(({ key, apiKey }) => ({
        key,
        apiKey: { ...apiKey, role: body.role },
      }));
    },
    async revokeApiKey({ services, caller }, { params }) {
      await revokeApiKey(services.databases.control, caller.organisation.id, params.id);
      authenticator.forget();
      return undefined;
    },
  });
}

/** Nobody grants what they lack. @throws AppError role_too_high */
export function requireCovered(own: Access, wanted: Access): void {
  if (!own.covers(wanted)) {
    throw new AppError('role_too_high', { message: 'This role may do more than you may. Give one that may do less.' });
  }
}
