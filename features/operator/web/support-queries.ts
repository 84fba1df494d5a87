import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { support } from '../support-contract.ts';

export const supportApi = createClient(support);

export type SupportGrant = RouteOutput<typeof support.routes.open>;

export const supportGrantsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'support_grants'),
    queryFn: ({ signal }) => supportApi.list({ org }, { signal }),
    // Looks are entries of the audit trail.
    meta: { alsoOn: ['access'] },
  });
