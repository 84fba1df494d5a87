import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instantOut, line } from '#platform/contract/fields.ts';
import { supportLevels } from './shapes.ts';

const grant = z
  .object({
    id,
    purpose: z.string(),
    level: z.enum(supportLevels),
    state: z.enum(['open', 'ended', 'revoked']),
    grantedBy: z.string().nullable().describe('Name of the owner; null when their account is gone.'),
    createdAt: instantOut,
    endsAt: instantOut.describe('When it ends or ended by itself.'),
    revokedAt: instantOut.nullable().describe('When an owner ended it early.'),
    looks: z.int().describe('What operators looked at or did under it; each is in the audit trail.'),
    lastLookAt: instantOut.nullable(),
  })
  .meta({ id: 'SupportGrant' });

/** An owner lets the operators of the installation in, for a purpose and a time. */
export const support = defineContract({
  name: 'support',
  permissions: {
    'support.manage': { may: 'open the organisation to support, and end it', roles: ['owner'], closedToSupport: true },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/support-grants',
      permission: 'support.manage',
      summary: 'Support access that was opened, newest first.',
      output: z.object({ items: z.array(grant) }),
    },
    open: {
      method: 'POST',
      path: '/support-grants',
      permission: 'support.manage',
      fresh: true,
      summary: 'Opens the organisation to the operators of the installation. It ends by itself.',
      body: z.strictObject({
        purpose: line(300),
        level: z.enum(supportLevels).default('read'),
        hours: z.int().min(1).max(168).default(24),
      }),
      status: 201,
      output: grant,
    },
    end: {
      method: 'DELETE',
      path: '/support-grants/:id',
      permission: 'support.manage',
      summary: 'Ends support access at once; what operators have open closes within five seconds.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
