import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { orderKeysAfter } from '#platform/text/order-key.ts';
import { TemplateStore } from '#features/engagements/server/template-store.ts';
import type { TaskTemplate, TemplateItem } from '../contract.ts';
import { builtInTemplates } from '../templates/built-in-rules.ts';
import { lastKey, lockTasks } from './order.ts';
import { insertSteps } from './steps.ts';

export const taskLists = new TemplateStore<Omit<TaskTemplate, 'key' | 'builtIn' | 'version'>>({
  table: 'task_templates',
  builtIn: builtInTemplates,
  columns: ['items', 'automatic'],
  called: 'This list of tasks',
});

/** Makes what the engagement doesn't have yet. @throws AppError not_found, invalid_input */
export async function applyTemplate(tx: Tx, engagementId: string, key: string): Promise<{ created: number }> {
  await lockTasks(tx, engagementId, notFound('This engagement'));
  const { items } = await taskLists.get(tx, key).catch(() => {
    throw invalid('key', 'There is no list of tasks with this key.');
  });
  return { created: await makeTasks(tx, engagementId, key, items) };
}

/**
 * The lists that the organisation applies by itself to engagements of a pack, when they are confirmed or approved.
 * In the caller's transaction; what is there already stays as it is.
 */
export async function applyAutomaticTemplates(tx: Tx, engagementId: string): Promise<number> {
  const [engagement] = await tx.query<{ pack: string }>('select pack from engagements where org_id = $1 and id = $2', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!engagement) return 0;
  const { items: templates } = await taskLists.list(tx, [engagement.pack]);
  const wanted = templates.filter(({ pack, automatic }) => automatic && pack === engagement.pack);
  if (wanted.length === 0) return 0;
  await lockTasks(tx, engagementId, notFound('This engagement'));
  let created = 0;
  for (const { key, items } of wanted) created += await makeTasks(tx, engagementId, key, items);
  return created;
}

async function makeTasks(tx: Tx, engagementId: string, key: string, items: readonly TemplateItem[]): Promise<number> {
  const keys = orderKeysAfter(await lastKey(tx, engagementId), items.length);
  const wanted = items.map((item, index) => ({ ...item, task: uuidv7(), sort: keys[index] }));
  const made = await tx.query<{ id: string }>(
    `insert into tasks (org_id, id, engagement_id, title, notes, due_anchor, due_days, remind_days, zone, sort,
                        template_key, template_item)
     select $1, w.task, $2, w.title, w.notes, w.anchor, w.days, case when w.days is not null then w."remindDays" end,
            'UTC', w.sort, $3, w.id
       from json_to_recordset($4::json) as w(task uuid, id text, title text, notes text, anchor text, days int,
                                             "remindDays" int, sort text)
     on conflict on constraint tasks_template_once do nothing returning id`,
    [tx.scope.orgId, engagementId, key, JSON.stringify(wanted)],
  );
  const ids = new Set(made.map(({ id }) => id));
  await Promise.all(wanted.filter(({ task }) => ids.has(task)).map(({ task, steps }) => insertSteps(tx, task, steps)));
  return made.length;
}
