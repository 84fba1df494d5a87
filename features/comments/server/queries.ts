import { actorNames } from '#features/identity/server/actor-names.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { comment, type Comment } from '../contract.ts';
import type { Subject } from '../subject-kinds.ts';
import { findSubject, requireSubject, type Asker } from './subjects.ts';

/** Who wrote and who resolved are actors here, and get names in `named`. */
export const commentShape: RowShape = {
  entity: comment,
  computed: { writtenByName: 'r.written_by', resolvedByName: 'r.resolved_by', mine: 'false' },
};

const commentJson = rowJson(commentShape);

/** More is a chat, which has other places. */
export const mostComments = 1_000;

/** @throws AppError not_found */
export async function listComments(
  tx: Tx,
  control: Databases['control'],
  asker: Asker,
  { subject, subjectId }: { subject: Subject; subjectId: string },
): Promise<{ items: Comment[] }> {
  await requireSubject(tx, subject, subjectId, asker);
  const rows = await tx.query<{ row: Comment }>(
    `select ${commentJson} as row from comments r where r.org_id = $1 and r.subject = $2 and r.subject_id = $3
      order by r.created_at, r.id limit ${mostComments}`,
    [tx.scope.orgId, subject, subjectId],
  );
  return {
    items: await named(
      tx,
      control,
      rows.map(({ row }) => row),
    ),
  };
}

/** @throws AppError not_found, also for one about something that the asker may not see */
export async function getComment(tx: Tx, control: Databases['control'], asker: Asker, id: string): Promise<Comment> {
  const found = await getRow<Comment>(tx, commentShape, id);
  if (!(await findSubject(tx, found.subject, found.subjectId, asker))) throw notFound();
  const [shown] = await named(tx, control, [found]);
  return shown ?? found;
}

/** Open threads by what they are about, of an engagement that the asker may see. */
export async function countOpen(
  tx: Tx,
  asker: Asker,
  engagementId: string,
): Promise<{ items: { subject: Subject; subjectId: string; open: number }[] }> {
  await requireSubject(tx, 'engagements', engagementId, asker);
  const rows = await tx.query<{ subject: Subject; subjectId: string; open: number }>(
    `select subject, subject_id as "subjectId", count(*)::int as open from comments
      where org_id = $1 and engagement_id = $2 and parent_id is null and resolved_at is null
      group by subject, subject_id order by subject, subject_id limit 500`,
    [tx.scope.orgId, engagementId],
  );
  const seen = await Promise.all(rows.map(({ subject, subjectId }) => findSubject(tx, subject, subjectId, asker)));
  return { items: rows.filter((_, index) => seen[index]) };
}

async function named(tx: Tx, control: Databases['control'], rows: readonly Comment[]): Promise<Comment[]> {
  const actors = rows.flatMap(({ writtenByName, resolvedByName }) => [
    writtenByName,
    ...(resolvedByName ? [resolvedByName] : []),
  ]);
  const names = await actorNames(control, tx.scope.orgId, actors);
  return rows.map((row) => ({
    ...row,
    mine: row.writtenByName === tx.scope.actor,
    writtenByName: names.get(row.writtenByName) ?? row.writtenByName,
    resolvedByName: row.resolvedByName && (names.get(row.resolvedByName) ?? row.resolvedByName),
  }));
}
