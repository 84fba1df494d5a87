import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { orderKeysAfter } from '#platform/text/order-key.ts';
import type { tasks, TaskTemplate, TemplateItem } from '../contract.ts';
import { builtInTemplate, builtInTemplates } from '../templates/built-in-rules.ts';
import { lastKey, lockTasks } from './order.ts';
import { insertSteps } from './steps.ts';

type Routes = (typeof tasks)['routes'];
type Fields = RouteInput<Routes['createTemplate']>['body'];
type Own = Omit<TaskTemplate, 'builtIn'>;

/** Built-in lists of these packs, where the organisation has none of its own in their place, and its own. */
export async function listTemplates(tx: Tx, packs: readonly string[]): Promise<{ items: TaskTemplate[] }> {
  const own = await ownTemplates(tx);
  const keys = new Set(own.map(({ key }) => key));
  const builtIn = builtInTemplates
    .filter(({ key, pack }) => packs.includes(pack) && !keys.has(key))
    .map((each) => ({ ...each, items: [...each.items], builtIn: true, version: 0 }));
  const items = [...own.map((each) => ({ ...each, builtIn: builtInTemplate(each.key) !== undefined })), ...builtIn];
  return { items: items.sort((a, b) => a.pack.localeCompare(b.pack) || a.name.localeCompare(b.name)) };
}

function ownTemplates(tx: Tx): Promise<Own[]> {
  return tx.query<Own>('select key, pack, name, automatic, items, version from task_templates where org_id = $1', [
    tx.scope.orgId,
  ]);
}

export async function getTemplate(tx: Tx, key: string): Promise<TaskTemplate> {
  const [own] = await tx.query<Own>(
    'select key, pack, name, automatic, items, version from task_templates where org_id = $1 and key = $2',
    [tx.scope.orgId, key],
  );
  const builtIn = builtInTemplate(key);
  if (own) return { ...own, builtIn: builtIn !== undefined };
  if (builtIn) return { ...builtIn, items: [...builtIn.items], builtIn: true, version: 0 };
  throw notFound('This list of tasks');
}

/** @returns its key */
export async function createTemplate(tx: Tx, fields: Fields): Promise<string> {
  const id = uuidv7();
  await insertTemplate(tx, id, id, fields);
  return id;
}

async function insertTemplate(tx: Tx, id: string, key: string, { pack, name, automatic, items }: Fields) {
  await tx.query(
    'insert into task_templates (org_id, id, key, pack, name, automatic, items) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.scope.orgId, id, key, pack, name, automatic, JSON.stringify(items)],
  );
}

/** @throws AppError version_conflict when somebody else changed it meanwhile, not_found */
export async function setTemplate(
  tx: Tx,
  key: string,
  { version, ...fields }: Fields & { version: number },
): Promise<void> {
  if (version === 0 && builtInTemplate(key)) return insertTemplate(tx, uuidv7(), key, fields);
  const [changed] = await tx.query(
    `update task_templates set pack = $4, name = $5, automatic = $6, items = $7, version = version + 1, updated_at = now()
      where org_id = $1 and key = $2 and version = $3 returning id`,
    [tx.scope.orgId, key, version, fields.pack, fields.name, fields.automatic, JSON.stringify(fields.items)],
  );
  if (changed) return;
  const current = await getTemplate(tx, key);
  if (version > current.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else changed this list in the meantime. Look at it again.',
    extra: { version: current.version },
  });
}

export async function removeTemplate(tx: Tx, key: string): Promise<void> {
  const gone = await tx.query('delete from task_templates where org_id = $1 and key = $2 returning id', [
    tx.scope.orgId,
    key,
  ]);
  if (gone.length === 0) throw notFound('This list of tasks');
}

/** Makes what the engagement doesn't have yet. @throws AppError not_found, invalid_input */
export async function applyTemplate(tx: Tx, engagementId: string, key: string): Promise<{ created: number }> {
  await lockTasks(tx, engagementId, notFound('This engagement'));
  const { items } = await getTemplate(tx, key).catch(() => {
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
  const { items: templates } = await listTemplates(tx, [engagement.pack]);
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
