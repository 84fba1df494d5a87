import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { notices } from '../contract.ts';

export const noticesApi = createClient(notices);

/**
 * Notices are nobody's history, so live updates don't name their table: what they tell of, does. A job writes them
 * a moment after that, mostly before the update arrives; whichever comes later is found by asking now and then.
 */
export const noticesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'notices'),
    queryFn: ({ signal }) => noticesApi.list({ org }, { signal }),
    meta: { alsoOn: ['claims', 'challenges'] },
    refetchInterval: 20_000,
  });
