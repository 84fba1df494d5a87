import { feature } from '#platform/http/feature.ts';
import { notices, type Notice } from '../contract.ts';
import { advanceNoticeTasks } from './advance-notices.ts';
import { callNoticeTasks } from './call-notices.ts';
import { noticeTasks } from './jobs.ts';
import { mentionNotices } from './mention-notices.ts';
import { mailTasks } from './mails.ts';
import { getPreferences, setPreferences } from './preferences.ts';
import { fileNotices } from './file-notices.ts';
import { inquiryNotices } from './inquiry-notices.ts';
import { followUpNotices } from './follow-up-notices.ts';
import { taskNotices } from './task-notices.ts';

export const noticesFeature = feature(
  notices,
  {
    async list({ tx, caller }) {
      if (!caller.userId) return { items: [], unread: 0 };
      const key = [tx.scope.orgId, caller.userId];
      const [items, [counted]] = await Promise.all([
        tx.query<Notice>(
          `select n.id, n.kind, n.message, n.engagement_id as "engagementId", n.inquiry_id as "inquiryId",
                  f.party_id as "partyId", n.read_at as "readAt", n.created_at as "createdAt"
             from notices n left join follow_ups f on f.org_id = n.org_id and f.id = n.follow_up_id
            where n.org_id = $1 and n.user_id = $2 order by n.created_at desc, n.id desc limit 50`,
          key,
        ),
        tx.query<{ unread: number }>(
          'select count(*)::int as unread from notices where org_id = $1 and user_id = $2 and read_at is null',
          key,
        ),
      ]);
      return { items, unread: counted?.unread ?? 0 };
    },
    async markRead({ tx, caller }) {
      if (!caller.userId) return undefined;
      await tx.query('update notices set read_at = $3 where org_id = $1 and user_id = $2 and read_at is null', [
        tx.scope.orgId,
        caller.userId,
        tx.scope.now,
      ]);
      return undefined;
    },
    getPreferences: async ({ tx, caller }) => ({ mail: await getPreferences(tx, caller.userId) }),
    async setPreferences({ tx, services, caller }, { body }) {
      await setPreferences(tx, services.databases.control, caller.userId, body.mail);
      return body;
    },
  },
  [
    ...noticeTasks,
    ...callNoticeTasks,
    ...advanceNoticeTasks,
    ...taskNotices,
    ...followUpNotices,
    ...fileNotices,
    ...inquiryNotices,
    ...mentionNotices,
    ...mailTasks,
  ],
);
