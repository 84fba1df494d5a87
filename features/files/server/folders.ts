import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import type { files } from '../contract.ts';
import { requireFolder, requirePlace } from './places.ts';
import { folderShape, getFolder } from './queries.ts';

type NewFolder = RouteInput<(typeof files)['routes']['createFolder']>['body'];
type FolderChange = RouteInput<(typeof files)['routes']['changeFolder']>['body'];

/** Folders in folders, at most. */
const deepest = 10;

/** @returns the id */
export async function createFolder(tx: Tx, input: NewFolder): Promise<string> {
  const { engagementId, parentId } = input;
  await requirePlace(tx, { engagementId, folderId: null });
  if (parentId) await requireFolder(tx, parentId, engagementId, 'parentId');
  await requireShallow(tx, parentId);
  return insertRow(tx, folderShape, input);
}

/** @throws AppError not_found, name_taken, version_conflict, invalid_input when it would lie in itself */
export async function changeFolder(tx: Tx, id: string, { version, ...changes }: FolderChange): Promise<void> {
  await lockTree(tx);
  const before = await getFolder(tx, id);
  if (changes.parentId) {
    await requireFolder(tx, changes.parentId, before.engagementId, 'parentId');
    if ((await pathTo(tx, changes.parentId)).includes(id))
      throw invalid('parentId', 'A folder can’t lie in itself. Choose one outside of it.');
    await requireShallow(tx, changes.parentId);
  }
  await patchRow(tx, folderShape, id, version, changes);
}

/** @throws AppError not_found, folder_not_empty */
export async function removeFolder(tx: Tx, id: string): Promise<void> {
  const key = [tx.scope.orgId, id];
  // Against what is just being put there: it waits for this lock.
  const [found] = await tx.query('select from folders where org_id = $1 and id = $2 for update', key);
  if (!found) throw notFound('This folder');
  const [held] = await tx.query<{ files: number; folders: number }>(
    `select (select count(*)::int from files where org_id = $1 and folder_id = $2 and trashed_at is null) as files,
            (select count(*)::int from folders where org_id = $1 and parent_id = $2) as folders`,
    key,
  );
  if (held && held.files + held.folders > 0)
    throw new AppError('folder_not_empty', {
      message: 'There is something in this folder. Move or remove that first.',
    });
  await tx.query('delete from folders where org_id = $1 and id = $2', key);
}

/** Two moves at once could put two folders into each other. */
async function lockTree(tx: Tx): Promise<void> {
  await takeTurn(tx, 'files.tree');
}

/** The folder and those around it, from the inside out. */
async function pathTo(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive up as (
       select id, parent_id, 1 as depth from folders where org_id = $1 and id = $2
       union all select f.id, f.parent_id, up.depth + 1 from folders f join up on f.id = up.parent_id
        where f.org_id = $1 and up.depth < 100)
     select id from up order by depth`,
    [tx.scope.orgId, id],
  );
  return rows.map((row) => row.id);
}

async function requireShallow(tx: Tx, parentId: string | null): Promise<void> {
  if (parentId && (await pathTo(tx, parentId)).length >= deepest)
    throw invalid('parentId', `Folders lie in at most ${deepest} others. Choose one further out.`);
}
