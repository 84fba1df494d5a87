import { Readable } from 'node:stream';
import { beginUpload, completeUpload } from '#features/files/server/uploads.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';

interface Kept {
  engagementId: string;
  /** Without its ending. */
  name: string;
  pdf: Uint8Array;
}

/** What file systems and mail programs take, and people can read. */
function fileName(name: string): string {
  const safe = name.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, ' ').replaceAll(/\s+/g, ' ');
  return `${safe.slice(0, 150).trim()}.pdf`;
}

/**
 * Keeps a PDF among the files of an engagement, by the way that every file takes: checked and scanned before anybody gets
 * it. Kept again under its name, it is a new version of the same file.
 * @throws AppError quota_exceeded
 */
export async function keepPdf(
  { files: { store, quota } }: Services,
  tx: Tx,
  { engagementId, name, pdf }: Kept,
): Promise<{ fileId: string; name: string }> {
  const { orgId, now } = tx.scope;
  const full = fileName(name);
  const [known] = await tx.query<{ id: string }>(
    `select id from files where org_id = $1 and engagement_id = $2 and folder_id is null and lower(name) = lower($3)
        and trashed_at is null`,
    [orgId, engagementId, full],
  );
  const uploadId = await beginUpload(
    tx,
    {
      name: full,
      size: pdf.byteLength,
      type: 'application/pdf',
      sha256: null,
      engagementId,
      folderId: null,
      shared: false,
      fileId: known?.id ?? null,
      modifiedAt: null,
    },
    quota,
  );
  const [upload] = await tx.query<{ key: string }>(
    'select object_key as key from file_uploads where org_id = $1 and id = $2',
    [orgId, uploadId],
  );
  if (!upload) throw new Error('The upload is gone.');
  const collection = await store.begin(upload.key);
  // A contract is far smaller than one part.
  const { number, size, tag } = await store.putPart(
    upload.key,
    collection,
    1,
    pdf.byteLength,
    Readable.from([Buffer.from(pdf)], { objectMode: false }),
  );
  await tx.query('update file_uploads set store_upload = $3, updated_at = $4 where org_id = $1 and id = $2', [
    orgId,
    uploadId,
    collection,
    now,
  ]);
  await tx.query('insert into file_upload_parts (org_id, upload_id, number, size, tag) values ($1, $2, $3, $4, $5)', [
    orgId,
    uploadId,
    number,
    size,
    tag,
  ]);
  return { fileId: await completeUpload(tx, uploadId), name: full };
}
