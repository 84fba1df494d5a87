import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { needs } from '#features/calls/needs/contract.ts';

const needsApi = createClient(needs);

export type OpenNeed = RouteOutput<typeof needs.routes.open>['items'][number];

const shown = { alsoOn: ['needs', 'schedule_items', 'engagements'] };

/** Needs of one engagement that have open seats. */
export const openNeedsQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'seats', 'open', 'of', engagementId),
    queryFn: ({ signal }) => needsApi.open({ org, query: { engagementId, limit: 500 } }, { signal }),
    meta: shown,
  });

export interface OpenSeatFilter {
  skill?: string | undefined;
  /** Instants. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Needs with open seats over all engagements, by the first of them, page by page. */
export const openSeatsQuery = (org: string, filter: OpenSeatFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'seats', 'open', filter),
    queryFn: ({ pageParam, signal }) =>
      needsApi.open({ org, query: { ...filter, limit: 100, ...(pageParam && { after: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: shown,
  });
