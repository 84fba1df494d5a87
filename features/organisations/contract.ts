import * as z from 'zod';
import { defineContract, heldRoles, roles } from '#platform/contract/contract.ts';
import { colour, currency, id, instantOut, line, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { packNames } from './packs/pack.ts';

const organisation = z
  .object({
    id,
    slug: z.string(),
    name: line(120),
    packs: z.array(z.enum(packNames)),
    zone: z.string(),
    currency: z.string(),
    brandColour: z.string().nullable().describe('Of its documents; null: the product’s own.'),
    logoSetAt: instantOut.nullable().describe('When its logo was set; null: there is none.'),
    requiresSecondFactor: z.boolean(),
    suspended: z.string().nullable().describe('Why nobody may work in it for now.'),
    version: z.int(),
    createdAt: instantOut,
  })
  .meta({ id: 'Organisation' });

/** What somebody is to be: one of the seven roles, or one of the organisation's own. */
export const grant = {
  role: z.enum(heldRoles),
  customRoleId: id
    .nullable()
    .default(null)
    .describe('Of one of the organisation’s own roles, when the role is custom.'),
};

/** The person (a resource) or contact (a party) behind an account. */
const linkedPerson = z.object({ kind: z.enum(['resource', 'party']), id, name: z.string() });
export type LinkedPerson = z.output<typeof linkedPerson>;

const member = z
  .object({
    userId: id,
    name: z.string(),
    email: z.string(),
    role: z.enum(heldRoles),
    customRoleId: id.nullable(),
    roleName: z.string().describe('As people know it; of a custom role its name.'),
    secondFactor: restricted(
      z.boolean().nullable().describe('Has an authenticator app or a passkey.'),
      'members.manage',
    ),
    lastSeenAt: restricted(instantOut.nullable(), 'members.manage'),
    persons: z.array(linkedPerson).describe('Who this account is among the organisation’s people and contacts.'),
    joinedAt: instantOut,
  })
  .meta({ id: 'Member' });
export type Member = z.output<typeof member>;

const permissionName = z.string().regex(/^\w+\.\w+(:own)?$/, { error: 'Must be a permission like claims.read.' });

const customRole = z
  .object({
    id,
    name: z.string(),
    permissions: z.array(z.string()).describe('With `:own` for their own things only.'),
    holders: z.array(z.string()).describe('Who has it: members, open invitations and API keys, by name.'),
    version: z.int(),
  })
  .meta({ id: 'CustomRole' });
export type CustomRole = z.output<typeof customRole>;

const roleFields = {
  name: line(60),
  permissions: z.array(permissionName).min(1, { error: 'Choose at least one permission.' }).max(200),
};

const clause = z.object({
  permission: z.string(),
  may: z.string().describe('What it lets somebody do, after “may”.'),
  ownable: z.boolean().describe('Can be had for one’s own things only.'),
  common: z.boolean().describe('Everybody has it.'),
});
export type PolicyClause = z.output<typeof clause>;

const account = z.strictObject({ userId: id.nullable().describe('A member; null takes the link away.') });

export const organisations = defineContract({
  name: 'organisations',
  permissions: {
    'organisation.read': { may: 'see the organisation’s name and settings', roles },
    'organisation.follow': {
      may: 'see at once what others change, without reloading',
      roles: ['owner', 'manager', 'staff'],
    },
    'organisation.change': { may: 'change the organisation’s settings and see its plan', roles: ['owner'] },
    'organisation.close': { may: 'close the organisation', roles: ['owner'] },
    'members.read': {
      may: 'see who belongs to the organisation and as what',
      roles: ['owner', 'manager', 'staff'],
      closedToSupport: true,
    },
    'members.manage': {
      may: 'change and remove members, make roles, and say which person an account is',
      roles: ['owner'],
    },
  },
  errors: {
    last_owner: 409,
    role_too_high: 403,
    role_in_use: 409,
    duplicate: 409,
    account_linked: 409,
    factor_missing: 409,
    limit_reached: 409,
  },
  constraints: {
    custom_roles_name_unique: { code: 'duplicate', message: 'Another role has this name.', field: 'name' },
    resources_user: {
      code: 'account_linked',
      message: 'This account is another person already. Take that link away first.',
      field: 'userId',
    },
    parties_user: {
      code: 'account_linked',
      message: 'This account is another contact already. Take that link away first.',
      field: 'userId',
    },
  },
  routes: {
    get: {
      method: 'GET',
      path: '',
      permission: 'organisation.read',
      whileSuspended: true,
      summary: 'The organisation and its settings.',
      output: organisation,
    },
    change: {
      method: 'PATCH',
      path: '',
      permission: 'organisation.change',
      summary: 'Changes settings.',
      body: z.strictObject({
        version: z.int().min(1),
        name: line(120).optional(),
        packs: z.array(z.enum(packNames)).min(1).optional(),
        zone: zone.optional(),
        currency: currency.optional(),
        brandColour: colour.nullable().optional(),
      }),
      output: organisation,
      errors: ['version_conflict'],
    },
    setLogo: {
      method: 'PUT',
      path: '/logo',
      permission: 'organisation.change',
      summary:
        'Sets the logo on documents and public pages: a PNG or JPEG, at most 512 KiB and 2000 pixels wide and high.',
      body: z.strictObject({
        image: z
          .base64({ error: 'Must be the picture’s bytes in base64.' })
          .min(1, { error: 'Choose a picture.' })
          .max(699_052, { error: 'At most 512 KiB. Make it smaller.' }),
      }),
      output: organisation,
    },
    removeLogo: {
      method: 'DELETE',
      path: '/logo',
      permission: 'organisation.change',
      summary: 'Takes the logo away.',
      status: 204,
    },
    logo: {
      method: 'GET',
      path: '/logos/:orgId',
      scope: 'public',
      summary: 'An organisation’s logo. It stands on public pages, so it is for everybody; nothing else is told.',
      params: z.object({ orgId: id }),
      produces: 'image/png',
      errors: ['not_found'],
    },
    requireSecondFactor: {
      method: 'PUT',
      path: '/second-factor',
      permission: 'organisation.change',
      fresh: true,
      summary: 'Whether every member needs a second factor. Who asks for it must have passed one in this session.',
      body: z.strictObject({ required: z.boolean() }),
      output: organisation,
      errors: ['factor_missing'],
    },
    getPlan: {
      method: 'GET',
      path: '/plan',
      permission: 'organisation.change',
      whileSuspended: true,
      summary: 'What the plan allows and what is used of it. Plans are changed by the operators.',
      output: z.object({
        title: z.string(),
        people: z.object({ used: z.int(), most: z.int().nullable() }).describe('Members and open invitations.'),
        projects: z.object({ used: z.int(), most: z.int().nullable() }).describe('Engagements that are not over.'),
      }),
    },
    close: {
      method: 'POST',
      path: '/close',
      permission: 'organisation.close',
      fresh: true,
      whileSuspended: true,
      summary: 'Closes the organisation for everybody. Operators can open it again for 30 days; then it may be erased.',
      body: z.strictObject({ slug: z.string().max(63).describe('Its short name, to be sure.') }),
      status: 204,
    },
    leave: {
      method: 'DELETE',
      path: '/memberships/:id',
      scope: 'account',
      summary: 'Leaves an organisation, by its id. The last owner stays.',
      params: z.object({ id }),
      status: 204,
      errors: ['last_owner'],
    },
    listMembers: {
      method: 'GET',
      path: '/members',
      permission: 'members.read',
      summary: 'Who belongs to the organisation.',
      output: z.object({ items: z.array(member) }),
    },
    changeMember: {
      method: 'PATCH',
      path: '/members/:userId',
      permission: 'members.manage',
      summary: 'Changes a member’s role. Nobody grants or takes more than they have; the last owner stays owner.',
      params: z.object({ userId: id }),
      body: z.strictObject(grant),
      output: member,
      errors: ['last_owner', 'role_too_high'],
    },
    removeMember: {
      method: 'DELETE',
      path: '/members/:userId',
      permission: 'members.manage',
      summary: 'Removes a member; their access ends within five seconds.',
      params: z.object({ userId: id }),
      status: 204,
      errors: ['last_owner', 'role_too_high'],
    },
    linkResource: {
      method: 'PUT',
      path: '/resources/:id/account',
      permission: 'members.manage',
      summary: 'Says which member a person is: what is theirs to see follows from it.',
      params: z.object({ id }),
      body: account,
      status: 204,
      errors: ['account_linked', 'role_too_high'],
    },
    linkParty: {
      method: 'PUT',
      path: '/parties/:id/account',
      permission: 'members.manage',
      summary: 'Says which member a contact is: what is theirs to see follows from it.',
      params: z.object({ id }),
      body: account,
      status: 204,
      errors: ['account_linked', 'role_too_high'],
    },
    listRoles: {
      method: 'GET',
      path: '/roles',
      permission: 'members.read',
      summary: 'The organisation’s own roles, what each of the seven may, and every permission as a clause.',
      output: z.object({
        items: z.array(customRole),
        builtIn: z.array(z.object({ role: z.enum(roles), permissions: z.array(z.string()) })),
        clauses: z.array(clause),
      }),
    },
    createRole: {
      method: 'POST',
      path: '/roles',
      permission: 'members.manage',
      summary: 'Makes a role of permissions that the asker has.',
      body: z.strictObject(roleFields),
      status: 201,
      output: customRole,
      errors: ['duplicate', 'role_too_high'],
    },
    changeRole: {
      method: 'PATCH',
      path: '/roles/:id',
      permission: 'members.manage',
      summary: 'Changes a role; whoever has it may so within five seconds.',
      params: z.object({ id }),
      body: z.strictObject({
        version: z.int().min(1),
        name: roleFields.name.optional(),
        permissions: roleFields.permissions.optional(),
      }),
      output: customRole,
      errors: ['duplicate', 'role_too_high', 'version_conflict'],
    },
    removeRole: {
      method: 'DELETE',
      path: '/roles/:id',
      permission: 'members.manage',
      summary: 'Deletes a role that nobody has.',
      params: z.object({ id }),
      status: 204,
      errors: ['role_in_use', 'role_too_high'],
    },
  },
});
