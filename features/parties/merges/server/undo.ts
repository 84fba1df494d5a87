import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { undoDays } from '../rules.ts';
import { kept as keptSchema, type Kept } from './kept.ts';
import { pointTo } from './merge.ts';
import { partyReferences } from './references.ts';

const dayMs = 86_400_000;

/** Instant before which a merge can't be taken apart any more. */
export function undoableSince(now: Date): Date {
  return new Date(now.getTime() - undoDays * dayMs);
}

/**
 * Takes two contacts apart again. What somebody changed or moved on since stays as it is.
 * @returns ids of both. @throws AppError not_undoable, duplicate, not_found
 */
export async function undoMerge(tx: Tx, mergeId: string): Promise<{ survivorId: string; restoredId: string }> {
  const { orgId, actor, now } = tx.scope;
  const key = [orgId, mergeId];
  const [found] = await tx.query<{ survivorId: string; kept: unknown; undone: boolean; late: boolean }>(
    `select survivor_id as "survivorId", kept, undone_at is not null as undone, merged_at <= $3 as late
       from party_merges where org_id = $1 and id = $2 for update`,
    [...key, undoableSince(now)],
  );
  if (!found) throw notFound('This merge');
  const { survivorId } = found;
  if (found.undone) throw notUndoable('These contacts were taken apart already.');
  if (found.late || found.kept === null)
    throw notUndoable(`Contacts can be taken apart for ${undoDays} days. Make the other one anew instead.`);
  const kept = keptSchema.parse(found.kept);
  await tx.query('select from parties where org_id = $1 and id = $2 for update', [orgId, survivorId]);
  await setBack(tx, survivorId, kept.changed);
  await bringBack(tx, kept);
  await moveBack(tx, survivorId, kept);
  await tx.query('update party_merges set kept = null, undone_by = $3, undone_at = $4 where org_id = $1 and id = $2', [
    ...key,
    actor,
    now,
  ]);
  return { survivorId, restoredId: kept.merged.id };
}

function notUndoable(message: string): AppError {
  return new AppError('not_undoable', { message });
}

/** Each column that still is what the merge made of it. */
async function setBack(tx: Tx, survivorId: string, changed: Kept['changed']): Promise<void> {
  const before = Object.fromEntries(Object.entries(changed).map(([column, value]) => [column, value.before]));
  const after = Object.fromEntries(Object.entries(changed).map(([column, value]) => [column, value.after]));
  const columns = columnsOf(changed);
  if (columns.length === 0) return;
  const sets = columns.map(
    (column) =>
      `${column} = case when to_jsonb(r) -> '${column}' = $4::jsonb -> '${column}' then was.${column} else r.${column} end`,
  );
  await tx.query(
    `update parties r set ${sets.join(', ')}, version = r.version + 1, updated_at = now()
       from jsonb_populate_record(null::parties, $3::jsonb) as was where r.org_id = $1 and r.id = $2`,
    [tx.scope.orgId, survivorId, JSON.stringify(before), JSON.stringify(after)],
  );
}

/** Under its old id, so that links to it work again. Versions go on: an old editor must not overwrite the new row. */
async function bringBack(tx: Tx, { merged }: Kept): Promise<void> {
  const [account] = await tx.query('select from parties where org_id = $1 and user_id = $2', [
    tx.scope.orgId,
    merged['user_id'] ?? null,
  ]);
  if (account)
    throw notUndoable('Its account belongs to another contact by now. Untie it in the settings, under members, first.');
  const columns = columnsOf(merged).join(', ');
  await tx.query(
    `insert into parties (${columns}) select ${columns} from jsonb_populate_record(null::parties, $2::jsonb)
      where org_id = $1`,
    [tx.scope.orgId, JSON.stringify({ ...merged, version: merged.version + 1 })],
  );
}

/** Columns that a kept row has: one that a later migration added gets its default. */
function columnsOf(row: object): string[] {
  return Object.keys(row).filter((column) => /^[a-z_]+$/.test(column));
}

/** What still points at the survivor goes back; folded rows return where what they belong to is still there. */
async function moveBack(tx: Tx, survivorId: string, { merged, moved, folded }: Kept): Promise<void> {
  for (const reference of partyReferences) {
    const { table, column, parents = {} } = reference;
    const its = (each: { table: string; column: string }) => each.table === table && each.column === column;
    const ids = moved.find(its)?.ids;
    if (ids) await pointTo(tx, reference, { from: survivorId, to: merged.id, ids });
    const rows = folded.find(its)?.rows;
    if (!rows) continue;
    const standing = Object.entries(parents).map(
      ([parent, of]) => `exists (select from ${of} p where p.org_id = $1 and p.id = was.${parent})`,
    );
    const columns = columnsOf(rows[0] ?? {});
    await tx.query(
      `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => `was.${name}`).join(', ')}
         from jsonb_populate_recordset(null::${table}, $2::jsonb) as was
        where was.org_id = $1 ${standing.map((condition) => `and ${condition}`).join(' ')} on conflict do nothing`,
      [tx.scope.orgId, JSON.stringify(rows)],
    );
  }
}
