import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Scope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { WrongSize } from '#platform/files/exact-size.ts';
import type { StoredPart } from '#platform/files/store.ts';
import type { Services } from '#platform/http/services.ts';
import { partAt, partSize } from '../upload-rules.ts';
import { contentFault, headSize } from './content-fault.ts';
import { abandonUpload } from './uploads.ts';

interface OpenUpload {
  name: string;
  size: number;
  key: string;
  collection: string | null;
}

/**
 * Hands one part from the sender to the store as it comes. No transaction is open while it does: the sender may be
 * slow. The first part is looked into before it is kept, so that a wrong file is refused early.
 * @throws AppError not_found, invalid_input, part_broken, content_mismatch
 */
export async function receivePart(
  services: Services,
  scope: Scope,
  request: FastifyRequest,
  id: string,
  offset: number,
): Promise<void> {
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) => withTenant(services.databases, scope, work);
  const upload = await inTenant((tx) => openUpload(tx, id));
  const place = partAt(offset, upload.size);
  if (!place) throw invalid('offset', `Must be a multiple of ${partSize} within the file.`);
  const body = bodyOf(request, place.size);
  const { store } = services.files;
  const collection = upload.collection ?? (await beginCollection(services, inTenant, id, upload.key));
  const content = offset === 0 ? Readable.from(lookedInto(upload.name, body), { objectMode: false }) : body;
  const part = await store
    .putPart(upload.key, collection, place.number, place.size, content)
    .catch(async (error: unknown) => {
      if (error instanceof AppError) {
        // A file that isn't what it says never will be: nothing of it is kept, nor room for it.
        await discard(services, inTenant, id);
        throw error;
      }
      if (error instanceof WrongSize || body.destroyed || body.errored) throw broken(place.size, error);
      throw error;
    });
  await inTenant((tx) => notePart(tx, id, part));
}

async function discard(
  { files: { store } }: Services,
  inTenant: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  id: string,
): Promise<void> {
  const gone = await inTenant((tx) => abandonUpload(tx, id));
  if (gone.collection) await store.abandon(gone.key, gone.collection);
}

/** @throws AppError invalid_input without bytes, part_broken when another size is announced */
function bodyOf(request: FastifyRequest, size: number): Readable {
  const { body, headers } = request;
  if (!(body instanceof Readable))
    throw new AppError('invalid_input', { message: 'Send the bytes, with content-type: application/octet-stream.' });
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) !== size) throw broken(size);
  return body;
}

function broken(size: number, cause?: unknown): AppError {
  return new AppError('part_broken', {
    message: `This part has ${size} bytes, and others arrived. Send it again.`,
    cause,
  });
}

async function openUpload(tx: Tx, id: string, lock = ''): Promise<OpenUpload> {
  const [found] = await tx.query<OpenUpload>(
    `select name, size::float8 as size, object_key as key, store_upload as collection from file_uploads
      where org_id = $1 and started_by = $2 and id = $3 and version_id is null ${lock}`,
    [tx.scope.orgId, tx.scope.actor, id],
  );
  if (!found) throw notFound('This upload');
  return found;
}

/** Two first parts at once each begin one: the later gives way. */
async function beginCollection(
  { files: { store } }: Services,
  inTenant: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  id: string,
  key: string,
): Promise<string> {
  const begun = await store.begin(key);
  const agreed = await inTenant(async (tx) => {
    await tx.query('update file_uploads set store_upload = $3 where org_id = $1 and id = $2 and store_upload is null', [
      tx.scope.orgId,
      id,
      begun,
    ]);
    return (await openUpload(tx, id)).collection;
  });
  if (agreed === null) throw notFound('This upload');
  if (agreed !== begun) await store.abandon(key, begun);
  return agreed;
}

/** Holds the first bytes back until they were looked at. */
async function* lookedInto(name: string, body: Readable): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    if (head === undefined) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < headSize) continue;
    await requireFitting(name, head);
    yield head;
    head = undefined;
  }
  if (head === undefined) return;
  await requireFitting(name, head);
  yield head;
}

async function requireFitting(name: string, head: Buffer): Promise<void> {
  const message = await contentFault(name, head.subarray(0, headSize));
  if (message) throw new AppError('content_mismatch', { message, fields: [{ field: 'name', message }] });
}

/** Unless the upload was completed or discarded while the bytes came. */
async function notePart(tx: Tx, id: string, { number, size, tag }: StoredPart): Promise<void> {
  await openUpload(tx, id, 'for update');
  const { orgId, now } = tx.scope;
  await tx.query(
    `insert into file_upload_parts (org_id, upload_id, number, size, tag) values ($1, $2, $3, $4, $5)
     on conflict (org_id, upload_id, number) do update set size = excluded.size, tag = excluded.tag`,
    [orgId, id, number, size, tag],
  );
  await tx.query('update file_uploads set updated_at = $3 where org_id = $1 and id = $2', [orgId, id, now]);
}
