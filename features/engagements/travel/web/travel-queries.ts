import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { travel } from '../contract.ts';

export const travelApi = createClient(travel);

export type EngagementTravel = RouteOutput<typeof travel.routes.get>;

/** Tables that a change of travel touches. */
export const travelTables = [
  'travel_legs',
  'travellers',
  'hotel_stays',
  'hotel_rooms',
  'room_sleepers',
  'per_diems',
] as const;

const [first, ...others] = travelTables;

/** Legs, hotels, per diems, people and conflicts of an engagement. What is scheduled can be in the way. */
export const travelQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, first, 'travel', engagementId),
    queryFn: ({ signal }) => travelApi.get({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: [...others, 'claims', 'seats', 'schedule_items', 'engagement_people', 'resources'] },
  });

/** One's own travel over all engagements. */
export const myTravelQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, first, 'mine'),
    queryFn: ({ signal }) => travelApi.mine({ org, query: {} }, { signal }),
    meta: { alsoOn: [...others, 'engagements', 'resources'] },
  });

/** The travel of a whole tour. */
export const seriesTravelQuery = (org: string, seriesId: string) =>
  queryOptions({
    queryKey: orgKey(org, first, 'series', seriesId),
    queryFn: ({ signal }) => travelApi.ofSeries({ org, params: { id: seriesId } }, { signal }),
    meta: { alsoOn: [...others, 'engagements', 'series', 'resources'] },
  });
