import { infiniteQueryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { followUps } from '../contract.ts';

export const followUpsApi = createClient(followUps);

export type FollowUpFilter = Omit<RouteRequest<typeof followUps.routes.list>['query'], 'after'>;

/** Follow-ups by day, of one contact or engagement, or of somebody. */
export const followUpsQuery = (org: string, filter: FollowUpFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'follow_ups', filter),
    queryFn: ({ signal, pageParam }) =>
      followUpsApi.list({ org, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['parties', 'engagements', 'inquiries', 'memberships'] },
  });
