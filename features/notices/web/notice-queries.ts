import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { notices } from '../contract.ts';
import { followedTables } from '../kinds.ts';

export const noticesApi = createClient(notices);

/** A job writes a notice about 100 ms after the change that it tells of. Milliseconds. */
const jobTakes = 500;

/**
 * Notices are nobody's history, so live updates don't name their table: what they tell of, does. Asking again
 * gives the job that writes them its time; one that was later still is found by the interval.
 */
export const noticesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'notices'),
    queryFn: async ({ client, queryKey, signal }) => {
      if (client.getQueryData(queryKey)) await new Promise((resolve) => setTimeout(resolve, jobTakes));
      return noticesApi.list({ org }, { signal });
    },
    meta: { alsoOn: followedTables },
    refetchInterval: 20_000,
  });
