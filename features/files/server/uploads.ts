import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue } from '#platform/jobs/task.ts';
import type { files, Upload } from '../contract.ts';
import { isDangerous, kindOf } from '../file-kinds.ts';
import { freeName } from '../name-rules.ts';
import { missingOffsets, partSize, sizeText } from '../upload-rules.ts';
import { dangerousName, lockFile } from './commands.ts';
import { namesAt, requireFreeName, requirePlace } from './places.ts';
import { getFile, usedBytes } from './queries.ts';

type NewUpload = RouteInput<(typeof files)['routes']['beginUpload']>['body'];

/** Uploads of one person under way, at most. */
const mostAtOnce = 200;

const uploadJson = `json_build_object('id', u.id, 'name', u.name, 'size', u.size, 'engagementId', u.engagement_id,
  'folderId', u.folder_id, 'fileId', u.file_id, 'modifiedAt', iso(u.modified_at), 'partSize', ${partSize},
  'createdAt', iso(u.created_at), 'received', coalesce((select json_agg((p.number - 1) * ${partSize}::bigint order by p.number)
     from file_upload_parts p where p.org_id = u.org_id and p.upload_id = u.id), '[]'::json))`;

/** Of the asker's own that are not complete. */
const ownOpen = 'from file_uploads u where u.org_id = $1 and u.started_by = $2 and u.version_id is null';

export async function listUploads(tx: Tx): Promise<{ items: Upload[] }> {
  const rows = await tx.query<{ upload: Upload }>(
    `select ${uploadJson} as upload ${ownOpen} order by u.created_at, u.id limit ${mostAtOnce}`,
    [tx.scope.orgId, tx.scope.actor],
  );
  return { items: rows.map(({ upload }) => upload) };
}

/** @throws AppError not_found for others' too */
export async function getUpload(tx: Tx, id: string): Promise<Upload> {
  const [found] = await tx.query<{ upload: Upload }>(`select ${uploadJson} as upload ${ownOpen} and u.id = $3`, [
    tx.scope.orgId,
    tx.scope.actor,
    id,
  ]);
  if (!found) throw notFound('This upload');
  return found.upload;
}

/** @returns the id. @throws AppError invalid_input, content_mismatch, name_taken, quota_exceeded, not_found */
export async function beginUpload(tx: Tx, input: NewUpload, quota: number): Promise<string> {
  const { orgId, actor } = tx.scope;
  const id = input.id ?? uuidv7();
  if (input.id && (await isSameUpload(tx, input.id, input))) return id;
  const target = input.fileId ? await targetOf(tx, input.fileId, input.name) : input;
  requireFittingName(target.name, input.type);
  if (!input.fileId) {
    await requirePlace(tx, target);
    await requireFreeName(tx, target, target.name);
  }
  await requireRoom(tx, input.size, quota);
  await tx.query(
    `insert into file_uploads (org_id, id, name, size, sha256, engagement_id, folder_id, shared, file_id, object_key,
                               started_by, modified_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
    [
      orgId,
      id,
      target.name,
      input.size,
      input.sha256,
      target.engagementId,
      target.folderId,
      input.shared,
      input.fileId,
      `${orgId}/${uuidv7()}`,
      actor,
      input.modifiedAt,
      tx.scope.now,
    ],
  );
  return id;
}

/** A retry whose first answer was lost. */
async function isSameUpload(tx: Tx, id: string, { size }: NewUpload): Promise<boolean> {
  const [found] = await tx.query(`select ${ownOpen} and u.id = $3 and u.size = $4`, [
    tx.scope.orgId,
    tx.scope.actor,
    id,
    size,
  ]);
  return found !== undefined;
}

/** The file that gets a new version: of the same kind, so that what is there stays what it was called. */
async function targetOf(tx: Tx, fileId: string, name: string) {
  const file = await lockFile(tx, fileId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found')
      throw invalid('fileId', 'There is no file with this id.');
    throw error;
  });
  if (file.trashedAt !== null) throw invalid('fileId', 'This file is in the trash. Take it out first.');
  if (kindOf(name).type !== kindOf(file.name).type)
    throw invalid('name', `A new version of “${file.name}” has the same ending. Upload this as a file of its own.`);
  return { name: file.name, engagementId: file.engagementId, folderId: file.folderId };
}

function requireFittingName(name: string, declared: string): void {
  if (isDangerous(name)) throw invalid('name', dangerousName(name));
  const kind = kindOf(name);
  const type = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  const vague = type === '' || type === 'application/octet-stream' || kind.group === 'other';
  if (vague || [kind.type, ...kind.bytes, ...kind.also].includes(type)) return;
  const message = `“${name}” is said to be ${type}, which doesn’t fit its ending. Give it the ending that fits.`;
  throw new AppError('content_mismatch', { message, fields: [{ field: 'type', message }] });
}

/** What was announced counts as used, so that two uploads can't share the last room. */
async function requireRoom(tx: Tx, size: number, quota: number): Promise<void> {
  const { orgId, actor } = tx.scope;
  await takeTurn(tx, 'files.room');
  const [used, [own]] = await Promise.all([
    usedBytes(tx),
    tx.query<{ count: number }>(`select count(*)::int as count ${ownOpen}`, [orgId, actor]),
  ]);
  if ((own?.count ?? 0) >= mostAtOnce)
    throw new AppError('quota_exceeded', {
      message: `You have ${mostAtOnce} uploads under way. Finish or discard some first.`,
    });
  if (used + size <= quota) return;
  const message = `This needs ${sizeText(size)}, and of ${sizeText(quota)} only ${sizeText(Math.max(0, quota - used))} are free. Empty the trash, remove files or older versions, or ask who runs this installation for more.`;
  throw new AppError('quota_exceeded', { message, fields: [{ field: 'size', message }] });
}

interface Complete {
  name: string;
  size: number;
  engagementId: string | null;
  folderId: string | null;
  shared: boolean;
  fileId: string | null;
  versionId: string | null;
  objectKey: string;
}

/**
 * Makes a file, or a new version of one, of what has arrived; a job looks into it. Two at once follow one another, and
 * the second finds it done.
 * @returns the file's id. @throws AppError not_found, upload_incomplete with the offsets that are missing
 */
export async function completeUpload(tx: Tx, id: string): Promise<string> {
  const { orgId, actor, now } = tx.scope;
  const [upload] = await tx.query<Complete>(
    `select name, size::float8 as size, engagement_id as "engagementId", folder_id as "folderId", shared, file_id as "fileId",
            version_id as "versionId", object_key as "objectKey"
       from file_uploads where org_id = $1 and started_by = $2 and id = $3 for update`,
    [orgId, actor, id],
  );
  if (!upload) throw notFound('This upload');
  if (upload.versionId) return fileOfVersion(tx, upload.versionId);
  await requireAllParts(tx, id, upload.size);
  const fileId = upload.fileId ?? (await insertFile(tx, upload));
  if (upload.fileId) await lockFile(tx, fileId);
  const versionId = uuidv7();
  await tx.query(
    `insert into file_versions (org_id, id, file_id, number, size, type, object_key, state, uploaded_by, created_at, updated_at)
     select $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, 'checking', $7, $8, $8
       from file_versions where org_id = $1 and file_id = $3`,
    [orgId, versionId, fileId, upload.size, kindOf(upload.name).type, upload.objectKey, actor, now],
  );
  await tx.query(
    'update file_uploads set version_id = $3, file_id = $4, updated_at = $5 where org_id = $1 and id = $2',
    [orgId, id, versionId, fileId, now],
  );
  await enqueueCheck(tx, versionId);
  return fileId;
}

/** One job for each version: a later one takes the place of one that has not begun. */
export function enqueueCheck(tx: Tx, versionId: string): Promise<void> {
  return enqueue(tx, 'files.check', { versionId }, { key: `files.check:${versionId}` });
}

async function fileOfVersion(tx: Tx, versionId: string): Promise<string> {
  const [found] = await tx.query<{ fileId: string }>(
    'select file_id as "fileId" from file_versions where org_id = $1 and id = $2',
    [tx.scope.orgId, versionId],
  );
  if (!found) throw notFound('This upload');
  return (await getFile(tx, found.fileId)).id;
}

async function requireAllParts(tx: Tx, id: string, size: number): Promise<void> {
  const parts = await tx.query<{ number: number }>(
    'select number from file_upload_parts where org_id = $1 and upload_id = $2',
    [tx.scope.orgId, id],
  );
  const missing = missingOffsets(
    size,
    parts.map(({ number }) => (number - 1) * partSize),
  );
  if (missing.length === 0) return;
  throw new AppError('upload_incomplete', {
    message: `${missing.length} of ${Math.ceil(size / partSize)} parts have not arrived. Send them, then complete the upload.`,
    extra: { missing: missing.slice(0, 1_000) },
  });
}

/** Its name may have been taken since it began: then it gets the next free one, and nothing is lost. */
async function insertFile(tx: Tx, upload: Complete): Promise<string> {
  const id = uuidv7();
  await requirePlace(tx, upload);
  const name = freeName(upload.name, await namesAt(tx, upload));
  await tx.query(
    'insert into files (org_id, id, engagement_id, folder_id, name, shared) values ($1, $2, $3, $4, $5, $6)',
    [tx.scope.orgId, id, upload.engagementId, upload.folderId, name, upload.shared],
  );
  return id;
}

/** @returns where its bytes lie. @throws AppError not_found, also for one that is complete */
export async function abandonUpload(tx: Tx, id: string): Promise<{ key: string; collection: string | null }> {
  const [gone] = await tx.query<{ key: string; collection: string | null }>(
    `delete from file_uploads where org_id = $1 and started_by = $2 and id = $3 and version_id is null
      returning object_key as key, store_upload as collection`,
    [tx.scope.orgId, tx.scope.actor, id],
  );
  if (!gone) throw notFound('This upload');
  return gone;
}
