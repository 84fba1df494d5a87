import type { Tx } from '#platform/db/tenant.ts';
import { tell } from './advance.ts';
import type { LockedCascade } from './situation.ts';

export function openCallsOf(tx: Tx, resourceId: string): Promise<{ id: string }[]> {
  return tx.query<{ id: string }>(
    "select id from calls where org_id = $1 and resource_id = $2 and state = 'open' order by id",
    [tx.scope.orgId, resourceId],
  );
}

/**
 * A seat that the office opened again calls nobody by itself, where the round for it was over: whoever started that is
 * told. A round that still runs looks at its seats anyway.
 *
 * @param source the same for the same news, however often it is told
 */
export async function tellReopened(tx: Tx, engagementId: string, source: string): Promise<void> {
  const over = await tx.query<Pick<LockedCascade, 'id' | 'needId' | 'engagementId' | 'startedBy'>>(
    `select c.id, c.need_id as "needId", c.engagement_id as "engagementId", c.started_by as "startedBy" from (
       select distinct on (need_id) * from cascades where org_id = $1 and engagement_id = $2
        order by need_id, created_at desc, id desc) c
      where c.state = 'done' and exists (
        select from seats s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
         where s.org_id = $1 and s.need_id = c.need_id and s.resource_id is null and i.starts_at > $3)`,
    [tx.scope.orgId, engagementId, tx.scope.now],
  );
  for (const cascade of over) await tell(tx, 'calls.reopened', cascade, { source: `${cascade.id}:${source}` });
}
