import type { FileView } from './file-queries.ts';

/** What the page of files shows, in the address. */
export interface FilesSearch extends FileView {
  /** Those of an engagement; of the organisation when absent. */
  engagement?: string | undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function readFilesSearch(search: Record<string, unknown>): FilesSearch {
  const idOf = (value: unknown) => (typeof value === 'string' && uuid.test(value) ? value : undefined);
  const { q } = search;
  return {
    engagement: idOf(search['engagement']),
    folderId: idOf(search['folderId']),
    q: typeof q === 'string' && q ? q : undefined,
    trash: search['trash'] === true || undefined,
  };
}
