import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { engagements } from '../contract.ts';

export const engagementsApi = createClient(engagements);

export type EngagementFilter = Omit<RouteRequest<typeof engagements.routes.list>['query'], 'after'>;

/** Engagement rows carry the names of their series and place. */
const meta = { alsoOn: ['series', 'resources'] };

/** One page of engagements, by start. */
export const engagementsQuery = (org: string, filter: EngagementFilter) =>
  queryOptions({
    queryKey: orgKey(org, 'engagements', 'page', filter),
    queryFn: ({ signal }) => engagementsApi.list({ org, query: filter }, { signal }),
    meta,
  });

/** All pages, one after the other. */
export const engagementListQuery = (org: string, filter: EngagementFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'engagements', 'list', filter),
    queryFn: ({ signal, pageParam }) =>
      engagementsApi.list({ org, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta,
  });

/** One engagement with its parties and decisions. */
export const engagementQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'engagements', 'one', id),
    queryFn: ({ signal }) => engagementsApi.get({ org, params: { id } }, { signal }),
    meta: { alsoOn: [...meta.alsoOn, 'engagement_parties', 'stage_decisions', 'parties'] },
  });

export type SeriesFilter = Omit<RouteRequest<typeof engagements.routes.listSeries>['query'], 'after'>;

/** One page of series, by name. */
export const seriesQuery = (org: string, filter: SeriesFilter) =>
  queryOptions({
    queryKey: orgKey(org, 'series', 'page', filter),
    queryFn: ({ signal }) => engagementsApi.listSeries({ org, query: filter }, { signal }),
    meta: { alsoOn: ['engagements'] },
  });

export const seriesListQuery = (org: string, filter: SeriesFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'series', 'list', filter),
    queryFn: ({ signal, pageParam }) =>
      engagementsApi.listSeries({ org, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['engagements'] },
  });
