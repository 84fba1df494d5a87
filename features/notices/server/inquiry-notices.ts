import * as z from 'zod';
import { watchers } from '#features/intake/inquiries/server/watching.ts';
import { membersWho } from '#features/organisations/server/members-who.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';
import { task } from '#platform/jobs/task.ts';
import { tellReader } from './tell.ts';

interface About {
  title: string;
  who: string;
  assigneeUserId: string | null;
  messages: number;
}

async function aboutInquiry(tx: Tx, inquiryId: string): Promise<About | undefined> {
  const [about] = await tx.query<About>(
    `select q.title, coalesce(nullif(q.contact_name, ''), nullif(q.company, ''), 'Its sender') as who,
            q.assignee_user_id as "assigneeUserId",
            (select count(*)::int from inquiry_messages m
              where m.org_id = $1 and m.inquiry_id = q.id and m.kind = 'answer') as messages
       from inquiries q where q.org_id = $1 and q.id = $2`,
    [tx.scope.orgId, inquiryId],
  );
  return about;
}

async function mayOpen(tx: Tx, services: Services, userId: string): Promise<boolean> {
  return (await membersWho(tx, services, 'intake.read', [userId])).length > 0;
}

/** Tells those who watch the inbox of what is new there, and who sees to an inquiry of what its sender does. */
export const inquiryNotices = [
  task({
    name: 'notices.onInquiryReceived',
    on: 'inquiries.received',
    payload: z.object({ inquiryId: z.uuid(), by: z.string().default('') }),
    run: ({ tenant, services }, { inquiryId, by }) =>
      tenant(async (tx) => {
        const about = await aboutInquiry(tx, inquiryId);
        if (!about) return;
        for (const userId of await watchers(tx, services)) {
          // Who enters one knows.
          if (by === `user:${userId}`) continue;
          await tellReader(tx, {
            userId,
            kind: 'inquiry_new',
            message: about.who === about.title ? `New: ${about.title}.` : `New from ${about.who}: ${about.title}.`,
            engagementId: null,
            inquiryId,
            source: `inquiry_new:${inquiryId}`,
          });
        }
      }),
  }),
  task({
    name: 'notices.onInquiryAssigned',
    on: 'inquiries.assigned',
    payload: z.object({ inquiryId: z.uuid(), userId: z.uuid(), by: z.string() }),
    run: ({ tenant, services }, { inquiryId, userId, by }) =>
      tenant(async (tx) => {
        const about = await aboutInquiry(tx, inquiryId);
        if (!about || by === `user:${userId}` || !(await mayOpen(tx, services, userId))) return;
        await tellReader(tx, {
          userId,
          kind: 'inquiry_assigned',
          message: `“${about.title}” is yours to see to.`,
          engagementId: null,
          inquiryId,
          source: `inquiry_assigned:${inquiryId}`,
        });
      }),
  }),
  task({
    name: 'notices.onInquiryAnswered',
    on: 'inquiries.answered',
    payload: z.object({ inquiryId: z.uuid(), withdrawn: z.boolean() }),
    run: ({ tenant, services }, { inquiryId, withdrawn }) =>
      tenant(async (tx) => {
        const about = await aboutInquiry(tx, inquiryId);
        if (!about) return;
        const { assigneeUserId: assignee } = about;
        // Whoever left, or may not open it any more, sees to nothing.
        const readers = assignee && (await mayOpen(tx, services, assignee)) ? [assignee] : await watchers(tx, services);
        for (const userId of readers)
          await tellReader(tx, {
            userId,
            kind: 'inquiry_answered',
            message: withdrawn
              ? `${about.who} has taken “${about.title}” back.`
              : `${about.who} has written about “${about.title}”.`,
            engagementId: null,
            inquiryId,
            source: `inquiry_answered:${inquiryId}:${withdrawn ? 'withdrawn' : about.messages}`,
          });
      }),
  }),
];
