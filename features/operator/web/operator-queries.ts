import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { operator } from '../contract.ts';

export const operatorApi = createClient(operator);

type Routes = typeof operator.routes;
export type Organisation = RouteOutput<Routes['listOrganisations']>['items'][number];
export type OrganisationDetail = RouteOutput<Routes['getOrganisation']>;
export type DatabaseState = RouteOutput<Routes['listDatabases']>['items'][number];
export type Operation = RouteOutput<Routes['getOperation']>;
export type Migrated = RouteOutput<Routes['planMigrations']>['items'][number];

/** There are no live updates beside the organisations': what is open asks again by itself, in milliseconds. */
const refresh = { refetchInterval: 5_000, staleTime: 2_000 };
/** What runs, such as a move, is watched more closely. */
const closely = 1_000;
const first: string | undefined = undefined;
const paged = {
  initialPageParam: first,
  getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
  ...refresh,
};

export interface OrganisationFilter {
  q?: string | undefined;
  status?: 'active' | 'suspended' | 'closed' | undefined;
  databaseId?: string | undefined;
}

export const installationQuery = queryOptions({
  queryKey: ['operator', 'installation'],
  queryFn: ({ signal }) => operatorApi.getInstallation({}, { signal }),
  ...refresh,
});

export const organisationsQuery = (filter: OrganisationFilter) =>
  infiniteQueryOptions({
    queryKey: ['operator', 'organisations', filter],
    queryFn: ({ signal, pageParam }) =>
      operatorApi.listOrganisations({ query: { ...filter, limit: 50, after: pageParam } }, { signal }),
    ...paged,
  });

export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: ['operator', 'organisation', id],
    queryFn: ({ signal }) => operatorApi.getOrganisation({ params: { id } }, { signal }),
    ...refresh,
    refetchInterval: ({ state }) => (state.data?.operation?.state === 'running' ? closely : refresh.refetchInterval),
  });

export const plansQuery = queryOptions({
  queryKey: ['operator', 'plans'],
  queryFn: ({ signal }) => operatorApi.listPlans({}, { signal }),
});

export const databasesQuery = queryOptions({
  queryKey: ['operator', 'databases'],
  queryFn: ({ signal }) => operatorApi.listDatabases({}, { signal }),
  ...refresh,
});

/** Asks every database, so only when somebody wants to know. */
export const migrationsQuery = queryOptions({
  queryKey: ['operator', 'migrations'],
  queryFn: ({ signal }) => operatorApi.planMigrations({}, { signal }),
  staleTime: 0,
});

export const operationsQuery = (filter: { organisationId?: string } = {}) =>
  infiniteQueryOptions({
    queryKey: ['operator', 'operations', filter],
    queryFn: ({ signal, pageParam }) =>
      operatorApi.listOperations({ query: { ...filter, limit: 50, after: pageParam } }, { signal }),
    ...paged,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((operation) => operation.state === 'running'))
        ? closely
        : refresh.refetchInterval,
  });

export interface SignInFilter {
  q?: string | undefined;
  outcome?: string | undefined;
}

export const signInsQuery = (filter: SignInFilter) =>
  infiniteQueryOptions({
    queryKey: ['operator', 'sign-ins', filter],
    queryFn: ({ signal, pageParam }) =>
      operatorApi.listSignIns({ query: { ...filter, limit: 50, after: pageParam } }, { signal }),
    ...paged,
  });

export const routingQuery = (filter: { event?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['operator', 'routing', filter],
    queryFn: ({ signal, pageParam }) =>
      operatorApi.listRoutingEvents({ query: { ...filter, limit: 50, after: pageParam } }, { signal }),
    ...paged,
  });

export const eventsQuery = (filter: { organisationId?: string } = {}) =>
  infiniteQueryOptions({
    queryKey: ['operator', 'log', filter],
    queryFn: ({ signal, pageParam }) =>
      operatorApi.listEvents({ query: { ...filter, limit: 50, after: pageParam } }, { signal }),
    ...paged,
  });

/** Something that an operator does. Afterwards everything of the console is asked for again. */
export function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: ['operator'] }),
  });
}
