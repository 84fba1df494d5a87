import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { history, type ChangeFilter } from '../contract.ts';

export const historyApi = createClient(history);

/** Tables whose changes the trail shows most; the others come with the next look. */
const told = [
  'access',
  'api_keys',
  'claims',
  'challenges',
  'custom_roles',
  'engagements',
  'engagement_parties',
  'invitations',
  'memberships',
  'organisations',
  'parties',
  'personal_details',
  'resources',
  'series',
  'stage_decisions',
  'support_grants',
];

/** The trail, newest first. */
export const changesQuery = (org: string, filter: ChangeFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'changes', 'list', filter),
    queryFn: ({ pageParam, signal }) =>
      historyApi.list({ org, query: { ...filter, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: told },
  });

export const actorsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'changes', 'actors'),
    queryFn: ({ signal }) => historyApi.actors({ org }, { signal }),
  });

/** The newest seal; a new one is made each minute where something changed. */
export const headQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'change_seals', 'head'),
    queryFn: ({ signal }) => historyApi.head({ org }, { signal }),
    refetchInterval: 30_000,
  });

/** An engagement as it was. What was, doesn't change: it is asked for once. */
export const asOfQuery = (org: string, id: string, at: string) =>
  queryOptions({
    queryKey: orgKey(org, 'as-of', id, at),
    queryFn: ({ signal }) => historyApi.asOf({ org, params: { id }, query: { at } }, { signal }),
    staleTime: Infinity,
    retry: false,
  });

/** The tabs of its dossier, likewise. */
export const dossierAsOfQuery = (org: string, id: string, at: string) =>
  queryOptions({
    queryKey: orgKey(org, 'as-of', 'dossier', id, at),
    queryFn: ({ signal }) => historyApi.dossierAsOf({ org, params: { id }, query: { at } }, { signal }),
    staleTime: Infinity,
    retry: false,
  });
