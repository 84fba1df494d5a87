import * as z from 'zod';
import { defineContract, roles } from '#platform/contract/contract.ts';
import { currency, email, id, instantOut, line, zone } from '#platform/contract/fields.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

export const role = z.enum(roles);

/** An organisation as one of its members sees it in the switcher. */
const membership = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  packs: z.array(z.enum(packNames)),
  zone: z.string(),
  currency: z.string(),
  role,
  permissions: z.array(z.string()).describe('What this member may do; buttons show by it.'),
});

const password = z
  .string()
  .min(12, { error: 'Must have at least 12 characters.' })
  .max(128, { error: 'Must have at most 128 characters.' });

export const organisationInput = {
  name: line(120),
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'Use small letters, digits and hyphens, like city-hall.',
  }),
  packs: z.array(z.enum(packNames)).min(1, { error: 'Choose at least one kind of work.' }).default(['orchestra']),
  zone: zone.default('UTC'),
  currency: currency.default('EUR'),
};

export const apiKey = z
  .object({
    id,
    name: z.string(),
    role,
    prefix: z.string().describe('The first characters of the key.'),
    createdAt: instantOut,
    revokedAt: instantOut.nullable(),
  })
  .meta({ id: 'ApiKey' });

export const identity = defineContract({
  name: 'identity',
  permissions: { 'apiKeys.manage': ['owner'] },
  errors: { already_set_up: 409, bad_credentials: 401, link_invalid: 410, slug_taken: 409, role_too_high: 403 },
  constraints: {
    organisations_slug_key: { code: 'slug_taken', message: 'Another organisation has this short name.', field: 'slug' },
  },
  routes: {
    installation: {
      method: 'GET',
      path: '/installation',
      scope: 'public',
      summary: 'Whether the first user is still to be made, and whether mail is sent.',
      output: z.object({ ready: z.boolean(), mail: z.boolean(), version: z.string() }),
    },
    setUp: {
      method: 'POST',
      path: '/installation',
      scope: 'public',
      summary: 'Makes the first user and organisation and signs in. Works once, while there is no user.',
      body: z.strictObject({
        user: z.strictObject({ name: line(), email, password }),
        organisation: z.strictObject(organisationInput),
      }),
      status: 201,
      output: z.object({ slug: z.string() }),
      errors: ['already_set_up', 'slug_taken'],
    },
    signIn: {
      method: 'POST',
      path: '/session',
      scope: 'public',
      summary: 'Signs in with a password. Limited per address.',
      body: z.strictObject({ email, password: z.string().min(1).max(128) }),
      status: 204,
      errors: ['bad_credentials', 'rate_limited'],
    },
    requestLink: {
      method: 'POST',
      path: '/session/link',
      scope: 'public',
      summary: 'Mails a sign-in link if the address is known; the answer is the same if not. Limited per address.',
      body: z.strictObject({ email }),
      status: 202,
      errors: ['rate_limited'],
    },
    useLink: {
      method: 'POST',
      path: '/session/link/use',
      scope: 'public',
      summary: 'Signs in with the token of a mailed link: single use, ten minutes.',
      body: z.strictObject({ token: z.string().min(1).max(200) }),
      status: 204,
      errors: ['link_invalid', 'rate_limited'],
    },
    signOut: {
      method: 'DELETE',
      path: '/session',
      scope: 'account',
      summary: 'Signs out of this device.',
      status: 204,
    },
    me: {
      method: 'GET',
      path: '/me',
      scope: 'account',
      summary: 'Who is signed in, and their organisations.',
      output: z.object({
        user: z.object({ id, name: z.string(), email: z.string() }).nullable().describe('Null for an API key.'),
        organisations: z.array(membership),
      }),
    },
    createOrganisation: {
      method: 'POST',
      path: '/orgs',
      scope: 'account',
      summary: 'Makes an organisation whose owner is the asker.',
      body: z.strictObject(organisationInput),
      status: 201,
      output: z.object({ id, slug: z.string() }),
      errors: ['slug_taken', 'forbidden'],
    },
    listApiKeys: {
      method: 'GET',
      path: '/api-keys',
      permission: 'apiKeys.manage',
      summary: 'The API keys of the organisation, without their secrets.',
      output: z.object({ items: z.array(apiKey) }),
    },
    createApiKey: {
      method: 'POST',
      path: '/api-keys',
      permission: 'apiKeys.manage',
      summary: 'Makes an API key; the key is shown in this answer only.',
      body: z.strictObject({ name: line(), role }),
      status: 201,
      output: z.object({ apiKey, key: z.string() }),
      errors: ['role_too_high'],
      idempotent: false,
    },
    revokeApiKey: {
      method: 'DELETE',
      path: '/api-keys/:id',
      permission: 'apiKeys.manage',
      summary: 'Revokes an API key; it stops working within five seconds.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
