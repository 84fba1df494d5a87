import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { task } from '#platform/jobs/task.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { tellReader } from './tell.ts';

interface Assigned {
  id: string;
  title: string;
  userId: string;
  engagementId: string | null;
  engagement: string | null;
  dueAt: string | null;
  dueOn: string | null;
  dueMinute: number | null;
  zone: string;
  remindAt: string | null;
}

/** Open tasks of people with an account, whether they are assigned by it or by their person. */
function assignedTasks(tx: Tx, ids: readonly string[]): Promise<Assigned[]> {
  return tx.query<Assigned>(
    `select t.id, t.title, coalesce(t.assignee_user_id, p.user_id) as "userId", t.engagement_id as "engagementId",
            e.title as engagement, iso(t.due_at) as "dueAt", t.due_on::text as "dueOn", t.due_minute as "dueMinute",
            t.zone, iso(t.remind_at) as "remindAt"
       from tasks t
       left join resources p on p.org_id = t.org_id and p.id = t.assignee_id
       left join engagements e on e.org_id = t.org_id and e.id = t.engagement_id
      where t.org_id = $1 and t.id = any($2::uuid[]) and t.done_at is null
        and coalesce(t.assignee_user_id, p.user_id) is not null`,
    [tx.scope.orgId, ids],
  );
}

/** Tells people of tasks that became theirs, and of those that are due. */
export const taskNotices = [
  task({
    name: 'notices.onTaskAssigned',
    on: 'tasks.assigned',
    payload: z.object({ taskIds: z.array(z.uuid()), by: z.string() }),
    run: ({ tenant }, { taskIds, by }) =>
      tenant(async (tx) => {
        for (const mine of await assignedTasks(tx, taskIds)) {
          // Who takes a task knows.
          if (by === `user:${mine.userId}`) continue;
          const message = `${about(mine)} is yours to do${mine.dueAt ? `, by ${dueText(mine)}` : ''}.`;
          await tellReader(tx, { ...mine, kind: 'task_assigned', message, source: `task_assigned:${mine.id}` });
        }
      }),
  }),
  task({
    name: 'notices.onTaskDue',
    on: 'tasks.due',
    payload: z.object({ taskIds: z.array(z.uuid()) }),
    run: ({ tenant }, { taskIds }) =>
      tenant(async (tx) => {
        for (const mine of await assignedTasks(tx, taskIds)) {
          if (!mine.dueAt) continue;
          const message = `${about(mine)} is due by ${dueText(mine)}.`;
          // Moved to another day, it is told of again.
          await tellReader(tx, { ...mine, kind: 'task_due', message, source: `task_due:${mine.id}:${mine.remindAt}` });
        }
      }),
  }),
];

function about({ title, engagement }: Assigned): string {
  return engagement ? `“${title}” for ${engagement}` : `“${title}”`;
}

/** “Tue 3 Mar 2026”, with the time when it has one. */
function dueText({ dueAt, dueOn, dueMinute, zone }: Assigned): string {
  if (dueMinute === null) {
    const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
    return new Date(`${dueOn}T00:00:00Z`).toLocaleDateString('en-GB', day).replace(',', '');
  }
  return spanText({ startsAt: dueAt ?? '', endsAt: dueAt ?? '' }, zone).replace(/–\S+/, '');
}
