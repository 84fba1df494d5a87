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

export const planQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'organisations', 'plan'),
    queryFn: ({ signal }) => organisationsApi.getPlan({ org }, { signal }),
    meta: { alsoOn: ['memberships', 'invitations', 'engagements'] },
  });

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'memberships'),
    queryFn: ({ signal }) => organisationsApi.listMembers({ org }, { signal }),
    meta: { alsoOn: ['custom_roles', 'resources', 'parties'] },
  });

export const rolesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'custom_roles'),
    queryFn: ({ signal }) => organisationsApi.listRoles({ org }, { signal }),
    meta: { alsoOn: ['memberships', 'invitations', 'api_keys'] },
  });
