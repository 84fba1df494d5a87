import * as z from 'zod';
import { defineContract, heldRoles } from '#platform/contract/contract.ts';
import { email, id, instantOut, line } from '#platform/contract/fields.ts';
import { password, token } from '#features/identity/sign-in-rules.ts';
import { grant } from '../contract.ts';

const invitation = z
  .object({
    id,
    email: z.string(),
    role: z.enum(heldRoles),
    customRoleId: id.nullable(),
    roleName: z.string(),
    person: z
      .object({ kind: z.enum(['resource', 'party']), id, name: z.string() })
      .nullable()
      .describe('Who of the organisation’s people or contacts the account will be.'),
    invitedBy: z.string().nullable().describe('By name; null when their account is gone.'),
    createdAt: instantOut,
    expiresAt: instantOut,
    expired: z.boolean(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.output<typeof invitation>;

/** Days for which a mailed invitation can be accepted. */
export const invitationDays = 14;

export const invitations = defineContract({
  name: 'invitations',
  permissions: {
    'invitations.manage': { may: 'invite people and withdraw invitations', roles: ['owner'] },
  },
  errors: {
    already_member: 409,
    already_invited: 409,
    role_too_high: 403,
    limit_reached: 409,
    invitation_invalid: 410,
    invitation_for_another: 409,
    account_exists: 409,
  },
  constraints: {
    invitations_open: {
      code: 'already_invited',
      message: 'This address is invited already. Send that invitation again, or withdraw it first.',
      field: 'email',
    },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/invitations',
      permission: 'invitations.manage',
      summary: 'Invitations that nobody has accepted or withdrawn, newest first.',
      output: z.object({ items: z.array(invitation) }),
    },
    invite: {
      method: 'POST',
      path: '/invitations',
      permission: 'invitations.manage',
      summary: 'Mails somebody a link to join: fourteen days, single use.',
      body: z.strictObject({
        email,
        ...grant,
        resourceId: id.nullable().default(null).describe('The person that this account will be.'),
        partyId: id.nullable().default(null).describe('The contact that this account will be.'),
      }),
      status: 201,
      output: invitation,
      errors: ['already_member', 'already_invited', 'role_too_high', 'limit_reached', 'rate_limited'],
    },
    resend: {
      method: 'POST',
      path: '/invitations/:id/resend',
      permission: 'invitations.manage',
      summary: 'Mails a new link; the one before stops working.',
      params: z.object({ id }),
      output: invitation,
      errors: ['role_too_high', 'limit_reached', 'rate_limited'],
    },
    revoke: {
      method: 'DELETE',
      path: '/invitations/:id',
      permission: 'invitations.manage',
      summary: 'Withdraws an invitation; its link stops working.',
      params: z.object({ id }),
      status: 204,
      errors: ['role_too_high'],
    },
    look: {
      method: 'POST',
      path: '/invitations/look',
      scope: 'public',
      summary: 'What an invitation is for. Opens with its token only and uses nothing up. Limited per address.',
      body: z.strictObject({ token }),
      output: z.object({
        organisation: z.string(),
        slug: z.string(),
        invitedBy: z.string().nullable(),
        roleName: z.string(),
        email: z.string(),
        hasAccount: z.boolean().describe('The address has an account: sign in, then accept.'),
        expiresAt: instantOut,
      }),
      errors: ['invitation_invalid', 'rate_limited'],
    },
    accept: {
      method: 'POST',
      path: '/invitations/accept',
      scope: 'account',
      summary: 'Joins the organisation, as the signed-in user whose address was invited.',
      body: z.strictObject({ token }),
      output: z.object({ slug: z.string() }),
      errors: ['invitation_invalid', 'invitation_for_another', 'limit_reached', 'rate_limited'],
    },
    join: {
      method: 'POST',
      path: '/invitations/join',
      scope: 'public',
      summary: 'Makes an account for the invited address, joins the organisation and signs in. Limited per address.',
      body: z.strictObject({ token, name: line(), password }),
      status: 201,
      output: z.object({ slug: z.string() }),
      errors: ['invitation_invalid', 'account_exists', 'limit_reached', 'rate_limited'],
    },
  },
});
