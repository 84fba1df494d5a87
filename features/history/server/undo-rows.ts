import { restrictedColumns } from '#platform/contract/entity.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { RowThen } from '../rules.ts';
import { undoableRows, type Undoable } from '../undo-rules.ts';
import { requireMay, type Entry, type Undo } from './undo-entry.ts';

/** Columns that the writing itself sets. */
const stamps = new Set(['org_id', 'id', 'version', 'created_at', 'updated_at']);

/**
 * Takes back a change of a plain row of a dossier: a task, a guest, a leg. The database's constraints and triggers say what
 * can't be, as they do to everybody.
 * @returns what was done, as a sentence
 */
export async function undoRow(undo: Undo): Promise<string> {
  const { caller, entry } = undo;
  const table = undoableRows[entry.entity];
  if (!table) throw new AppError('not_undoable', { message: 'A change of this kind can’t be undone.' });
  requireMay(caller, table.permission, table.may);
  for (const column of Object.keys({ ...entry.before, ...entry.after })) {
    const permission = restrictedColumns(entry.entity).get(column);
    if (permission) requireMay(caller, permission, `set ${column.replaceAll('_', ' ')}`);
  }
  switch (entry.operation) {
    case 'insert':
      return removeAgain(undo, table.children ?? {});
    case 'delete':
      return bringBack(undo, table.children ?? {});
    default:
      return setBack(undo, table);
  }
}

/** @throws AppError changed_since where something was put into it since */
async function removeAgain({ tx, entry }: Undo, children: Readonly<Record<string, string>>): Promise<string> {
  for (const [table, column] of Object.entries(children)) {
    const [later] = await tx.query(
      `select c.id from ${table} c
        where c.org_id = $1 and c.${column} = $2
          and c.created_at <> (select at from changes where org_id = $1 and id = $3) limit 1`,
      [tx.scope.orgId, entry.entityId, entry.id],
    );
    if (later)
      throw new AppError('changed_since', {
        message: 'Something was added to it since. Undo that first, or change it by hand.',
      });
  }
  await tx.query(`delete from ${entry.entity} where org_id = $1 and id = $2`, [tx.scope.orgId, entry.entityId]);
  return 'It was removed again.';
}

/** The row as it was, and what the same deletion took along. */
async function bringBack({ tx, entry }: Undo, children: Readonly<Record<string, string>>): Promise<string> {
  const row = entry.before ?? {};
  // Versions go on: an editor who still has the old one open must not overwrite the new one.
  const again = typeof row['version'] === 'number' ? { ...row, version: row['version'] + 1 } : row;
  await tx.query(
    `insert into ${entry.entity} (${columnsOf(again)})
     select ${columnsOf(again)} from jsonb_populate_record(null::${entry.entity}, $1)`,
    [JSON.stringify(again)],
  );
  for (const [table, column] of Object.entries(children)) await bringBackChildren(entry, tx, table, column);
  return 'It is back as it was.';
}

/** Whoever is no longer known stays away. */
async function bringBackChildren(entry: Entry, tx: Undo['tx'], table: string, column: string): Promise<void> {
  const gone = await tx.query<{ before: RowThen }>(
    `select c.before from changes gone
       join changes c on c.org_id = $1 and c.entity = $3 and c.operation = 'delete' and c.at = gone.at
        and c.request_id is not distinct from gone.request_id and c.before ->> $4 = $5
      where gone.org_id = $1 and gone.id = $2
        and (c.before ->> 'person_id' is null
          or exists (select from resources p where p.org_id = $1 and p.id = (c.before ->> 'person_id')::uuid))
      order by c.id`,
    [tx.scope.orgId, entry.id, table, column, entry.entityId],
  );
  for (const { before } of gone) {
    await tx.query(
      `insert into ${table} (${columnsOf(before)}) select ${columnsOf(before)} from jsonb_populate_record(null::${table}, $1)`,
      [JSON.stringify(before)],
    );
  }
}

async function setBack({ tx, entry }: Undo, { derived = [], settled }: Undoable): Promise<string> {
  const before = entry.before ?? {};
  if (settled !== undefined && !(settled in before)) await requireUnsettled(tx, entry, settled);
  const columns = Object.keys(before).filter((column) => !stamps.has(column) && !derived.includes(column));
  if (columns.length === 0)
    throw new AppError('not_undoable', { message: 'Nothing in this change can be set back by hand.' });
  const versioned = 'version' in before ? 'version = r.version + 1, ' : '';
  const [found] = await tx.query(
    `update ${entry.entity} r set ${versioned}updated_at = now(), ${columns.map((column) => `${quoted(column)} = was.${quoted(column)}`).join(', ')}
       from jsonb_populate_record(null::${entry.entity}, $3) was where r.org_id = $1 and r.id = $2 returning r.id`,
    [tx.scope.orgId, entry.entityId, JSON.stringify(before)],
  );
  if (!found) throw notFound('This record');
  return 'It is as it was before.';
}

/** @throws AppError changed_since */
async function requireUnsettled(tx: Undo['tx'], { entity, entityId }: Entry, settled: string): Promise<void> {
  const [row] = await tx.query(
    `select from ${entity} where org_id = $1 and id = $2 and ${quoted(settled)} is not null`,
    [tx.scope.orgId, entityId],
  );
  if (row)
    throw new AppError('changed_since', {
      message: 'It is paid since. Note it as not paid first, or change it by hand.',
    });
}

const columnsOf = (row: RowThen) => Object.keys(row).map(quoted).join(', ');

/** Names come from the record, which only triggers write; quoted all the same. */
function quoted(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}
