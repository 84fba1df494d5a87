import { actorNames } from '#features/identity/server/actor-names.ts';
import { takesPart } from '#features/engagements/server/queries.ts';
import type { RouteInput, RouteOutput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import type { Databases } from '#platform/db/databases.ts';
import { byName, containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { file, folder, type File, type FileVersion, type files, type Folder, type VersionState } from '../contract.ts';
import { largestFile } from '../upload-rules.ts';

type FileFilter = RouteInput<(typeof files)['routes']['list']>['query'];

const contentJson = `json_build_object('id', v.id, 'number', v.number, 'size', v.size, 'type', v.type, 'state', v.state,
  'problem', v.problem, 'createdAt', iso(v.created_at))`;
const versionsOf = 'from file_versions v where v.org_id = r.org_id and v.file_id = r.id';

export const folderShape: RowShape = { entity: folder };

export const fileShape: RowShape = {
  entity: file,
  computed: {
    engagementTitle: '(select e.title from engagements e where e.org_id = r.org_id and e.id = r.engagement_id)',
    versions: `(select count(*)::int ${versionsOf})`,
    current: `(select ${contentJson} ${versionsOf} and v.current)`,
    newest: `(select ${contentJson} ${versionsOf} order by v.number desc limit 1)`,
  },
};
const fileJson = rowJson(fileShape);

/** A file that is shared with those who take part in its engagement, for an account that does. */
const sharedWith = (account: string) => `(r.shared and r.trashed_at is null and r.engagement_id in (
    select r.id from engagements r where r.org_id = $1 and ${takesPart(account)}))`;

/** @param own only what is shared with this account; it sees no folders, so it gets them all at once */
export function listFiles(tx: Tx, filter: FileFilter, own?: string): Promise<RawJson> {
  const { engagementId, folderId, q, trashed } = filter;
  const wanted = new Filter(tx, trashed === 'true' ? 'r.trashed_at is not null' : 'r.trashed_at is null')
    .add(sharedWith, own)
    .add((mark) => `r.engagement_id = ${mark}`, engagementId)
    .add((mark) => `r.name ilike ${mark}`, containing(q));
  if (!own && !engagementId) wanted.where.push('r.engagement_id is null');
  const everywhere = own !== undefined || trashed === 'true' || q;
  if (!everywhere && !folderId) wanted.where.push('r.folder_id is null');
  if (!everywhere) wanted.add((mark) => `r.folder_id = ${mark}`, folderId);
  return listJson(tx, { from: 'files r', filter: wanted, order: byName, item: fileJson, page: filter });
}

/** @param own only if it is shared with this account. @throws AppError not_found */
export async function getFile(tx: Tx, id: string, own?: string): Promise<File> {
  const [found] = await tx.query<{ file: File }>(
    `select ${fileJson} as file from files r where r.org_id = $1 and r.id = $2 ${own ? `and ${sharedWith('$3')}` : ''}`,
    [tx.scope.orgId, id, ...(own ? [own] : [])],
  );
  if (!found) throw notFound('This file');
  return found.file;
}

/** The newest first. Who takes part only sees what they may have: the current one, and not who brought it. */
export async function getFileWithVersions(
  tx: Tx,
  control: Databases['control'],
  id: string,
  own?: string,
): Promise<{ file: File; versions: FileVersion[] }> {
  const [found, rows] = await Promise.all([
    getFile(tx, id, own),
    tx.query<FileVersion>(
      `select v.id, v.number, v.size::float8 as size, v.type, v.state, v.problem, iso(v.created_at) as "createdAt", v.current,
              v.sha256, v.uploaded_by as "uploadedBy"
         from file_versions v where v.org_id = $1 and v.file_id = $2 and (v.current or $3) order by v.number desc limit 500`,
      [tx.scope.orgId, id, own === undefined],
    ),
  ]);
  const actors = own ? [] : rows.map(({ uploadedBy }) => uploadedBy);
  const names = await actorNames(control, tx.scope.orgId, actors);
  return { file: found, versions: rows.map((row) => ({ ...row, uploadedBy: names.get(row.uploadedBy) ?? '' })) };
}

/** One version as serving needs it. */
export interface ServedVersion {
  id: string;
  name: string;
  size: number;
  type: string;
  state: VersionState;
  objectKey: string;
}

interface Wanted {
  fileId?: string | undefined;
  /** The current one when absent. */
  versionId?: string | undefined;
}

/** @param own only the current one of a file that is shared with this account. @throws AppError not_found, also for the trash */
export async function getServedVersion(tx: Tx, { fileId, versionId }: Wanted, own?: string): Promise<ServedVersion> {
  const [found] = await tx.query<ServedVersion>(
    `select v.id, r.name, v.size::float8 as size, v.type, v.state, v.object_key as "objectKey"
       from files r join file_versions v on v.org_id = r.org_id and v.file_id = r.id
      where r.org_id = $1 and r.trashed_at is null and ($2::uuid is null or r.id = $2)
        and case when $3::uuid is null then v.current else v.id = $3 end
        ${own ? `and v.current and ${sharedWith('$4')}` : ''}`,
    [tx.scope.orgId, fileId ?? null, versionId ?? null, ...(own ? [own] : [])],
  );
  if (!found) throw notFound('This file');
  return found;
}

export async function listFolders(tx: Tx, engagementId: string | undefined): Promise<{ items: Folder[] }> {
  const rows = await tx.query<{ folder: Folder }>(
    `select ${rowJson(folderShape)} as folder from folders r where r.org_id = $1 and r.engagement_id is not distinct from $2
      order by lower(r.name), r.id limit 2000`,
    [tx.scope.orgId, engagementId ?? null],
  );
  return { items: rows.map(({ folder }) => folder) };
}

export function getFolder(tx: Tx, id: string): Promise<Folder> {
  return getRow<Folder>(tx, folderShape, id);
}

/** Bytes of all versions, and of uploads under way as they were announced. */
export async function usedBytes(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ used: number }>(
    `select ((select coalesce(sum(size), 0) from file_versions where org_id = $1)
           + (select coalesce(sum(size), 0) from file_uploads where org_id = $1 and version_id is null))::float8 as used`,
    [tx.scope.orgId],
  );
  return row?.used ?? 0;
}

export async function getUsage(
  tx: Tx,
  quota: number,
  scanned: boolean,
): Promise<RouteOutput<(typeof files)['routes']['usage']>> {
  const [used, [trash]] = await Promise.all([
    usedBytes(tx),
    tx.query<{ count: number }>(
      'select count(*)::int as count from files where org_id = $1 and trashed_at is not null',
      [tx.scope.orgId],
    ),
  ]);
  return { used, quota, largest: largestFile, scanned, trashed: trash?.count ?? 0 };
}
