import { infiniteQueryOptions } from '@tanstack/react-query';
import { orgKey } from '#platform/client/query-client.ts';
import { toldTables, type ActivityPart } from '../activity-rules.ts';
import { historyApi } from './history-queries.ts';

export interface ActivityFilter {
  engagementId?: string | undefined;
  part?: ActivityPart | undefined;
  actor?: string | undefined;
}

/** What happened, newest first; looked at again when any table of a dossier changes. */
export const activityQuery = (org: string, filter: ActivityFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'changes', 'activity', filter),
    queryFn: ({ pageParam, signal }) =>
      historyApi.activity(
        { org, query: { ...filter, limit: 50, ...(pageParam ? { after: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: toldTables },
  });
