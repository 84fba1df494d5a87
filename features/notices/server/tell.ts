import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue } from '#platform/jobs/task.ts';
import type { NoticeKind } from '../kinds.ts';

interface News {
  kind: NoticeKind;
  message: string;
  engagementId: string | null;
  inquiryId?: string | null;
  /** It leads to the contact of this follow-up. */
  followUpId?: string;
  /** The same source is the same news, however often it is told. */
  source: string;
}

/** Puts it under the bell of the member behind an actor; programs have no bell. */
export async function tellActor(tx: Tx, actor: string, news: News): Promise<void> {
  const userId = /^user:(.+)$/.exec(actor)?.[1];
  if (userId) await tellReader(tx, { ...news, userId });
}

/** Puts it under its reader's bell, and into their mail where they want it at once. */
export async function tellReader(
  tx: Tx,
  { userId, kind, message, engagementId, inquiryId, followUpId, source }: News & { userId: string },
): Promise<void> {
  const [mailed] = await tx.query<{ id: string }>(
    `with told as (
       insert into notices (org_id, id, user_id, kind, message, engagement_id, source, inquiry_id, follow_up_id)
       select $1, $2, $3, $4, $5, (select id from engagements where org_id = $1 and id = $6), $7,
              (select id from inquiries where org_id = $1 and id = $8),
              (select id from follow_ups where org_id = $1 and id = $9)
       on conflict (org_id, user_id, source) do nothing returning id)
     select id from told where exists (
       select from notice_preferences p where p.org_id = $1 and p.user_id = $3 and p.kind = $4 and p.mail = 'now')`,
    [tx.scope.orgId, uuidv7(), userId, kind, message, engagementId, source, inquiryId ?? null, followUpId ?? null],
  );
  if (mailed) await enqueue(tx, 'notices.mail', { noticeId: mailed.id });
}
