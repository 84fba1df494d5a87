import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { needs } from '../contract.ts';

export const needsApi = createClient(needs);

/** Tables that seating people and changing needs touches. */
export const seatTables = ['seats', 'needs', 'claims'];

/** Services, needs and every seat of an engagement. */
export const seatGridQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'seats', 'grid', engagementId),
    queryFn: ({ signal }) => needsApi.grid({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['needs', 'schedule_items', 'resources'] },
  });
