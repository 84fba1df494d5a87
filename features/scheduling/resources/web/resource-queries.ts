import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { resources } from '../contract.ts';

export const resourcesApi = createClient(resources);

export type ResourceFilter = Omit<RouteRequest<typeof resources.routes.list>['query'], 'after'>;

/** Skills are rows of their own. */
const meta = { alsoOn: ['resource_skills'] };

/** One page of people, places and things, by name. */
export const resourcesQuery = (org: string, filter: ResourceFilter) =>
  queryOptions({
    queryKey: orgKey(org, 'resources', 'page', filter),
    queryFn: ({ signal }) => resourcesApi.list({ org, query: filter }, { signal }),
    meta,
  });

/** All pages, one after the other. */
export const resourceListQuery = (org: string, filter: ResourceFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'resources', 'list', filter),
    queryFn: ({ signal, pageParam }) =>
      resourcesApi.list({ org, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta,
  });

export const resourceQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'resources', 'one', id),
    queryFn: ({ signal }) => resourcesApi.get({ org, params: { id } }, { signal }),
    meta,
  });

/** Skills and tags in use. */
export const facetsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'resources', 'facets'),
    queryFn: ({ signal }) => resourcesApi.facets({ org }, { signal }),
    meta,
  });
