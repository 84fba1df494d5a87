import * as z from 'zod';
import { defineContract, roles } from '#platform/contract/contract.ts';
import { id, instantOut } from '#platform/contract/fields.ts';

const notice = z.object({
  id,
  kind: z.enum(['promoted', 'challenged', 'released', 'challenge_waived']),
  message: z.string(),
  engagementId: id.nullable(),
  readAt: instantOut.nullable(),
  createdAt: instantOut,
});
export type Notice = z.output<typeof notice>;

export const notices = defineContract({
  name: 'notices',
  permissions: { 'notices.own': { may: 'read their own notices', roles } },
  routes: {
    list: {
      method: 'GET',
      path: '/notices',
      permission: 'notices.own',
      summary: 'The asker’s newest 50 notices: holds of theirs that were promoted, challenged or released.',
      output: z.object({ items: z.array(notice), unread: z.int() }),
    },
    markRead: {
      method: 'POST',
      path: '/notices/read',
      permission: 'notices.own',
      summary: 'Marks all of the asker’s notices as read.',
      body: z.strictObject({}),
      status: 204,
    },
  },
});
