import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { merges } from '../contract.ts';

export const mergesApi = createClient(merges);

/** Tables that a merge and its way back touch. */
export const mergeTables = [
  'parties',
  'engagement_parties',
  'party_people',
  'party_merges',
  'party_distinctions',
  'follow_ups',
  'inquiries',
  'guest_allotments',
];

/** Looks through every contact: not asked for again with each change of one. */
export const duplicatesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'party_distinctions', 'duplicates'),
    queryFn: ({ signal }) => mergesApi.duplicates({ org }, { signal }),
    meta: { alsoOn: ['party_merges'] },
    staleTime: 60_000,
  });

/** Two contacts side by side, as they are now. */
export const compareQuery = (org: string, id: string, otherId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'parties', 'compare', id, otherId),
    queryFn: ({ signal }) => mergesApi.compare({ org, params: { id, otherId } }, { signal }),
    // Somebody is choosing between these values: they change under nobody’s hands.
    staleTime: Infinity,
    gcTime: 0,
  });

export const mergeListQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'party_merges', id),
    queryFn: ({ signal }) => mergesApi.list({ org, params: { id } }, { signal }),
  });
