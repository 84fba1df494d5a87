import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';

/** Tasks of one engagement are placed one after the other, so that no two get one key. */
export async function lockTasks(tx: Tx, engagementId: string, otherwise: Error): Promise<void> {
  const [found] = await tx.query('select id from engagements where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!found) throw otherwise;
}

/** Of an engagement's tasks; those without one stand in no order but that of their days. */
export async function lastKey(tx: Tx, engagementId: string | null): Promise<string | null> {
  if (!engagementId) return null;
  const [last] = await tx.query<{ sort: string | null }>(
    'select max(sort) as sort from tasks where org_id = $1 and engagement_id = $2',
    [tx.scope.orgId, engagementId],
  );
  return last?.sort ?? null;
}

/** Puts a task behind another one of its engagement. @param after null: first. @throws AppError invalid_input */
export async function moveTask(tx: Tx, id: string, after: string | null): Promise<void> {
  const { orgId } = tx.scope;
  const [moved] = await tx.query<{ engagementId: string | null }>(
    'select engagement_id as "engagementId" from tasks where org_id = $1 and id = $2',
    [orgId, id],
  );
  if (!moved) throw notFound('This task');
  if (!moved.engagementId) throw invalid('after', 'A task without an engagement stands where its day puts it.');
  if (after === id) return;
  await lockTasks(tx, moved.engagementId, notFound('This task'));
  const keys = await tx.query<{ id: string; sort: string }>(
    'select id, sort from tasks where org_id = $1 and engagement_id = $2 and id <> $3 order by sort, id',
    [orgId, moved.engagementId, id],
  );
  const at = after === null ? -1 : keys.findIndex((each) => each.id === after);
  if (after !== null && at < 0) throw invalid('after', 'There is no task with this id here.');
  const sort = orderKeyBetween(keys[at]?.sort ?? null, keys[at + 1]?.sort ?? null);
  await tx.query('update tasks set sort = $3, updated_at = now() where org_id = $1 and id = $2', [orgId, id, sort]);
}
