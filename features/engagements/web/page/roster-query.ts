import { queryOptions } from '@tanstack/react-query';
import { orgKey } from '#platform/client/query-client.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { claimsApi } from '#features/scheduling/claims/web/claim-queries.ts';

/** Every claim of an engagement. */
export const rosterQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'claims', 'roster', engagementId),
    queryFn: async ({ signal }) => {
      const items: Claim[] = [];
      let after: string | undefined;
      do {
        const page = await claimsApi.list({ org, query: { engagementId, limit: 500, after } }, { signal });
        items.push(...page.items);
        after = page.next ?? undefined;
      } while (after);
      return items;
    },
    meta: { alsoOn: ['challenges', 'engagements'] },
  });
