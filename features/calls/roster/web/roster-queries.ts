import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { roster } from '../contract.ts';

export const rosterApi = createClient(roster);

/** Tables that giving, changing and importing chairs touches. */
export const rosterTables = ['chairs', 'positions', 'resources', 'resource_skills'];

/** Who sits where on a day; today when absent. */
export const rosterQuery = (org: string, on: string | undefined) =>
  queryOptions({
    queryKey: orgKey(org, 'chairs', 'roster', on),
    queryFn: ({ signal }) => rosterApi.get({ org, query: on ? { on } : {} }, { signal }),
    meta: { alsoOn: ['positions', 'resources', 'time_off'] },
  });

/** Who holds and has held a position's chairs. */
export const holdersQuery = (org: string, positionId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'chairs', 'holders', positionId),
    queryFn: ({ signal }) => rosterApi.holders({ org, params: { id: positionId } }, { signal }),
    meta: { alsoOn: ['resources'] },
  });
