import * as z from 'zod';
import { engagement } from '#features/engagements/contract.ts';
import { changeEngagement, decideStage, removeEngagement } from '#features/engagements/server/commands.ts';
import { engagementShape } from '#features/engagements/server/queries.ts';
import { columnOf, restrictedColumns } from '#platform/contract/entity.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { insertRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { asInstant, type RowThen } from '../rules.ts';
import { requireMay, type Entry, type Undo } from './undo-entry.ts';

/** @returns what was done, as a sentence */
export function undoEngagement(undo: Undo): Promise<string> {
  switch (undo.entry.operation) {
    case 'insert':
      return removeAgain(undo);
    case 'delete':
      return bringBack(undo);
    default:
      return changeBack(undo);
  }
}

/** Made by mistake: deleted, unless it claims something. */
async function removeAgain({ tx, caller, entry }: Undo): Promise<string> {
  requireMay(caller, 'engagements.decide', 'delete an engagement');
  await removeEngagement(tx, entry.entityId);
  return 'It was deleted again.';
}

/** Fields by the editor's command, a decision by the one for decisions. */
async function changeBack({ tx, caller, entry, reason }: Undo): Promise<string> {
  const before = entry.before ?? {};
  const version = await currentVersion(tx, entry.entityId);
  const fields = fieldsOf(before);
  const stage = before['stage'];
  if (Object.keys(fields).length > 0) {
    requireMay(caller, 'engagements.write', 'change an engagement');
    for (const [column, permission] of restrictedColumns('engagements'))
      if (column in before) requireMay(caller, permission, 'change this of an engagement');
    await changeEngagement(tx, entry.entityId, engagement.patch.parse({ version, ...fields }));
  }
  if (typeof stage === 'string') {
    requireMay(caller, 'engagements.decide', 'move an engagement through its stages');
    await decideStage(tx, entry.entityId, { version, stage, reason });
  }
  if (Object.keys(fields).length === 0 && typeof stage !== 'string') {
    throw new AppError('not_undoable', { message: 'Nothing in this change can be set back by hand.' });
  }
  return 'It is as it was before.';
}

async function currentVersion(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>('select version from engagements where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
  ]);
  if (!row) throw notFound('This engagement');
  return row.version;
}

/** The writable fields among the columns. */
function fieldsOf(columns: RowThen): Record<string, unknown> {
  const names = Object.keys(engagement.fields).filter((field) => columnOf(field) in columns);
  return Object.fromEntries(names.map((field) => [field, asInstant(columns[columnOf(field)])]));
}

/** The same record, with the contacts and decisions that went with it. Contacts that are gone themselves stay away. */
async function bringBack({ tx, caller, entry }: Undo): Promise<string> {
  requireMay(caller, 'engagements.decide', 'bring back an engagement');
  const row = z.looseObject({ version: z.int() }).parse(entry.before);
  const { version: _, ...fields } = engagement.patch.parse({ version: row.version, ...fieldsOf(row) });
  const { pack, stage, confirmed_at } = row;
  // Versions go on: an editor who still has the old record open must not overwrite the new one.
  const extra = { pack, stage, confirmed_at, version: row.version + 1 };
  await insertRow(tx, engagementShape, { id: entry.entityId, ...fields }, extra);
  for (const table of ['engagement_parties', 'stage_decisions'] as const) await bringBackRows(tx, table, entry);
  return 'It is back, with its contacts and decisions.';
}

/** What the same deletion took with it: rows that went in the same transaction. */
async function bringBackRows(
  tx: Tx,
  table: 'engagement_parties' | 'stage_decisions',
  { id, entityId }: Entry,
): Promise<void> {
  const present =
    table === 'engagement_parties'
      ? 'where exists (select from parties p where p.org_id = $1 and p.id = r.party_id)'
      : '';
  await tx.query(
    `insert into ${table} select r.* from changes gone
       join changes c on c.org_id = $1 and c.engagement_id = $2 and c.at = gone.at
                     and c.request_id is not distinct from gone.request_id
        and c.entity = '${table}' and c.operation = 'delete'
       cross join lateral jsonb_populate_record(null::${table}, c.before) r
       ${present ? `${present} and` : 'where'} gone.org_id = $1 and gone.id = $3`,
    [tx.scope.orgId, entityId, id],
  );
}
