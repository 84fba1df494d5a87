import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { type CallState } from '../cascade-contract.ts';
import { calls } from '../contract.ts';

export const callsApi = createClient(calls);

/** Tables that calling people, and their answers, touch. */
export const callTables = ['cascades', 'calls', 'call_services', 'call_questions', 'seats', 'claims'];

/** What a round of calls shows of other tables. */
const shown = {
  alsoOn: ['calls', 'call_services', 'call_questions', 'seats', 'needs', 'schedule_items', 'resources', 'messages'],
};

/** The rounds of calls of an engagement, the newest first. */
export const cascadesQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'cascades', 'of', engagementId),
    queryFn: ({ signal }) => callsApi.listCascades({ org, query: { engagementId, limit: 500 } }, { signal }),
    meta: shown,
  });

/** Rounds under way or at their end all over the organisation, the newest first. */
export const latestCascadesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'cascades', 'latest'),
    queryFn: ({ signal }) => callsApi.listCascades({ org, query: { limit: 500 } }, { signal }),
    meta: shown,
  });

export const cascadeQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'cascades', 'one', id),
    queryFn: ({ signal }) => callsApi.getCascade({ org, params: { id } }, { signal }),
    meta: shown,
  });

export const callQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'calls', 'one', id),
    queryFn: ({ signal }) => callsApi.getCall({ org, params: { id } }, { signal }),
    meta: { alsoOn: ['call_services', 'call_questions', 'schedule_items', 'resources', 'messages'] },
  });

/** Whom the lists name for a need, or what is to be known of these people. */
export const candidatesQuery = (org: string, needId: string, ids?: readonly string[]) =>
  queryOptions({
    queryKey: orgKey(org, 'ranked_entries', 'candidates', needId, ids),
    queryFn: ({ signal }) =>
      callsApi.candidates({ org, params: { id: needId }, query: ids ? { ids: [...ids] } : {} }, { signal }),
    meta: { alsoOn: ['ranked_lists', 'calls', 'claims', 'time_off', 'resources', 'resource_skills'] },
  });

type Asked = RouteRequest<typeof calls.routes.forecast>['body'];

export const forecastQuery = (org: string, needId: string, body: Asked) =>
  queryOptions({
    queryKey: orgKey(org, 'seats', 'forecast', needId, body),
    queryFn: ({ signal }) => callsApi.forecast({ org, params: { id: needId }, body }, { signal }),
    retry: false,
  });

export interface CallFilter {
  engagementId?: string | undefined;
  resourceId?: string | undefined;
  state?: CallState | undefined;
  /** Instants. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Every call that went out, the newest first, page by page. */
export const callLogQuery = (org: string, { state, ...filter }: CallFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'calls', 'log', { state, ...filter }),
    queryFn: ({ pageParam, signal }) =>
      callsApi.listCalls(
        {
          org,
          query: { ...filter, ...(state && { state: [state] }), limit: 50, ...(pageParam && { after: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['call_services', 'call_questions', 'resources', 'engagements', 'needs'] },
  });

/** The calls of whoever is signed in: open ones first. */
export const myCallsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'calls', 'mine'),
    queryFn: ({ signal }) => callsApi.mine({ org }, { signal }),
    meta: {
      alsoOn: ['call_services', 'call_questions', 'cascades', 'seats', 'schedule_items', 'engagements', 'needs'],
    },
  });
