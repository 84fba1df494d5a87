import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { setlists } from '../contract.ts';

export const setlistsApi = createClient(setlists);

/** Tables that a change of a setlist touches. */
export const setlistTables = ['setlist_sets', 'setlist_entries'];

/** Tables that a change of a song touches. */
export const songTables = ['songs', 'song_versions'];

/** The sets of an engagement and what is in them. */
export const setlistQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'setlist_entries', engagementId),
    queryFn: ({ signal }) => setlistsApi.get({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['setlist_sets', ...songTables] },
  });

/** Songs by title, narrowed by part of it. */
export const songListQuery = (org: string, q: string | undefined, archived = false) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'songs', 'list', q, archived),
    queryFn: ({ signal, pageParam }) =>
      setlistsApi.listSongs(
        {
          org,
          query: {
            ...(q ? { q } : {}),
            archived: archived ? 'true' : 'false',
            limit: 100,
            ...(pageParam ? { after: pageParam } : {}),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['song_versions', 'setlist_entries'] },
  });
