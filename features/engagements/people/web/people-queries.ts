import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { people } from '../contract.ts';

export const peopleApi = createClient(people);

/** Tables that a change of a roster touches: the schedule names people. */
export const peopleTables = ['engagement_people', 'schedule_items'];

/** Who is on an engagement, by group and order. */
export const peopleQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'engagement_people', 'of', engagementId),
    queryFn: ({ signal }) => peopleApi.list({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['claims', 'resources', 'parties', 'engagement_parties', 'roster_settings', 'engagements'] },
  });

export const rosterSettingsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'roster_settings'),
    queryFn: ({ signal }) => peopleApi.getSettings({ org }, { signal }),
  });
