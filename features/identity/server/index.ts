import type { Access } from '#platform/contract/access.ts';
import { AppError } from '#platform/contract/errors.ts';
import { feature, type Feature } from '#platform/http/feature.ts';
import { apiVersion } from '#platform/http/docs.ts';
import { identity } from '../contract.ts';
import { createApiKey, createOrganisation, revokeApiKey, setUpInstallation } from './commands.ts';
import { getMe, isSetUp, listApiKeys } from './queries.ts';
import { accountFeature } from './account.ts';
import { signInFeature, type Doors } from './sign-in.ts';

/** Who asks: the installation, ways in, one's own account, API keys. */
export function identityFeatures(doors: Doors): Feature[] {
  return [identityFeature(doors), signInFeature(doors), accountFeature(doors)];
}

function identityFeature({ sessions, providers, authenticator }: Doors): Feature {
  return feature(identity, {
    installation: async ({ services }) => ({
      ready: await isSetUp(services.databases.control),
      mail: services.config.smtpUrl !== undefined,
      signUp: services.config.openSignUp,
      providers: providers.list(),
      version: apiVersion,
    }),
    async setUp({ services, request, reply }, { body }) {
      const userId = await setUpInstallation(services.databases, body.user, body.organisation);
      await sessions.open(userId, 'password', request, reply);
      return { slug: body.organisation.slug };
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
