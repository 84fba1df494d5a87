import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { freeName } from '../name-rules.ts';

/** Where a file is: in an engagement or the organisation, and there in a folder or in none. */
export interface Place {
  engagementId: string | null;
  folderId: string | null;
}

/** Neither goes away before this transaction ends. @throws AppError invalid_input that names the field */
export async function requirePlace(tx: Tx, { engagementId, folderId }: Place): Promise<void> {
  const { orgId } = tx.scope;
  if (engagementId) {
    const [found] = await tx.query('select from engagements where org_id = $1 and id = $2 for key share', [
      orgId,
      engagementId,
    ]);
    if (!found) throw invalid('engagementId', 'There is no engagement with this id.');
  }
  if (folderId) await requireFolder(tx, folderId, engagementId, 'folderId');
}

/** @param field to name when there is no such folder */
export async function requireFolder(tx: Tx, id: string, engagementId: string | null, field: string): Promise<void> {
  const [folder] = await tx.query<{ engagementId: string | null }>(
    'select engagement_id as "engagementId" from folders where org_id = $1 and id = $2 for key share',
    [tx.scope.orgId, id],
  );
  if (!folder) throw invalid(field, 'There is no folder with this id.');
  if (folder.engagementId !== engagementId)
    throw invalid(field, 'This folder belongs elsewhere. Choose one of the same engagement, or of the organisation.');
}

/** Names of the files at a place. */
export async function namesAt(tx: Tx, { engagementId, folderId }: Place): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select name from files where org_id = $1 and trashed_at is null
        and engagement_id is not distinct from $2 and folder_id is not distinct from $3`,
    [tx.scope.orgId, engagementId, folderId],
  );
  return rows.map(({ name }) => name);
}

/** @throws AppError name_taken with the file that has the name, and a name that is free */
export async function requireFreeName(tx: Tx, place: Place, name: string, but?: string): Promise<void> {
  const [taken] = await tx.query<{ id: string }>(
    `select id from files where org_id = $1 and trashed_at is null and engagement_id is not distinct from $2
        and folder_id is not distinct from $3 and lower(name) = lower($4) and id is distinct from $5`,
    [tx.scope.orgId, place.engagementId, place.folderId, name, but ?? null],
  );
  if (!taken) return;
  const suggestion = freeName(name, await namesAt(tx, place));
  const message = `There is a file called “${name}” here. Upload it as a new version of that one, or call it “${suggestion}”.`;
  throw new AppError('name_taken', {
    message,
    fields: [{ field: 'name', message }],
    extra: { fileId: taken.id, suggestion },
  });
}
