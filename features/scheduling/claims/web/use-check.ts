import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { orgKey } from '#platform/client/query-client.ts';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { claimsApi } from './claim-queries.ts';

export interface CheckedClaim {
  claimId?: string;
  resourceId: string;
  startsAt: string;
  endsAt: string;
  units?: number;
}
export type CheckAnswer = Awaited<ReturnType<typeof claimsApi.check>>;

/** So long the asked time must stand still before the server is asked. Milliseconds. */
const pause = 120;
const most = 200;

/** What claims would meet, asked for while the user still decides. Null while unknown. */
export function useCheck(asked: readonly CheckedClaim[]): CheckAnswer | null {
  const org = useOrg();
  const claims = asked.slice(0, most);
  const key = JSON.stringify(claims);
  const settled = useSettled(key, pause);
  const valid = asked.length > 0 && asked.every(({ startsAt, endsAt }) => startsAt < endsAt);
  const { data } = useQuery({
    queryKey: orgKey(org.slug, 'claims', 'check', settled),
    queryFn: ({ signal }) => claimsApi.check({ org: org.slug, body: { claims } }, { signal }),
    enabled: valid && settled === key,
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    gcTime: 10_000,
    retry: false,
  });
  return valid ? (data ?? null) : null;
}
