import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { detailsContract } from '../contract.ts';

export const detailsApi = createClient(detailsContract);

/** An engagement's fields and what they say. */
export const detailsQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'engagement_details', 'of', id),
    queryFn: ({ signal }) => detailsApi.get({ org, params: { id } }, { signal }),
    meta: { alsoOn: ['detail_sets'] },
  });

/** The fields of each pack. */
export const detailSetsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'detail_sets', 'all'),
    queryFn: ({ signal }) => detailsApi.listSets({ org }, { signal }),
  });
