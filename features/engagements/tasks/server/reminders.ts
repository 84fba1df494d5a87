import type { Tx } from '#platform/db/tenant.ts';
import { publish } from '#platform/jobs/task.ts';

/** Marks the tasks whose reminder has come, and says so: each once, unless its day moves. */
export async function remindOfDue(tx: Tx): Promise<void> {
  // What was long due when it was put in, as by an import, needs no reminder any more.
  const due = await tx.query<{ id: string }>(
    `update tasks set reminded_at = $2
      where org_id = $1 and remind_at <= $2 and remind_at > $2::timestamptz - interval '7 days'
        and reminded_at is null and done_at is null
        and (assignee_user_id is not null or assignee_id is not null)
    returning id`,
    [tx.scope.orgId, tx.scope.now],
  );
  if (due.length > 0) await publish(tx, 'tasks.due', { taskIds: due.map(({ id }) => id) });
}
