import { resourcesQuery } from '#features/scheduling/resources/web/resource-queries.ts';

/** The organisation’s places, by name; a form offers at most a hundred of them. */
export const placesQuery = (org: string) => resourcesQuery(org, { kind: 'place', limit: 500 });
