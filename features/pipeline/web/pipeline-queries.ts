import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { pipeline } from '../contract.ts';

export const pipelineApi = createClient(pipeline);

export type BoardFilter = RouteRequest<typeof pipeline.routes.board>['query'];
export type ForecastFilter = RouteRequest<typeof pipeline.routes.forecast>['query'];

/** Cards carry names of their place, party and member, and their next follow-up. */
const meta = {
  alsoOn: ['stage_decisions', 'engagement_parties', 'parties', 'resources', 'follow_ups', 'memberships'],
};

/** Everything on the board. */
export const boardQuery = (org: string, filter: BoardFilter) =>
  queryOptions({
    queryKey: orgKey(org, 'engagements', 'pipeline', filter),
    queryFn: ({ signal }) => pipelineApi.board({ org, query: filter }, { signal }),
    meta,
  });

export const forecastQuery = (org: string, filter: ForecastFilter) =>
  queryOptions({
    queryKey: orgKey(org, 'engagements', 'forecast', filter),
    queryFn: ({ signal }) => pipelineApi.forecast({ org, query: filter }, { signal }),
    meta: { alsoOn: ['engagement_parties'] },
  });
