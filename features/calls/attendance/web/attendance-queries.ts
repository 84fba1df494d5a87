import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { attendance, type NewMark } from '../contract.ts';

export const attendanceApi = createClient(attendance);

/** Tables that noting attendance touches. */
export const attendanceTables = ['attendances', 'service_reports'];

/** Who was at which service of an engagement. */
export const attendanceQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'attendances', engagementId),
    queryFn: ({ signal }) => attendanceApi.get({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['service_reports', 'seats', 'schedule_items', 'needs', 'resources'] },
  });

/** Notes attendance; what comes back stands at once, so that the next note carries the right version. */
export function useMarks(engagementId: string) {
  const org = useOrg();
  const queries = useQueryClient();
  return useChange(org.slug, attendanceTables, async (marks: NewMark[], call) => {
    const sheet = await attendanceApi.set({ org: org.slug, params: { id: engagementId }, body: { marks } }, call);
    queries.setQueryData(attendanceQuery(org.slug, engagementId).queryKey, sheet);
    return sheet;
  });
}
