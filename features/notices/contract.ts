import * as z from 'zod';
import { defineContract, roles } from '#platform/contract/contract.ts';
import { id, instantOut } from '#platform/contract/fields.ts';

export const noticeKinds = [
  'promoted',
  'challenged',
  'released',
  'challenge_waived',
  'calls_filled',
  'calls_exhausted',
  'call_withdrawn',
  'call_asked',
  'seat_reopened',
  'task_assigned',
  'task_due',
  'file_refused',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** When a notice is also mailed: at once, in one mail a day with what is unread, or not at all. */
export const mailTimes = ['now', 'daily', 'never'] as const;

const preferences = z.strictObject({
  promoted: z.enum(mailTimes),
  challenged: z.enum(mailTimes),
  released: z.enum(mailTimes),
  challenge_waived: z.enum(mailTimes),
  calls_filled: z.enum(mailTimes).describe('Every seat that the member called for is filled.'),
  calls_exhausted: z.enum(mailTimes).describe('Nobody is left to call.'),
  call_withdrawn: z.enum(mailTimes).describe('Somebody who had accepted can’t come.'),
  call_asked: z.enum(mailTimes).describe('Somebody has a question about a call.'),
  seat_reopened: z.enum(mailTimes).describe('A seat is open again for which calling was over.'),
  task_assigned: z.enum(mailTimes),
  task_due: z.enum(mailTimes),
  file_refused: z.enum(mailTimes),
});
export type NoticePreferences = z.output<typeof preferences>;

const notice = z.object({
  id,
  kind: z.enum(noticeKinds),
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
