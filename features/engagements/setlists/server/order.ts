import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';

/** The setlist of one engagement is put in order by one hand at a time: each move is one row, and none is lost. */
export async function lockSetlist(tx: Tx, engagementId: string): Promise<void> {
  const [found] = await tx.query('select id from engagements where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!found) throw notFound('This engagement');
}

/** Of the last entry of a set, or the last set of an engagement. */
export async function lastSort(tx: Tx, of: { setId: string } | { engagementId: string }): Promise<string | null> {
  const [last] = await tx.query<{ sort: string | null }>(
    'setId' in of
      ? 'select max(sort) as sort from setlist_entries where org_id = $1 and set_id = $2'
      : 'select max(sort) as sort from setlist_sets where org_id = $1 and engagement_id = $2',
    [tx.scope.orgId, 'setId' in of ? of.setId : of.engagementId],
  );
  return last?.sort ?? null;
}

/** A key behind one of these, or before all. @throws AppError invalid_input when it isn't among them */
function keyAfter(rows: readonly { id: string; sort: string }[], after: string | null): string {
  const at = after === null ? -1 : rows.findIndex(({ id }) => id === after);
  if (after !== null && at < 0) throw invalid('after', 'There is nothing with this id here.');
  return orderKeyBetween(rows[at]?.sort ?? null, rows[at + 1]?.sort ?? null);
}

export async function moveSet(tx: Tx, id: string, after: string | null): Promise<void> {
  const { orgId } = tx.scope;
  const engagementId = await engagementOf(tx, 'setlist_sets', id, 'This set');
  if (after === id) return;
  await lockSetlist(tx, engagementId);
  const rows = await tx.query<{ id: string; sort: string }>(
    'select id, sort from setlist_sets where org_id = $1 and engagement_id = $2 and id <> $3 order by sort, id',
    [orgId, engagementId, id],
  );
  await tx.query('update setlist_sets set sort = $3, updated_at = now() where org_id = $1 and id = $2', [
    orgId,
    id,
    keyAfter(rows, after),
  ]);
}

/** Within its set or into another one of the engagement. */
export async function moveEntry(
  tx: Tx,
  id: string,
  { setId, after }: { setId: string; after: string | null },
): Promise<void> {
  const { orgId } = tx.scope;
  const engagementId = await engagementOf(tx, 'setlist_entries', id, 'This entry');
  if (after === id) return;
  await lockSetlist(tx, engagementId);
  const [target] = await tx.query('select from setlist_sets where org_id = $1 and id = $2 and engagement_id = $3', [
    orgId,
    setId,
    engagementId,
  ]);
  if (!target) throw invalid('setId', 'The engagement has no set with this id.');
  const rows = await tx.query<{ id: string; sort: string }>(
    'select id, sort from setlist_entries where org_id = $1 and set_id = $2 and id <> $3 order by sort, id',
    [orgId, setId, id],
  );
  await tx.query(
    'update setlist_entries set set_id = $3, sort = $4, updated_at = now() where org_id = $1 and id = $2',
    [orgId, id, setId, keyAfter(rows, after)],
  );
}

/** @throws AppError not_found */
export async function engagementOf(
  tx: Tx,
  table: 'setlist_sets' | 'setlist_entries',
  id: string,
  what: string,
): Promise<string> {
  const [found] = await tx.query<{ engagementId: string }>(
    `select engagement_id as "engagementId" from ${table} where org_id = $1 and id = $2`,
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound(what);
  return found.engagementId;
}
