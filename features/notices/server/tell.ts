import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue } from '#platform/jobs/task.ts';
import type { Notice } from '../contract.ts';

interface Told {
  userId: string;
  kind: Notice['kind'];
  message: string;
  engagementId: string | null;
  /** The same source is the same notice, however often it is told. */
  source: string;
}

/** Puts a notice under its reader's bell, and mails it when they want it at once. */
export async function tellReader(tx: Tx, { userId, kind, message, engagementId, source }: Told): Promise<void> {
  const [mailed] = await tx.query<{ id: string }>(
    `with told as (
       insert into notices (org_id, id, user_id, kind, message, engagement_id, source)
       select $1, $2, $3, $4, $5, (select id from engagements where org_id = $1 and id = $6), $7
       on conflict (org_id, user_id, source) do nothing returning id)
     select id from told where exists (
       select from notice_preferences p where p.org_id = $1 and p.user_id = $3 and p.kind = $4 and p.mail = 'now')`,
    [tx.scope.orgId, uuidv7(), userId, kind, message, engagementId, source],
  );
  if (mailed) await enqueue(tx, 'notices.mail', { noticeId: mailed.id });
}
