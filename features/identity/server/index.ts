import { AppError } from '#platform/contract/errors.ts';
import { withControl } from '#platform/db/control.ts';
import { feature, type Feature } from '#platform/http/feature.ts';
import { apiVersion } from '#platform/http/docs.ts';
import { readGrant, requireMayGrant } from '#features/organisations/server/grants.ts';
import { identity } from '../contract.ts';
import { createApiKey, createOrganisation, revokeApiKey, setUpInstallation } from './commands.ts';
import { listOpenToSupport } from './operator-access.ts';
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
    async me({ services, identity: who }) {
      const { control } = services.databases;
      const me = await getMe(control, who, (role, custom) => authenticator.accessOf(role, custom));
      const open = await listOpenToSupport(control, authenticator, who);
      return { ...me, organisations: [...me.organisations, ...open] };
    },
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
    createApiKey: ({ services, scope, caller }, { body }) =>
      withControl(services, scope, async (trx) => {
        const organisationId = caller.organisation.id;
        const granted = await readGrant(trx, services.policy, organisationId, body);
        requireMayGrant(caller, granted);
        const { key, apiKey } = await createApiKey(trx, organisationId, { ...body, createdBy: caller.userId ?? null });
        return { key, apiKey: { ...apiKey, role: body.role, roleName: granted.roleName } };
      }),
    async revokeApiKey({ services, scope, caller }, { params }) {
      await withControl(services, scope, (trx) => revokeApiKey(trx, caller.organisation.id, params.id));
      authenticator.forget();
      return undefined;
    },
  });
}
