import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { timeline } from '../contract.ts';

export const timelineApi = createClient(timeline);

/** Tables that a change of the schedule touches. */
export const scheduleTables = ['schedule_items', 'seats', 'claims', 'call_services'];

/** What happens when within an engagement, by start. A schedule has at most as many items as a page. */
export const scheduleQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'schedule_items', 'of', engagementId),
    queryFn: async ({ signal }) =>
      (await timelineApi.list({ org, params: { id: engagementId }, query: { limit: 500 } }, { signal })).items,
    meta: { alsoOn: ['seats', 'engagements', 'resources', 'engagement_people', 'roster_settings'] },
  });

/** Schedules to begin with. */
export const scheduleTemplatesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'timeline_templates'),
    queryFn: ({ signal }) => timelineApi.listTemplates({ org }, { signal }),
  });

/** What a schedule may clash with. */
export const clashTables = [
  'seats',
  'claims',
  'engagements',
  'engagement_people',
  'roster_settings',
  'working_hours',
  'time_off',
];

/** What doesn’t fit on a schedule, as it is saved. */
export const clashesQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'schedule_items', 'clashes', engagementId),
    queryFn: async ({ signal }) =>
      (await timelineApi.listClashes({ org, params: { id: engagementId } }, { signal })).items,
    meta: { alsoOn: clashTables },
  });
