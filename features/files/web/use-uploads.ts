import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { dependsOn } from '#platform/client/query-client.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Upload } from '../contract.ts';
import { fileTables, uploadsQuery } from './file-queries.ts';
import { uploadQueueOf, type UploadItem, type UploadQueue } from './upload-queue.ts';

export interface Uploads {
  queue: UploadQueue;
  items: readonly UploadItem[];
  /** Begun in another tab or before the page was loaded anew. */
  begun: readonly Upload[];
}

/** Uploads of this tab, and those on the server that wait for their file. */
export function useUploads(): Uploads {
  const org = useOrg();
  const queries = useQueryClient();
  const queue = uploadQueueOf(org.slug);
  const items = useSyncExternalStore(queue.subscribe, queue.items);
  const stored = useQuery({ ...uploadsQuery(org.slug), enabled: org.can('files.write') });
  const done = items.filter(({ state }) => state === 'done').length;
  useEffect(() => {
    if (done === 0) return;
    void queries.invalidateQueries({ predicate: dependsOn(org.slug, new Set([...fileTables, 'file_uploads'])) });
  }, [done, org.slug, queries]);
  const begun = useMemo(() => {
    const here = new Set(items.map(({ uploadId }) => uploadId));
    return (stored.data?.items ?? []).filter(({ id }) => !here.has(id));
  }, [items, stored.data]);
  return { queue, items, begun };
}
