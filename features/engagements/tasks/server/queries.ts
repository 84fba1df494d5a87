import { actorNames } from '#features/identity/server/actor-names.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { RawJson } from '#platform/contract/raw-json.ts';
import type { Databases } from '#platform/db/databases.ts';
import { containing, Filter, listJson } from '#platform/db/list.ts';
import { rowColumns, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { task, type Task, type tasks } from '../contract.ts';

/** Members' names stand in the control database: see `withNames`. */
export const taskShape: RowShape = {
  entity: task,
  joins: `left join engagements te on te.org_id = r.org_id and te.id = r.engagement_id
    left join resources tp on tp.org_id = r.org_id and tp.id = r.assignee_id`,
  computed: {
    engagementTitle: 'te.title',
    assigneeName: 'tp.name',
    steps: `coalesce((select json_agg(json_build_object('id', s.id, 'title', s.title, 'doneAt', iso(s.done_at)) order by s.sort, s.id)
      from task_steps s where s.org_id = r.org_id and s.task_id = r.id), '[]'::json)`,
  },
};

const taskJson = rowJson(taskShape);

/** Assigned to an account, or to the person behind it. */
export const assignedTo = (account: string) => `(r.assignee_user_id = ${account} or r.assignee_id in (
    select p.id from resources p where p.org_id = r.org_id and p.user_id = ${account}))`;

type TaskFilter = RouteInput<(typeof tasks)['routes']['list']>['query'];

/** @param asker whose tasks `mine` are; programs have none. @param own only those assigned to this account */
export async function listTasks(
  tx: Tx,
  control: Databases['control'],
  filter: TaskFilter,
  asker: string | undefined,
  own: string | undefined,
) {
  if (filter.whose === 'mine' && !asker) return { items: [], total: 0, next: null };
  const stateClauses = { open: ['r.done_at is null'], done: ['r.done_at is not null'], all: [] };
  const nobody = filter.whose === 'nobody' ? ['r.assignee_user_id is null', 'r.assignee_id is null'] : [];
  const wanted = new Filter(tx, ...stateClauses[filter.state], ...nobody)
    .add(assignedTo, own)
    .add(assignedTo, filter.whose === 'mine' ? asker : undefined)
    .add(
      (mark) => `(r.title ilike ${mark} or exists (
         select from engagements e where e.org_id = r.org_id and e.id = r.engagement_id and e.title ilike ${mark}))`,
      containing(filter.q),
    )
    .add((mark) => `r.due_at < ${mark}`, filter.dueBefore);
  const { text } = await listJson(tx, {
    from: `tasks r ${taskShape.joins}`,
    filter: wanted,
    order: [
      { column: "coalesce(r.due_at, 'infinity')", type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    item: taskJson,
    page: filter,
  });
  const found: { items: Task[]; total: number; next: string | null } = JSON.parse(text);
  return { ...found, items: await withNames(tx, control, found.items) };
}

/** @param own only those assigned to this account: an engagement without any looks like one that isn't there */
export async function tasksOfEngagement(
  tx: Tx,
  control: Databases['control'],
  engagementId: string,
  own: string | undefined,
): Promise<RawJson> {
  const key = [tx.scope.orgId, engagementId];
  const [engagement, items] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', key),
    tx.query<Task>(
      `select ${rowColumns(taskShape)} from tasks r ${taskShape.joins}
        where r.org_id = $1 and r.engagement_id = $2 ${own ? `and ${assignedTo('$3')}` : ''} order by r.sort, r.id limit 5000`,
      own ? [...key, own] : key,
    ),
  ]);
  if (engagement.length === 0 && !own) throw notFound('This engagement');
  return RawJson.of({ items: await withNames(tx, control, items) });
}

/** @param own only when it is assigned to this account. @throws AppError not_found */
export async function getTask(tx: Tx, control: Databases['control'], id: string, own?: string): Promise<Task> {
  const [found] = await tx.query<{ row: Task }>(
    `select ${taskJson} as row from tasks r ${taskShape.joins} where r.org_id = $1 and r.id = $2 ${own ? `and ${assignedTo('$3')}` : ''}`,
    own ? [tx.scope.orgId, id, own] : [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This task');
  const [named] = await withNames(tx, control, [found.row]);
  return named ?? found.row;
}

/** With the names of members to whom they are assigned. */
async function withNames(tx: Tx, control: Databases['control'], rows: readonly Task[]): Promise<Task[]> {
  const actorOf = ({ assigneeUserId }: Task) => assigneeUserId && `user:${assigneeUserId}`;
  const actors = rows.flatMap((row) => actorOf(row) ?? []);
  if (actors.length === 0) return [...rows];
  const names = await actorNames(control, tx.scope.orgId, actors);
  return rows.map((row) => ({ ...row, assigneeName: names.get(actorOf(row) ?? '') ?? row.assigneeName }));
}
