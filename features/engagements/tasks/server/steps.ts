import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { orderKeyBetween, orderKeysAfter } from '#platform/text/order-key.ts';
import { assignedTo } from './queries.ts';

/** Steps of a task that was just made. */
export async function insertSteps(tx: Tx, taskId: string, titles: readonly string[]): Promise<void> {
  if (titles.length === 0) return;
  await tx.query(
    `insert into task_steps (org_id, id, task_id, title, sort)
     select $1, id, $2, title, sort from unnest($3::uuid[], $4::text[], $5::text[]) as new (id, title, sort)`,
    [tx.scope.orgId, taskId, titles.map(() => uuidv7()), titles, orderKeysAfter(null, titles.length)],
  );
}

/** At the end; two at once get places of their own. @throws AppError not_found */
export async function addStep(tx: Tx, taskId: string, title: string): Promise<void> {
  const key = [tx.scope.orgId, taskId];
  const [found] = await tx.query('select id from tasks where org_id = $1 and id = $2 for no key update', key);
  if (!found) throw notFound('This task');
  const [last] = await tx.query<{ sort: string | null }>(
    'select max(sort) as sort from task_steps where org_id = $1 and task_id = $2',
    key,
  );
  await tx.query('insert into task_steps (org_id, id, task_id, title, sort) values ($1, $2, $3, $4, $5)', [
    tx.scope.orgId,
    uuidv7(),
    taskId,
    title,
    orderKeyBetween(last?.sort ?? null, null),
  ]);
}

/** @returns the task's id. @throws AppError not_found */
export async function changeStep(tx: Tx, id: string, title: string): Promise<string> {
  return taskOf(
    await tx.query<{ taskId: string }>(
      `update task_steps set title = $3, updated_at = now() where org_id = $1 and id = $2 returning task_id as "taskId"`,
      [tx.scope.orgId, id, title],
    ),
  );
}

/**
 * One step alone: whoever ticks another at the same time loses nothing, and a tick that is there stays whose it is.
 * @param own only of a task assigned to this account
 * @returns the task's id. @throws AppError not_found
 */
export async function setStepDone(tx: Tx, id: string, done: boolean, own?: string): Promise<string> {
  const { orgId, actor, now } = tx.scope;
  const owned = own ? [own] : [];
  const mine = (mark: string) =>
    own
      ? `and exists (select from tasks r where r.org_id = s.org_id and r.id = s.task_id and ${assignedTo(mark)})`
      : '';
  const [step] = await tx.query<{ taskId: string; done: boolean }>(
    `select s.task_id as "taskId", s.done_at is not null as done from task_steps s
      where s.org_id = $1 and s.id = $2 ${mine('$3')} for no key update`,
    [orgId, id, ...owned],
  );
  if (!step) throw notFound('This step');
  if (step.done !== done) {
    await tx.query(
      'update task_steps set done_at = $3, done_by = $4, updated_at = now() where org_id = $1 and id = $2',
      [orgId, id, done ? now : null, done ? actor : null],
    );
  }
  return step.taskId;
}

export async function removeStep(tx: Tx, id: string): Promise<void> {
  taskOf(
    await tx.query<{ taskId: string }>(
      'delete from task_steps where org_id = $1 and id = $2 returning task_id as "taskId"',
      [tx.scope.orgId, id],
    ),
  );
}

function taskOf(rows: readonly { taskId: string }[]): string {
  const [row] = rows;
  if (!row) throw notFound('This step');
  return row.taskId;
}
