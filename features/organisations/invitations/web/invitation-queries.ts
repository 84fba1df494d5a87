import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { invitations } from '../contract.ts';

export const invitationsApi = createClient(invitations);

export const invitationsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'invitations'),
    queryFn: ({ signal }) => invitationsApi.list({ org }, { signal }),
    meta: { alsoOn: ['custom_roles', 'resources', 'parties'] },
  });

/** What an invitation is for; asking for it uses nothing up. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => invitationsApi.look({ body: { token } }, { signal }),
    retry: false,
  });
