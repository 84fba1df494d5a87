import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { inquiries } from '../contract.ts';

export const inquiriesApi = createClient(inquiries);

/** Tables that what is done with an inquiry touches. */
export const inquiryTables = ['inquiries', 'inquiry_messages', 'inquiry_claims', 'inquiry_decisions', 'claims'];

export type InquiryFilter = Omit<RouteRequest<typeof inquiries.routes.list>['query'], 'after'>;

export const inboxQuery = (org: string, filter: InquiryFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'inquiries', 'list', filter),
    queryFn: ({ signal, pageParam }) =>
      inquiriesApi.list({ org, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['inquiry_messages', 'inquiry_claims', 'forms', 'memberships'] },
  });

export const inquiryCountsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'inquiries', 'counts'),
    queryFn: ({ signal }) => inquiriesApi.counts({ org }, { signal }),
    meta: { alsoOn: ['forms'] },
  });

export const inquiryQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'inquiries', id),
    queryFn: ({ signal }) => inquiriesApi.get({ org, params: { id } }, { signal }),
    meta: {
      alsoOn: [
        'inquiry_messages',
        'inquiry_claims',
        'inquiry_decisions',
        'claims',
        'challenges',
        'parties',
        'engagements',
        'resources',
      ],
    },
  });

export const watchingQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'inquiry_watchers'),
    queryFn: ({ signal }) => inquiriesApi.getWatching({ org }, { signal }),
  });
