import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { availability } from '../contract.ts';

export const availabilityApi = createClient(availability);

export const hoursQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'working_hours', id),
    queryFn: ({ signal }) => availabilityApi.getHours({ org, params: { id } }, { signal }),
  });

export const timeOffQuery = (org: string, resourceId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'time_off', resourceId),
    queryFn: ({ signal }) => availabilityApi.listTimeOff({ org, query: { resourceId } }, { signal }),
  });

export const calendarsQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'calendars', id),
    queryFn: ({ signal }) => availabilityApi.listCalendars({ org, params: { id } }, { signal }),
  });

export const feedsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'feeds'),
    queryFn: ({ signal }) => availabilityApi.listFeeds({ org }, { signal }),
  });
