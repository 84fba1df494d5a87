import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { parties } from '../contract.ts';

export const partiesApi = createClient(parties);

export type PartyFilter = Omit<RouteRequest<typeof parties.routes.list>['query'], 'after' | 'limit'>;

/** Contacts by name, narrowed by part of it, by kind and role. */
export const partyListQuery = (org: string, filter: PartyFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'parties', 'list', filter),
    queryFn: ({ signal, pageParam }) =>
      partiesApi.list(
        { org, query: { ...filter, limit: 100, ...(pageParam ? { after: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });

/** The first few by name. */
export const partiesQuery = (org: string, filter: PartyFilter & { limit: number }) =>
  queryOptions({
    queryKey: orgKey(org, 'parties', 'page', filter),
    queryFn: ({ signal }) => partiesApi.list({ org, query: filter }, { signal }),
  });

export const partyQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'parties', id),
    queryFn: ({ signal }) => partiesApi.get({ org, params: { id } }, { signal }),
  });

/** Contacts that may be the same as one that is about to be made. */
export const alikeQuery = (org: string, wanted: RouteRequest<typeof parties.routes.alike>['query']) =>
  queryOptions({
    queryKey: orgKey(org, 'parties', 'alike', wanted),
    queryFn: ({ signal }) => partiesApi.alike({ org, query: wanted }, { signal }),
  });

/** The people of a company, or the companies of a person. */
export const belongingsQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'party_people', id),
    queryFn: ({ signal }) => partiesApi.listBelongings({ org, params: { id } }, { signal }),
    meta: { alsoOn: ['parties'] },
  });

/** Roles that contacts have, the most frequent first. */
export const partyRolesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'parties', 'roles'),
    queryFn: ({ signal }) => partiesApi.listRoles({ org }, { signal }),
  });
