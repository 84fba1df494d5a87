import { scheduleItem } from '#features/engagements/timeline/contract.ts';
import { changeItem, createItem, removeItem } from '#features/engagements/timeline/server/commands.ts';
import { columnOf } from '#platform/contract/entity.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { asInstant, type RowThen } from '../rules.ts';
import { requireMay, type Undo } from './undo-entry.ts';

/** By the schedule's own commands: whoever is seated moves along, and is told. @returns what was done, as a sentence */
export async function undoScheduleItem({ tx, caller, entry }: Undo): Promise<string> {
  requireMay(caller, 'timeline.write', 'change the schedule');
  if (entry.operation === 'insert') {
    await removeItem(tx, entry.entityId);
    return 'It was taken off the schedule again.';
  }
  const fields = fieldsOf(entry.before ?? {});
  if (entry.operation === 'delete') {
    const id = entry.entityId;
    await createItem(tx, String(entry.before?.['engagement_id']), scheduleItem.create.parse({ ...fields, id }));
    return 'It is back on the schedule; its seats are open.';
  }
  if (Object.keys(fields).length === 0)
    throw new AppError('not_undoable', { message: 'Nothing in this change can be set back by hand.' });
  const [row] = await tx.query<{ version: number }>(
    'select version from schedule_items where org_id = $1 and id = $2',
    [tx.scope.orgId, entry.entityId],
  );
  if (!row) throw notFound('This item');
  await changeItem(tx, entry.entityId, scheduleItem.patch.parse({ version: row.version, ...fields }));
  return 'It is as it was before.';
}

/** The writable fields among the columns. */
function fieldsOf(columns: RowThen): Record<string, unknown> {
  const names = Object.keys(scheduleItem.fields).filter((field) => columnOf(field) in columns);
  return Object.fromEntries(names.map((field) => [field, asInstant(columns[columnOf(field)])]));
}
