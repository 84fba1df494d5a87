import type { Tx } from '#platform/db/tenant.ts';
import { lockClaims } from './queue.ts';

/**
 * Makes claims that were for nothing yet an engagement’s. Their places in the queues stay as they are; their note, which
 * stood for a title, has served. Those that are gone by now are passed over.
 */
export async function giveToEngagement(tx: Tx, ids: readonly string[], engagementId: string): Promise<void> {
  if (ids.length === 0) return;
  await lockClaims(tx, ids);
  await tx.query(
    `update claims set engagement_id = $3, note = '', version = version + 1, updated_at = now()
      where org_id = $1 and id = any($2::uuid[]) and engagement_id is null`,
    [tx.scope.orgId, ids, engagementId],
  );
}
