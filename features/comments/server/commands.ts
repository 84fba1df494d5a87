import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';
import { publish } from '#platform/jobs/task.ts';
import type { comments } from '../contract.ts';
import type { Subject } from '../subject-kinds.ts';
import { commentShape, mostComments } from './queries.ts';
import { listReaders } from './readers.ts';
import { findSubject, notYours, requireSubject, type Asker } from './subjects.ts';

type Routes = (typeof comments)['routes'];

/** @returns the id. @throws AppError not_found, invalid_input */
export async function writeComment(
  tx: Tx,
  services: Services,
  asker: Asker,
  { subject, subjectId, parentId, ...input }: RouteInput<Routes['write']>['body'],
): Promise<string> {
  const { engagementId } = await requireSubject(tx, subject, subjectId, asker);
  await requireReaders(tx, services, subject, subjectId, input.mentioned);
  const { orgId, actor } = tx.scope;
  const key = [orgId, subject, subjectId];
  if (parentId) {
    const [thread] = await tx.query(
      'select id from comments where org_id = $1 and subject = $2 and subject_id = $3 and id = $4 and parent_id is null',
      [...key, parentId],
    );
    if (!thread) throw invalid('parentId', 'There is no thread with this id here.');
  }
  const [count] = await tx.query<{ all: number }>(
    'select count(*)::int as all from comments where org_id = $1 and subject = $2 and subject_id = $3',
    key,
  );
  if ((count?.all ?? 0) >= mostComments)
    throw invalid('body', `There are ${mostComments} comments already. Remove some of yours, or write a note.`);
  const id = await insertRow(tx, commentShape, input, {
    subject,
    subject_id: subjectId,
    engagement_id: engagementId,
    parent_id: parentId,
    written_by: actor,
  });
  await tellMentioned(tx, id, input.mentioned);
  return id;
}

/** @throws AppError not_found, forbidden, invalid_input, version_conflict */
export async function changeComment(
  tx: Tx,
  services: Services,
  asker: Asker,
  id: string,
  { version, ...changes }: RouteInput<Routes['change']>['body'],
): Promise<void> {
  const { subject, subjectId } = await requireMine(tx, asker, id);
  if (changes.mentioned) await requireReaders(tx, services, subject, subjectId, changes.mentioned);
  await patchRow(tx, commentShape, id, version, changes);
  await tx.query('update comments set edited_at = $3 where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
    tx.scope.now,
  ]);
  await tellMentioned(tx, id, changes.mentioned ?? []);
}

/** @throws AppError not_found, forbidden, in_use when somebody has answered */
export async function removeComment(tx: Tx, asker: Asker, id: string): Promise<void> {
  await requireMine(tx, asker, id);
  const gone = await tx.query(
    `delete from comments c where c.org_id = $1 and c.id = $2
        and not exists (select from comments a where a.org_id = $1 and a.parent_id = $2) returning c.id`,
    [tx.scope.orgId, id],
  );
  if (gone.length === 0)
    throw new AppError('in_use', { message: 'Somebody has answered. Resolve the thread instead.' });
}

/** Who resolved it first stays named. @throws AppError not_found, invalid_input */
export async function setResolved(tx: Tx, asker: Asker, id: string, resolved: boolean): Promise<void> {
  const { parentId } = await requireSeen(tx, asker, id);
  if (parentId) throw invalid('resolved', 'Only a whole thread is resolved: take the comment that begins it.');
  const { orgId, actor, now } = tx.scope;
  await tx.query(
    `update comments set resolved_at = $3, resolved_by = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and (resolved_at is null) = $5`,
    [orgId, id, resolved ? now : null, resolved ? actor : null, resolved],
  );
}

interface Held {
  subject: Subject;
  subjectId: string;
  parentId: string | null;
  writtenBy: string;
}

async function requireSeen(tx: Tx, asker: Asker, id: string): Promise<Held> {
  const [held] = await tx.query<Held>(
    `select subject, subject_id as "subjectId", parent_id as "parentId", written_by as "writtenBy"
       from comments where org_id = $1 and id = $2 for no key update`,
    [tx.scope.orgId, id],
  );
  if (!held || !(await findSubject(tx, held.subject, held.subjectId, asker))) throw notFound('This comment');
  return held;
}

async function requireMine(tx: Tx, asker: Asker, id: string): Promise<Held> {
  const held = await requireSeen(tx, asker, id);
  if (held.writtenBy !== tx.scope.actor) throw notYours();
  return held;
}

/** Nobody is told of what they may not see. */
async function requireReaders(
  tx: Tx,
  services: Services,
  subject: Subject,
  subjectId: string,
  mentioned: readonly string[],
): Promise<void> {
  const readers = await listReaders(tx, services, subject, subjectId, mentioned);
  const known = new Set(readers.map(({ id }) => id));
  if (mentioned.some((id) => !known.has(id)))
    throw invalid('mentioned', 'Only members who may read this can be mentioned.');
}

/** The notices' business. */
async function tellMentioned(tx: Tx, commentId: string, mentioned: readonly string[]): Promise<void> {
  if (mentioned.length > 0) await publish(tx, 'comments.mentioned', { commentId, by: tx.scope.actor });
}
