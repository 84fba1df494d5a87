import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { files } from '../contract.ts';

export const filesApi = createClient(files);

/** Tables that whatever one does here touches. */
export const fileTables = ['files', 'file_versions', 'folders'];

/** What is looked at: a folder, what a search finds, or the trash. */
export interface FileView {
  folderId?: string | undefined;
  q?: string | undefined;
  trash?: boolean | undefined;
}

/** @param engagementId undefined: the organisation's own files; for those who see their own things, all of theirs */
export const fileListQuery = (org: string, engagementId: string | undefined, { folderId, q, trash }: FileView) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'files', 'list', engagementId, folderId, q, trash),
    queryFn: ({ signal, pageParam }) =>
      filesApi.list(
        {
          org,
          query: {
            engagementId,
            folderId,
            q,
            limit: 100,
            ...(trash && { trashed: 'true' }),
            ...(pageParam && { after: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['file_versions', 'engagements'] },
  });

export const folderQuery = (org: string, engagementId: string | undefined) =>
  queryOptions({
    queryKey: orgKey(org, 'folders', engagementId),
    queryFn: ({ signal }) => filesApi.folders({ org, query: { engagementId } }, { signal }),
  });

export const fileQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'files', 'one', id),
    queryFn: ({ signal }) => filesApi.get({ org, params: { id } }, { signal }),
    meta: { alsoOn: ['file_versions'] },
  });

export const usageQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'files', 'usage'),
    queryFn: ({ signal }) => filesApi.usage({ org }, { signal }),
    meta: { alsoOn: ['file_versions'] },
  });

/** Uploads that were begun here or elsewhere and not finished. */
export const uploadsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'file_uploads'),
    queryFn: ({ signal }) => filesApi.listUploads({ org }, { signal }),
    staleTime: 0,
  });

/** An address to look at a file's current version; asked for anew before it is over. Milliseconds. */
const linkFreshness = 4 * 60_000;

export const showLinkQuery = (org: string, id: string, versionId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'file_links', id, versionId),
    queryFn: ({ signal }) => filesApi.link({ org, params: { id }, query: { versionId, show: 'true' } }, { signal }),
    staleTime: linkFreshness,
    refetchInterval: linkFreshness,
    gcTime: 0,
  });

/** Saves a version, the current one when absent, on the reader's machine. */
export async function downloadFile(org: string, id: string, versionId?: string): Promise<void> {
  const { url } = await filesApi.link({ org, params: { id }, query: { versionId } });
  window.location.assign(url);
}
