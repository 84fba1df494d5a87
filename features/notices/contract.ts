import * as z from 'zod';
import { defineContract, roles } from '#platform/contract/contract.ts';
import { id, instantOut } from '#platform/contract/fields.ts';
import { noticeKinds, preferences } from './kinds.ts';

export type NoticePreferences = z.output<typeof preferences>;

const notice = z.object({
  id,
  kind: z.enum(noticeKinds),
  message: z.string(),
  engagementId: id.nullable(),
  inquiryId: id.nullable(),
  partyId: id.nullable().describe('The contact that a follow-up is about.'),
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
      summary: 'The asker’s newest 50 notices: of their holds, tasks and files, and of the calls that they started.',
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
    getPreferences: {
      method: 'GET',
      path: '/notices/preferences',
      permission: 'notices.own',
      summary: 'When the asker’s notices are also mailed, by kind; never, unless they said otherwise.',
      output: z.object({ mail: preferences }),
    },
    setPreferences: {
      method: 'PUT',
      path: '/notices/preferences',
      permission: 'notices.own',
      summary: 'Says when the asker’s notices are also mailed. Mails that they had unsubscribed from come again.',
      body: z.strictObject({ mail: preferences }),
      output: z.object({ mail: preferences }),
    },
  },
});
