import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { outsideAdvance } from '../contract.ts';

export const outsideApi = createClient(outsideAdvance);

export interface LinkParams {
  orgId: string;
  token: string;
}

/** Nobody tells this page of changes: what others answered meanwhile is asked for so often, in milliseconds. */
const lookAgain = 20_000;

export const sheetQuery = (params: LinkParams) =>
  queryOptions({
    queryKey: ['advance', params.orgId, params.token],
    queryFn: ({ signal }) => outsideApi.get({ params }, { signal }),
    retry: false,
    refetchOnWindowFocus: true,
    staleTime: 0,
    refetchInterval: lookAgain,
  });
