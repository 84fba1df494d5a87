import * as z from 'zod';
import { defineContract, heldRoles, roles } from '#platform/contract/contract.ts';
import { currency, email, id, instantOut, line, zone } from '#platform/contract/fields.ts';
import { packNames } from './packs/pack.ts';

const organisation = z
  .object({
    id,
    slug: z.string(),
    name: line(120),
    packs: z.array(z.enum(packNames)),
    zone: z.string(),
    currency: z.string(),
    version: z.int(),
    createdAt: instantOut,
  })
  .meta({ id: 'Organisation' });

const member = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  role: z.enum(heldRoles),
  joinedAt: instantOut,
});

export const organisations = defineContract({
  name: 'organisations',
  permissions: {
    'organisation.read': { may: 'see the organisation’s name and settings', roles },
    'organisation.change': { may: 'change the organisation’s settings', roles: ['owner'] },
    'members.read': { may: 'see who belongs to the organisation', roles: ['owner', 'manager', 'staff'] },
    'members.manage': { may: 'invite, change and remove members, and make roles', roles: ['owner'] },
  },
  errors: { last_owner: 409, already_member: 409, user_unknown: 404 },
  constraints: {},
  routes: {
    get: {
      method: 'GET',
      path: '',
      permission: 'organisation.read',
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
      }),
      output: organisation,
      errors: ['version_conflict'],
    },
    listMembers: {
      method: 'GET',
      path: '/members',
      permission: 'members.read',
      summary: 'Who belongs to the organisation.',
      output: z.object({ items: z.array(member) }),
    },
    addMember: {
      method: 'POST',
      path: '/members',
      permission: 'members.manage',
      summary: 'Adds a user of this installation.',
      body: z.strictObject({ email, role: z.enum(roles) }),
      status: 201,
      output: member,
      errors: ['already_member', 'user_unknown'],
    },
    changeMember: {
      method: 'PATCH',
      path: '/members/:userId',
      permission: 'members.manage',
      summary: 'Changes a member’s role. The last owner stays owner.',
      params: z.object({ userId: id }),
      body: z.strictObject({ role: z.enum(roles) }),
      output: member,
      errors: ['last_owner'],
    },
    removeMember: {
      method: 'DELETE',
      path: '/members/:userId',
      permission: 'members.manage',
      summary: 'Removes a member; their access ends within five seconds.',
      params: z.object({ userId: id }),
      status: 204,
      errors: ['last_owner'],
    },
  },
});
