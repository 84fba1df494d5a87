import type { FastifyRequest } from 'fastify';
import { beginUpload, completeUpload } from '#features/files/server/uploads.ts';
import { namesAt } from '#features/files/server/places.ts';
import { receivePart } from '#features/files/server/receive-part.ts';
import { freeName } from '#features/files/name-rules.ts';
import { filesFolder } from '#features/intake/inquiries/rules.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Services } from '#platform/http/services.ts';
import { actByToken } from '#platform/http/token-scope.ts';
import { visibleFields } from '../answer-rules.ts';
import type { Answers, FormField } from '../field-rules.ts';
import type { PageToken } from './page-token.ts';

/** In a day, of an organisation: 1.6 GB at most, whoever sends how many forms. */
const mostADay = 200;
/** Not sent yet, or not even here yet: more of them is no crowd of people. */
const mostUnsent = 60;

interface Added {
  slug: string;
  name: string;
  size: number;
}

/**
 * Takes in one file of an applicant, by the machinery of all files: its name and first bytes are looked at before it is
 * kept, the rest by a job, and nobody gets it before.
 * @returns its id, to be sent with the answers. @throws AppError as uploads do; not_found, form_closed, rate_limited
 */
export async function addFormFile(
  services: Services,
  orgId: string,
  request: FastifyRequest,
  token: PageToken,
  { slug, name, size }: Added,
): Promise<string> {
  // Its own actor: an upload is its sender’s only.
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) =>
    actByToken(services, orgId, `form:${token.id}`, request.id, work);
  const { scope, uploadId } = await inTenant(async (tx) => {
    await requireFileField(tx, slug, token);
    await requireFewFiles(tx);
    const folderId = await formFolder(tx);
    const place = { engagementId: null, folderId };
    const free = freeName(name, await namesAt(tx, place));
    const upload = {
      ...place,
      name: free,
      size,
      type: '',
      sha256: null,
      shared: false,
      fileId: null,
      modifiedAt: null,
    };
    return { scope: tx.scope, uploadId: await beginUpload(tx, upload, services.files.quota) };
  });
  await receivePart(services, scope, request, uploadId, 0).catch(async (error: unknown) => {
    // It isn't gone on with: whoever's line broke chooses the file again.
    await inTenant((tx) =>
      tx.query('delete from file_uploads where org_id = $1 and id = $2 and version_id is null', [orgId, uploadId]),
    );
    throw error;
  });
  return inTenant(async (tx) => {
    const fileId = await completeUpload(tx, uploadId);
    await tx.query('insert into form_files (org_id, id, form_id, added_at) values ($1, $2, $3, $4)', [
      orgId,
      fileId,
      token.formId,
      tx.scope.now,
    ]);
    return fileId;
  });
}

async function requireFileField(tx: Tx, slug: string, { formId, revision }: PageToken): Promise<void> {
  const [form] = await tx.query<{ open: boolean; asks: boolean }>(
    `select r.open, v.fields @> '[{"type": "file"}]' as asks
       from forms r join form_revisions v on v.org_id = r.org_id and v.form_id = r.id and v.number = $4
      where r.org_id = $1 and r.id = $2 and r.slug = $3`,
    [tx.scope.orgId, formId, slug, revision],
  );
  if (!form) throw notFound('This form');
  if (!form.open) throw new AppError('form_closed', { message: 'This form takes nothing at present.' });
  if (!form.asks) throw invalid('name', 'This form doesn’t ask for files.');
}

/** Strangers may not fill the organisation’s room, neither with files nor by announcing some. */
async function requireFewFiles(tx: Tx): Promise<void> {
  const [lately] = await tx.query<{ added: number; unsent: number }>(
    `select count(*) filter (where added_at >= $2)::int as added,
            count(*) filter (where sent_at is null)::int
              + (select count(*)::int from file_uploads u where u.org_id = $1 and ${underWay}) as unsent
       from form_files where org_id = $1 and added_at >= $3`,
    [tx.scope.orgId, ago(tx, 1), ago(tx, waitDays + 1)],
  );
  if ((lately?.added ?? 0) < mostADay && (lately?.unsent ?? 0) < mostUnsent) return;
  throw new AppError('rate_limited', {
    message: 'Too many files were added here today. Send it without, and mail them.',
  });
}

const underWay = "started_by like 'token:form:%' and version_id is null";

function ago(tx: Tx, days: number): Date {
  return new Date(tx.scope.now.getTime() - days * 86_400_000);
}

async function formFolder(tx: Tx): Promise<string> {
  const find = () =>
    tx.query<{ id: string }>(
      `select id from folders where org_id = $1 and engagement_id is null and parent_id is null and lower(name) = lower($2)`,
      [tx.scope.orgId, filesFolder],
    );
  const [known] = await find();
  if (known) return known.id;
  await tx.query('insert into folders (org_id, id, name) values ($1, $2, $3) on conflict do nothing', [
    tx.scope.orgId,
    uuidv7(),
    filesFolder,
  ]);
  const [made] = await find();
  if (!made) throw new AppError('unavailable', { message: 'Try to add the file again.' });
  return made.id;
}

/**
 * The files that answers name become part of what is sent: those only that were added to this form and not sent before.
 * @returns their ids. @throws AppError invalid_input with the field
 */
export async function claimFiles(
  tx: Tx,
  { formId }: PageToken,
  fields: readonly FormField[],
  answers: Answers,
): Promise<string[]> {
  const named = visibleFields(fields, answers).flatMap(({ key, type }) => {
    const value = answers[key];
    return type === 'file' && Array.isArray(value) ? [{ key, ids: value }] : [];
  });
  const ids = named.flatMap((each) => each.ids);
  if (ids.length === 0) return [];
  const sent = await tx.query<{ id: string }>(
    `update form_files set sent_at = $4 where org_id = $1 and form_id = $2 and id = any($3::uuid[]) and sent_at is null
      returning id`,
    [tx.scope.orgId, formId, ids, tx.scope.now],
  );
  const there = new Set(sent.map(({ id }) => id));
  const missing = named.find((each) => each.ids.some((id) => !there.has(id)));
  if (missing) throw invalid(`answers.${missing.key}`, 'A file isn’t there any more. Add it again.');
  return ids;
}

/** Days for which a file waits for its form to be sent. */
const waitDays = 2;

/** The rows; the night’s tidying of files takes the bytes. */
export async function removeUnsentFiles(tx: Tx): Promise<void> {
  const key = [tx.scope.orgId, ago(tx, waitDays)];
  await Promise.all([
    tx.query(
      `delete from files where org_id = $1 and id in (
         select id from form_files where org_id = $1 and sent_at is null and added_at < $2)`,
      key,
    ),
    tx.query(`delete from file_uploads where org_id = $1 and updated_at < $2 and ${underWay}`, key),
  ]);
}
