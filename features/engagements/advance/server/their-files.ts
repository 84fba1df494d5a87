import type { FastifyRequest } from 'fastify';
import { freeName } from '#features/files/name-rules.ts';
import { namesAt } from '#features/files/server/places.ts';
import { receivePart } from '#features/files/server/receive-part.ts';
import { beginUpload, completeUpload } from '#features/files/server/uploads.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Services } from '#platform/http/services.ts';
import { actByToken } from '#platform/http/token-scope.ts';
import { answerItem } from './answering.ts';
import type { OpenLink } from './link.ts';

/** Where the other side’s files lie in the dossier. */
const folderName = 'From the advance';

export interface TheirFile {
  itemId: string;
  /** Of the item, as it was seen. */
  version: number;
  name: string;
  size: number;
}

/**
 * Answers an item with a file that somebody of the other side sends, by the machinery of all files: its name and first bytes
 * are looked at before it is kept, the rest by a job, and nobody gets it before.
 * @param open looks whether the link still opens: before the bytes, and again when they have come
 * @throws AppError as uploads and answers do
 */
export async function answerWithFile(
  services: Services,
  orgId: string,
  request: FastifyRequest,
  { itemId, version, name, size }: TheirFile,
  linkId: string,
  open: (tx: Tx) => Promise<OpenLink>,
): Promise<void> {
  // Its own actor: an upload is its sender’s only.
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) =>
    actByToken(services, orgId, `advance:${linkId}`, request.id, work);
  const { scope, uploadId } = await inTenant(async (tx) => {
    const { engagementId } = await open(tx);
    await requireFileItem(tx, engagementId, itemId, version);
    const place = { engagementId, folderId: await folderOf(tx, engagementId) };
    const upload = {
      ...place,
      name: freeName(name, await namesAt(tx, place)),
      size,
      type: '',
      sha256: null,
      shared: false,
      fileId: null,
      modifiedAt: null,
    };
    return { scope: tx.scope, uploadId: await beginUpload(tx, upload, services.files.quota) };
  });
  await receivePart(services, scope, request, uploadId, 0);
  await inTenant(async (tx) => {
    const { engagementId } = await open(tx);
    const fileId = await completeUpload(tx, uploadId);
    await answerItem(tx, itemId, { version, answer: '', fileId }, { side: 'them', linkId, engagementId });
  });
}

/** Before the bytes come: what would be refused afterwards is refused now. */
async function requireFileItem(tx: Tx, engagementId: string, itemId: string, version: number): Promise<void> {
  const [item] = await tx.query<{ kind: string; side: string; version: number }>(
    'select kind, side, version from advance_items where org_id = $1 and engagement_id = $2 and id = $3',
    [tx.scope.orgId, engagementId, itemId],
  );
  if (!item) throw notFound('This item');
  if (item.side !== 'them' || item.kind !== 'file') throw invalid('name', 'This item isn’t answered by a file.');
  if (version > item.version) throw invalid('version', 'Send the version that you read.');
}

async function folderOf(tx: Tx, engagementId: string): Promise<string> {
  const find = () =>
    tx.query<{ id: string }>(
      `select id from folders where org_id = $1 and engagement_id = $2 and parent_id is null and lower(name) = lower($3)`,
      [tx.scope.orgId, engagementId, folderName],
    );
  const [known] = await find();
  if (known) return known.id;
  await tx.query(
    'insert into folders (org_id, id, engagement_id, name) values ($1, $2, $3, $4) on conflict do nothing',
    [tx.scope.orgId, uuidv7(), engagementId, folderName],
  );
  const [made] = await find();
  if (!made) throw new AppError('unavailable', { message: 'Try to add the file again.' });
  return made.id;
}
