import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteOutput, RouteRequest } from '#platform/contract/contract.ts';
import { find } from '../contract.ts';

const api = createClient(find);

export type FindRequest = RouteRequest<typeof find.routes.find>['query'];
export type Match = RouteOutput<typeof find.routes.find>['items'][number];

/** Who or what is free. Whatever is booked, away or changed elsewhere makes the answer stale. */
export const matchesQuery = (org: string, request: FindRequest) =>
  queryOptions({
    queryKey: orgKey(org, 'claims', 'find', request),
    queryFn: ({ signal }) => api.find({ org, query: request }, { signal }),
    meta: { alsoOn: ['resources', 'resource_skills', 'working_hours', 'time_off', 'calendars'] },
  });
