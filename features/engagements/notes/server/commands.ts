import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';
import type { notes, Visibility } from '../contract.ts';
import { emptyDocument } from '../update-rules.ts';
import { noteShape, requireNote, type NoteReader } from './queries.ts';

type Routes = (typeof notes)['routes'];

/** So many notes one engagement may have, removed ones too. */
const mostNotes = 200;

/** Notes of one engagement are placed one after the other, so that no two get one key. */
async function lockNotes(tx: Tx, engagementId: string, what: string): Promise<void> {
  const [found] = await tx.query('select id from engagements where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!found) throw notFound(what);
}

/** @returns the id. @throws AppError not_found, forbidden, invalid_input */
export async function createNote(
  tx: Tx,
  engagementId: string,
  input: RouteInput<Routes['create']>['body'],
  reader: NoteReader,
): Promise<string> {
  requireMayKeepFor(input.visibility, reader);
  await lockNotes(tx, engagementId, 'This engagement');
  const { orgId } = tx.scope;
  const [last] = await tx.query<{ sort: string | null; count: number }>(
    'select max(sort) as sort, count(*)::int as count from notes where org_id = $1 and engagement_id = $2',
    [orgId, engagementId],
  );
  if ((last?.count ?? 0) >= mostNotes)
    throw invalid('title', `There are ${mostNotes} notes already. Write into one of them.`);
  const sort = orderKeyBetween(last?.sort ?? null, null);
  const id = await insertRow(tx, noteShape, input, { engagement_id: engagementId, sort });
  await tx.query('insert into note_documents (org_id, id, state) values ($1, $2, $3)', [orgId, id, emptyDocument()]);
  return id;
}

/** @throws AppError not_found, forbidden, version_conflict */
export async function changeNote(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['change']>['body'],
  reader: NoteReader,
): Promise<void> {
  await requireNote(tx, id, reader);
  if (changes.visibility) requireMayKeepFor(changes.visibility, reader);
  await patchRow(tx, noteShape, id, version, changes);
}

/** Nobody puts a note where they can't read it themselves. */
function requireMayKeepFor(visibility: Visibility, reader: NoteReader): void {
  if (visibility !== 'managers' || reader.private) return;
  const message = 'Only those who read notes for managers may keep one for them.';
  throw new AppError('forbidden', { message, fields: [{ field: 'visibility', message }] });
}

/** Puts a note behind another one of its engagement. @param after null: first. @throws AppError not_found, invalid_input */
export async function moveNote(tx: Tx, id: string, after: string | null, reader: NoteReader): Promise<void> {
  await requireNote(tx, id, reader);
  if (after === id) return;
  const { orgId } = tx.scope;
  const [moved] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from notes where org_id = $1 and id = $2',
    [orgId, id],
  );
  if (!moved) throw notFound('This note');
  await lockNotes(tx, moved.engagementId, 'This note');
  // Those that the mover doesn't see, and removed ones, keep their places too.
  const keys = await tx.query<{ id: string; sort: string }>(
    'select id, sort from notes where org_id = $1 and engagement_id = $2 and id <> $3 order by sort, id',
    [orgId, moved.engagementId, id],
  );
  const at = after === null ? -1 : keys.findIndex((each) => each.id === after);
  if (after !== null && at < 0) throw invalid('after', 'There is no note with this id here.');
  const sort = orderKeyBetween(keys[at]?.sort ?? null, keys[at + 1]?.sort ?? null);
  await tx.query('update notes set sort = $3, updated_at = now() where org_id = $1 and id = $2', [orgId, id, sort]);
}

/** @throws AppError not_found */
export async function removeNote(tx: Tx, id: string, reader: NoteReader): Promise<void> {
  await requireNote(tx, id, reader);
  const { orgId, actor, now } = tx.scope;
  await tx.query(
    `update notes set removed_at = $3, removed_by = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and removed_at is null`,
    [orgId, id, now, actor],
  );
}

/** Of a note that is removed and that the asker may see: looked at by the caller. */
export async function restoreNote(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update notes set removed_at = null, removed_by = null, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id],
  );
}
