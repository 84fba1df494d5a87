import type { RouteInput } from '#platform/contract/contract.ts';
import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { publish } from '#platform/jobs/task.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';
import { requireMember } from '#features/organisations/server/accounts.ts';
import type { tasks } from '../contract.ts';
import { lastKey, lockTasks } from './order.ts';
import { taskShape } from './queries.ts';
import { insertSteps } from './steps.ts';

type Routes = (typeof tasks)['routes'];
type NewTask = RouteInput<Routes['create']>['body'];
type TaskPatch = RouteInput<Routes['change']>['body'];
type ManyTasks = RouteInput<Routes['changeMany']>['body'];

interface Assignee {
  assigneeUserId?: string | null | undefined;
  assigneeId?: string | null | undefined;
}

/** @param zone the organisation's, for a task without an engagement. @returns the id */
export async function createTask(
  tx: Tx,
  control: Databases['control'],
  { engagementId, steps, ...input }: NewTask,
  zone: string,
): Promise<string> {
  await requireAssignee(tx, control, input);
  if (engagementId) await lockTasks(tx, engagementId, invalid('engagementId', 'There is no engagement with this id.'));
  const sort = orderKeyBetween(await lastKey(tx, engagementId), null);
  const id = await insertRow(tx, taskShape, input, { engagement_id: engagementId, sort, zone });
  await insertSteps(tx, id, steps);
  await tellAssigned(tx, [id], input);
  return id;
}

/** A day set by hand ends a due that moves with the engagement. @throws AppError version_conflict, invalid_input */
export async function changeTask(
  tx: Tx,
  control: Databases['control'],
  id: string,
  { version, ...changes }: TaskPatch,
): Promise<void> {
  await requireAssignee(tx, control, changes);
  await patchRow(tx, taskShape, id, version, oneAssignee(wholeDue(changes)));
  await tellAssigned(tx, [id], changes);
}

type DueInput = Pick<TaskPatch, 'dueOn' | 'dueMinute' | 'dueAnchor' | 'dueDays' | 'remindDays'>;

/** What belongs together changes together: a day by hand is not relative, and without a day nothing hangs on it. */
function wholeDue<T extends DueInput>(input: T): T {
  if (input.dueAnchor) return input;
  const relativeEnds = input.dueOn !== undefined ? { dueAnchor: null, dueDays: null } : {};
  const dayEnds = input.dueOn === null ? { dueMinute: null, remindDays: null } : {};
  return { ...input, ...relativeEnds, ...dayEnds };
}

/** To assign somebody takes it from whoever had it, whichever of the two they are. */
function oneAssignee<T extends Assignee>(input: T): T {
  if (input.assigneeUserId && input.assigneeId === undefined) return { ...input, assigneeId: null };
  if (input.assigneeId && input.assigneeUserId === undefined) return { ...input, assigneeUserId: null };
  return input;
}

/** @throws AppError invalid_input */
async function requireAssignee(
  tx: Tx,
  control: Databases['control'],
  { assigneeUserId, assigneeId }: Assignee,
): Promise<void> {
  await requireMember(tx, control, assigneeUserId, 'assigneeUserId');
  if (assigneeId) {
    const [person] = await tx.query<{ kind: string }>('select kind from resources where org_id = $1 and id = $2', [
      tx.scope.orgId,
      assigneeId,
    ]);
    if (person?.kind !== 'person') throw invalid('assigneeId', 'There is no person with this id.');
  }
}

/** Whoever gets a task hears of it, unless they took it themselves: the notices' business. */
async function tellAssigned(tx: Tx, ids: readonly string[], { assigneeUserId, assigneeId }: Assignee): Promise<void> {
  if (assigneeUserId ?? assigneeId) await publish(tx, 'tasks.assigned', { taskIds: ids, by: tx.scope.actor });
}

/** A tick that is there stays whose it is. @returns how many of them changed */
export async function setDone(tx: Tx, ids: readonly string[], done: boolean): Promise<number> {
  const { orgId, actor, now } = tx.scope;
  const changed = await tx.query(
    done
      ? `update tasks set done_at = $3, done_by = $4, version = version + 1, updated_at = now()
          where org_id = $1 and id = any($2::uuid[]) and done_at is null returning id`
      : `update tasks set done_at = null, done_by = null, version = version + 1, updated_at = now()
          where org_id = $1 and id = any($2::uuid[]) and done_at is not null returning id`,
    done ? [orgId, ids, now, actor] : [orgId, ids],
  );
  return changed.length;
}

/** All or none. @throws AppError not_found when one of them isn't there */
export async function changeMany(
  tx: Tx,
  control: Databases['control'],
  { ids: given, done, assignee }: ManyTasks,
): Promise<{ changed: number }> {
  const ids = [...new Set(given)];
  const found = await tx.query(
    'select id from tasks where org_id = $1 and id = any($2::uuid[]) order by id for no key update',
    [tx.scope.orgId, ids],
  );
  if (found.length < ids.length) throw notFound(ids.length === 1 ? 'This task' : 'One of these tasks');
  if (assignee) await assignMany(tx, control, ids, assignee);
  if (done !== undefined) await setDone(tx, ids, done);
  return { changed: ids.length };
}

async function assignMany(
  tx: Tx,
  control: Databases['control'],
  ids: readonly string[],
  { userId, resourceId }: { userId: string | null; resourceId: string | null },
): Promise<void> {
  const assigned = { assigneeUserId: userId, assigneeId: resourceId };
  if (userId && resourceId) throw invalid('assignee', 'Assign them to a member or to a person, not to both.');
  await requireAssignee(tx, control, assigned);
  await tx.query(
    `update tasks set assignee_user_id = $3, assignee_id = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = any($2::uuid[])`,
    [tx.scope.orgId, ids, userId, resourceId],
  );
  await tellAssigned(tx, ids, assigned);
}

export async function removeTask(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from tasks where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (gone.length === 0) throw notFound('This task');
}
