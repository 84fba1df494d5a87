import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { guests } from '../contract.ts';

export const guestsApi = createClient(guests);

/** Tables that a change of the list touches. */
export const guestTables = ['guests', 'guest_allotments', 'guest_lists'];

/** The guest list of an engagement. */
export const guestListQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'guests', 'list', engagementId),
    queryFn: ({ signal }) => guestsApi.get({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['guest_allotments', 'guest_lists', 'parties', 'resources'] },
  });

/** Who may come in, and who is. */
export const doorQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'guests', 'door', engagementId),
    queryFn: ({ signal }) => guestsApi.door({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['guest_allotments', 'guest_lists'] },
  });
