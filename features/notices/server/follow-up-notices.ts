import * as z from 'zod';
import { membersWho } from '#features/organisations/server/members-who.ts';
import { task } from '#platform/jobs/task.ts';
import { tellReader } from './tell.ts';

interface Due {
  id: string;
  note: string;
  userId: string;
  dueOn: string;
  engagementId: string | null;
  inquiryId: string | null;
  about: string | null;
}

/** Tells members whom or what they wanted to get back to, on the day. */
export const followUpNotices = [
  task({
    name: 'notices.onFollowUpDue',
    on: 'follow_ups.due',
    payload: z.object({ followUpIds: z.array(z.uuid()) }),
    run: ({ tenant, services }, { followUpIds }) =>
      tenant(async (tx) => {
        const due = await tx.query<Due>(
          `select f.id, f.note, f.user_id as "userId", f.due_on::text as "dueOn", f.engagement_id as "engagementId",
                  f.inquiry_id as "inquiryId", coalesce(p.name, e.title, i.title) as about
             from follow_ups f
             left join parties p on p.org_id = f.org_id and p.id = f.party_id
             left join engagements e on e.org_id = f.org_id and e.id = f.engagement_id
             left join inquiries i on i.org_id = f.org_id and i.id = f.inquiry_id
            where f.org_id = $1 and f.id = any($2::uuid[]) and f.done_at is null and f.user_id is not null`,
          [tx.scope.orgId, followUpIds],
        );
        const userIds = [...new Set(due.map(({ userId }) => userId))];
        const members = await membersWho(tx, services, 'follow_ups.read', userIds);
        const readers = new Set(members.map(({ userId }) => userId));
        for (const one of due.filter(({ userId }) => readers.has(userId))) {
          await tellReader(tx, {
            ...one,
            followUpId: one.id,
            kind: 'follow_up_due',
            message: `To follow up${one.about ? ` with ${one.about}` : ''}: ${one.note}`,
            source: `follow_up_due:${one.id}:${one.dueOn}`,
          });
        }
      }),
  }),
];
