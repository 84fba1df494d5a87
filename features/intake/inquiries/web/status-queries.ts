import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { inquiryStatus } from '../status-contract.ts';

export const statusApi = createClient(inquiryStatus);

/** Nobody tells this page of changes: the true state is asked for so often, in milliseconds. */
const lookAgain = 60_000;

export interface StatusParams {
  orgId: string;
  token: string;
}

export const statusQuery = (params: StatusParams) =>
  queryOptions({
    queryKey: ['inquiry-page', params.orgId, params.token],
    queryFn: ({ signal }) => statusApi.get({ params }, { signal }),
    retry: false,
    refetchOnWindowFocus: true,
    staleTime: 0,
    refetchInterval: lookAgain,
  });
