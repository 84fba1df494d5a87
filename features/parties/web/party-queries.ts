import { infiniteQueryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { parties } from '../contract.ts';

export const partiesApi = createClient(parties);

/** Contacts by name, narrowed by part of it. */
export const partyListQuery = (org: string, q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'parties', 'list', q),
    queryFn: ({ signal, pageParam }) =>
      partiesApi.list({ org, query: { q, limit: 100, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
