import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { File, files } from '../contract.ts';
import { isDangerous, kindOf } from '../file-kinds.ts';
import { freeName } from '../name-rules.ts';
import { namesAt, requireFreeName, requirePlace } from './places.ts';
import { fileShape, getFile } from './queries.ts';

type FileChange = RouteInput<(typeof files)['routes']['change']>['body'];

/** @throws AppError not_found, name_taken with a free one, version_conflict, invalid_input */
export async function changeFile(tx: Tx, id: string, { version, ...changes }: FileChange): Promise<void> {
  const before = await lockFile(tx, id);
  if (before.trashedAt !== null) throw invalid('id', 'This file is in the trash. Take it out first.');
  const moved = changes.engagementId !== undefined && changes.engagementId !== before.engagementId;
  // Folders stay where they are: a file that goes elsewhere leaves its own.
  const wanted = moved && changes.folderId === undefined ? { ...changes, folderId: null } : changes;
  const after = { ...before, ...wanted };
  if (wanted.name !== undefined) requireSameKind(before.name, wanted.name);
  await requirePlace(tx, after);
  await requireFreeName(tx, after, after.name, id);
  await patchRow(tx, fileShape, id, version, wanted);
}

/** What was looked into is what its name says: another ending would be another promise. */
function requireSameKind(before: string, after: string): void {
  if (isDangerous(after)) throw invalid('name', dangerousName(after));
  if (kindOf(before).type === kindOf(after).type) return;
  throw invalid('name', `Keep the ending of “${before}”: the content stays what it is.`);
}

export function dangerousName(name: string): string {
  return `A computer would run “${name}”, or a browser would open it as a page. Put it into a ZIP file and upload that.`;
}

/** Twice is harmless. */
export async function trashFile(tx: Tx, id: string): Promise<void> {
  await lockFile(tx, id);
  await tx.query(
    `update files set trashed_at = $3, trashed_by = $4, version = version + 1, updated_at = $3
      where org_id = $1 and id = $2 and trashed_at is null`,
    [tx.scope.orgId, id, tx.scope.now, tx.scope.actor],
  );
}

/** Its folder may be gone, and its name taken: then it comes back without the one and under another. */
export async function restoreFile(tx: Tx, id: string): Promise<void> {
  const file = await lockFile(tx, id);
  if (file.trashedAt === null) return;
  const name = freeName(file.name, await namesAt(tx, file));
  await tx.query(
    `update files set trashed_at = null, trashed_by = null, name = $3, version = version + 1, updated_at = $4
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id, name, tx.scope.now],
  );
}

/** Its bytes go by a job: what has no row any more is swept. @throws AppError not_found, invalid_input outside of the trash */
export async function purgeFile(tx: Tx, id: string): Promise<string[]> {
  const file = await lockFile(tx, id);
  if (file.trashedAt === null) throw invalid('id', 'Put this file into the trash first.');
  const keys = await tx.query<{ key: string }>(
    'select object_key as key from file_versions where org_id = $1 and file_id = $2',
    [tx.scope.orgId, id],
  );
  await tx.query('delete from files where org_id = $1 and id = $2', [tx.scope.orgId, id]);
  return keys.map(({ key }) => key);
}

/** @throws AppError not_found, not_served when nobody may get that version */
export async function restoreVersion(tx: Tx, fileId: string, versionId: string): Promise<void> {
  const { orgId } = tx.scope;
  await lockFile(tx, fileId);
  const [found] = await tx.query<{ state: string; number: number }>(
    'select state, number from file_versions where org_id = $1 and file_id = $2 and id = $3',
    [orgId, fileId, versionId],
  );
  if (!found) throw notFound('This version');
  if (found.state !== 'clean' && found.state !== 'unscanned')
    throw new AppError('not_served', { message: `Version ${found.number} can’t be used. Choose another one.` });
  await makeCurrent(tx, fileId, versionId);
}

/** The one that people get. Two statements: at no moment are there two. */
export async function makeCurrent(tx: Tx, fileId: string, versionId: string): Promise<void> {
  const { orgId, now } = tx.scope;
  await tx.query(
    'update file_versions set current = false, updated_at = $4 where org_id = $1 and file_id = $2 and current and id <> $3',
    [orgId, fileId, versionId, now],
  );
  await tx.query(
    'update file_versions set current = true, updated_at = $4 where org_id = $1 and file_id = $2 and id = $3 and not current',
    [orgId, fileId, versionId, now],
  );
  // What lists show of the file is another content now: whoever looks learns it by the file, too.
  await tx.query('update files set updated_at = $3 where org_id = $1 and id = $2', [orgId, fileId, now]);
}

/** Changes of one file follow one another. @throws AppError not_found */
export async function lockFile(tx: Tx, id: string): Promise<File> {
  const [found] = await tx.query('select from files where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    id,
  ]);
  if (!found) throw notFound('This file');
  return getFile(tx, id);
}
