import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instantOut, page, pageOf } from '#platform/contract/fields.ts';

const change = z.object({
  id: z.int(),
  entity: z.string().describe('The table, such as claims.'),
  entityId: id,
  version: z.int().nullable(),
  operation: z.enum(['insert', 'update', 'delete']),
  before: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('By field, as it was; of an update the changed fields only.'),
  after: z.record(z.string(), z.unknown()).nullable().describe('By field, as it became.'),
  actor: z.string(),
  actorName: z.string().describe('The person, key or job behind the actor.'),
  reason: z.string().nullable().describe('Why, where one was given.'),
  requestId: z.string().nullable(),
  at: instantOut,
});
export type Change = z.output<typeof change>;

export const history = defineContract({
  name: 'history',
  permissions: { 'history.read': { may: 'read the history and the audit trail', roles: ['owner', 'manager'] } },
  routes: {
    list: {
      method: 'GET',
      path: '/history',
      permission: 'history.read',
      summary: 'What changed, newest first: of one record, or of an engagement with its claims, parties and decisions.',
      query: z.strictObject({ ...page, entityId: id.optional(), engagementId: id.optional() }),
      output: pageOf(change),
    },
  },
});
