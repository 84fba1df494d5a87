import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { orderKeysAfter } from '#platform/text/order-key.ts';
import type { advance, TemplateItem } from '../contract.ts';
import { answerFault, type AnswerKind } from '../rules.ts';
import { endOfSection, lockItems, placedItems } from './order.ts';
import { itemShape, requireEngagement } from './queries.ts';
import { checklists } from './templates.ts';

type Routes = (typeof advance)['routes'];

/** Of one engagement: a page that somebody fills in on a phone. */
const mostItems = 300;

function requireRoomFor(there: number, more: number): void {
  if (there + more > mostItems)
    throw new AppError('advance_full', { message: `An advance has at most ${mostItems} items. Remove some first.` });
}

/** @throws AppError version_conflict when somebody else changed them meanwhile, not_found */
export async function setSettings(
  tx: Tx,
  engagementId: string,
  { version, dueDays, remindDays, openDays }: RouteInput<Routes['setSettings']>['body'],
): Promise<void> {
  await requireEngagement(tx, engagementId);
  const values = [tx.scope.orgId, engagementId, dueDays, remindDays, openDays];
  const changed =
    version === 0
      ? await tx.query(
          `insert into advances (org_id, id, due_days, remind_days, open_days) values ($1, $2, $3, $4, $5)
           on conflict (org_id, id) do nothing returning id`,
          values,
        )
      : await tx.query(
          `update advances set due_days = $3, remind_days = $4, open_days = $5, version = version + 1, updated_at = now()
            where org_id = $1 and id = $2 and version = $6 returning id`,
          [...values, version],
        );
  if (changed.length > 0) return;
  throw new AppError('version_conflict', { message: 'Somebody else changed this in the meantime. Look at it again.' });
}

/** At the end of its section. @returns its id. @throws AppError not_found, invalid_input, advance_full */
export async function addItem(
  tx: Tx,
  engagementId: string,
  fields: RouteInput<Routes['addItem']>['body'],
): Promise<string> {
  await lockItems(tx, engagementId);
  requireChoices(fields.kind, fields.choices);
  const there = await placedItems(tx, engagementId);
  requireRoomFor(there.length, 1);
  return insertRow(tx, itemShape, fields, { engagement_id: engagementId, sort: endOfSection(there, fields.section) });
}

function requireChoices(kind: AnswerKind, choices: readonly string[]): void {
  if (new Set(choices).size < choices.length) throw invalid('choices', 'Name each answer once.');
  if ((kind === 'choice') === choices.length > 0) return;
  throw invalid('choices', kind === 'choice' ? 'Name the answers to choose from.' : 'Only a choice has choices.');
}

/** @throws AppError version_conflict, not_found; invalid_input where its answer wouldn't fit any more */
export async function changeItem(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['changeItem']>['body'],
): Promise<void> {
  const [held] = await tx.query<{ kind: AnswerKind; choices: string[]; answer: string }>(
    'select kind, choices, answer from advance_items where org_id = $1 and id = $2 for no key update',
    [tx.scope.orgId, id],
  );
  if (!held) throw notFound('This item');
  const kind = changes.kind ?? held.kind;
  // Choices go with the kind that has them.
  const choices = kind === 'choice' ? (changes.choices ?? held.choices) : (changes.choices ?? []);
  requireChoices(kind, choices);
  if (held.answer !== '' && kind !== held.kind)
    throw invalid('kind', 'It is answered already. Take the answer back first.');
  if (kind === 'choice' && answerFault({ kind, choices }, held.answer))
    throw invalid(
      'choices',
      `“${held.answer}” is the answer. Keep it among the choices, or take the answer back first.`,
    );
  await patchRow(tx, itemShape, id, version, kind === held.kind ? changes : { ...changes, choices });
}

export async function removeItem(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from advance_items where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw notFound('This item');
}

/** Adds what the advance doesn't have yet. @throws AppError not_found, invalid_input, advance_full */
export async function applyTemplate(tx: Tx, engagementId: string, key: string): Promise<{ created: number }> {
  await lockItems(tx, engagementId);
  const { items } = await checklists.get(tx, key).catch(() => {
    throw invalid('key', 'There is no checklist with this key.');
  });
  return { created: await insertItems(tx, engagementId, key, items) };
}

type New = TemplateItem & { answer?: string };

/** Behind what is there, in their order. */
async function insertItems(tx: Tx, engagementId: string, key: string, items: readonly New[]): Promise<number> {
  const there = await placedItems(tx, engagementId);
  const keys = orderKeysAfter(there.at(-1)?.sort ?? null, items.length);
  const wanted = items.map((each, index) => ({ answer: '', ...each, row: uuidv7(), sort: keys[index] }));
  const made = await tx.query(
    `insert into advance_items (org_id, id, engagement_id, section, title, hint, kind, choices, side, answer, state,
                                answered_by, answered_at, sort, template_key, template_item)
     select $1, w.row, $2, w.section, w.title, w.hint, w.kind, w.choices, w.side, w.answer,
            case when w.answer = '' then 'open' else 'answered' end,
            case when w.answer <> '' then $5 end, case when w.answer <> '' then $6::timestamptz end, w.sort, $3, w.id
       from json_to_recordset($4::json) as w(row uuid, id text, section text, title text, hint text, kind text,
                                             choices text[], side text, answer text, sort text)
     on conflict on constraint advance_items_template_once do nothing returning id`,
    [tx.scope.orgId, engagementId, key, JSON.stringify(wanted), tx.scope.actor, tx.scope.now],
  );
  requireRoomFor(there.length, made.length);
  return made.length;
}

/**
 * What another engagement asks, as far as this one doesn't yet; what was made of a checklist there counts as made of it
 * here.
 * @param answers with what we answer: it is often the same from show to show; theirs never is
 * @throws AppError not_found, invalid_input, advance_full
 */
export async function copyItems(
  tx: Tx,
  engagementId: string,
  { fromId, answers }: RouteInput<Routes['copy']>['body'],
): Promise<{ created: number }> {
  if (fromId === engagementId) throw invalid('fromId', 'Choose another engagement.');
  await lockItems(tx, engagementId);
  const [source] = await tx.query('select from engagements where org_id = $1 and id = $2', [tx.scope.orgId, fromId]);
  if (!source) throw invalid('fromId', 'There is no engagement with this id.');
  const items = await tx.query<New & { templateKey: string | null; templateItem: string | null; title: string }>(
    `select o.id, o.section, o.title, o.hint, o.kind, o.choices, o.side, o.template_key as "templateKey",
            o.template_item as "templateItem",
            case when $3 and o.side = 'us' and o.kind <> 'file' then o.answer else '' end as answer
       from advance_items o
      where o.org_id = $1 and o.engagement_id = $2
        and not exists (select from advance_items h where h.org_id = $1 and h.engagement_id = $4
                           and h.section = o.section and h.title = o.title)
      order by o.sort, o.id`,
    [tx.scope.orgId, fromId, answers, engagementId],
  );
  // What somebody added by hand there is known here by where it came from.
  const byKey = Map.groupBy(items, ({ templateKey }) => templateKey ?? `copy:${fromId}`);
  let created = 0;
  for (const [key, its] of byKey)
    created += await insertItems(
      tx,
      engagementId,
      key,
      its.map(({ templateItem, ...each }) => ({ ...each, id: templateItem ?? each.id })),
    );
  return { created };
}
