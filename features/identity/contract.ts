import * as z from 'zod';
import { defineContract, heldRoles, roles } from '#platform/contract/contract.ts';
import { currency, email, id, instantOut, line, zone } from '#platform/contract/fields.ts';
import { factors, password, proofs, ways } from './sign-in-rules.ts';
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
  suspended: z.string().nullable().describe('Why nobody may work in it for now.'),
  needsFactor: z.boolean().describe('It asks for a second factor, and this session has passed none.'),
  role: z.enum(heldRoles),
  roleName: z.string().describe('As people know it; of a custom role its name.'),
  permissions: z
    .array(z.string())
    .describe('What this member may do, with `:own` for their own things only; buttons show by it.'),
  support: z
    .object({ grantId: id, purpose: z.string(), level: z.enum(['read', 'change']), endsAt: instantOut })
    .nullable()
    .describe('An operator here under a support grant; null for members.'),
});

/** The session that asks, and what it may prove. */
const session = z.object({
  id,
  pending: z.boolean().describe('The second factor is still to come: only signIn.passFactor and signOut work.'),
  way: z.enum(ways),
  factor: z.enum(factors).nullable().describe('The second factor that it has passed.'),
  factors: z.array(z.enum(factors)).describe('Second factors that the user has.'),
  proofs: z.array(z.enum(proofs)).describe('What signIn.stepUp takes from this user.'),
  provedAt: instantOut.describe('Fresh for ten minutes from then.'),
});

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
    role: z.enum(heldRoles),
    customRoleId: id.nullable(),
    roleName: z.string().describe('As people know it; of a custom role its name.'),
    prefix: z.string().describe('The first characters of the key.'),
    createdAt: instantOut,
    revokedAt: instantOut.nullable(),
  })
  .meta({ id: 'ApiKey' });

export const identity = defineContract({
  name: 'identity',
  permissions: { 'apiKeys.manage': { may: 'make and revoke API keys', roles: ['owner'] } },
  errors: { already_set_up: 409, slug_taken: 409, role_too_high: 403 },
  constraints: {
    organisations_slug_key: { code: 'slug_taken', message: 'Another organisation has this short name.', field: 'slug' },
  },
  routes: {
    installation: {
      method: 'GET',
      path: '/installation',
      scope: 'public',
      summary: 'Whether the first user is still to be made, whether mail is sent, and which ways in there are.',
      output: z.object({
        ready: z.boolean(),
        mail: z.boolean(),
        signUp: z.boolean().describe('Anybody may make an account (signIn.signUp).'),
        providers: z.array(z.object({ id: z.string(), name: z.string() })).describe('Where else one can sign in.'),
        version: z.string(),
      }),
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
    me: {
      method: 'GET',
      path: '/me',
      scope: 'account',
      pending: true,
      summary: 'Who is signed in, how, and their organisations: none while the second factor is still to come.',
      output: z.object({
        user: z
          .object({ id, name: z.string(), email: z.string(), operator: z.boolean() })
          .nullable()
          .describe('Null for an API key.'),
        session: session.nullable().describe('Null for an API key.'),
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
      fresh: true,
      summary: 'Makes an API key; the key is shown in this answer only.',
      body: z.strictObject({
        name: line(),
        role: z.enum(['owner', 'manager', 'staff', 'custom'], {
          error: 'A key works for the organisation: choose owner, manager, staff or a role of your own.',
        }),
        customRoleId: id
          .nullable()
          .default(null)
          .describe('Of one of the organisation’s own roles, when the role is custom.'),
      }),
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
