import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { reports, type ReportQuery } from '../contract.ts';

export const reportsApi = createClient(reports);

export const fairnessQuery = (org: string, query: ReportQuery) =>
  queryOptions({
    queryKey: orgKey(org, 'calls', 'fairness', query),
    queryFn: ({ signal }) => reportsApi.fairness({ org, query }, { signal }),
    placeholderData: keepPreviousData,
    meta: { alsoOn: ['seats', 'attendances', 'ranked_lists', 'ranked_entries', 'resources'] },
  });

export const responseTimesQuery = (org: string, query: ReportQuery) =>
  queryOptions({
    queryKey: orgKey(org, 'calls', 'response-times', query),
    queryFn: ({ signal }) => reportsApi.responseTimes({ org, query }, { signal }),
    placeholderData: keepPreviousData,
    meta: { alsoOn: ['resources'] },
  });
