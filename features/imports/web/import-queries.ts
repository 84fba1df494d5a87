import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { imports, type ImportTask, type SeasonReport } from '../contract.ts';

export const importsApi = createClient(imports);

/** How often the progress of a running import is asked for, in milliseconds. */
const poll = 400;

export const importTaskQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'import_tasks', id),
    queryFn: ({ signal }) => importsApi.task({ org, params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' || !state.data ? poll : false),
  });

/** The report of a season, which has more to tell than a CSV's. */
export function seasonReportOf({ report }: ImportTask): SeasonReport | null {
  return report && 'programmes' in report ? report : null;
}
