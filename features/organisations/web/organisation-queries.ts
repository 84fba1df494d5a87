import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { organisations } from '../contract.ts';

export const organisationsApi = createClient(organisations);

export const organisationQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'organisations'),
    queryFn: ({ signal }) => organisationsApi.get({ org }, { signal }),
  });

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'memberships'),
    queryFn: ({ signal }) => organisationsApi.listMembers({ org }, { signal }),
  });
