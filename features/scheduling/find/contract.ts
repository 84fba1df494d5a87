import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { count, currency, id, instant, list } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { resource, resourceKinds } from '../resources/contract.ts';

export const findQuery = z
  .strictObject({
    kind: z.enum(resourceKinds).default('person'),
    startsAt: instant,
    endsAt: instant,
    skill: z.string().max(80).optional(),
    minLevel: count(1, 5).default(1),
    tags: list(z.string().max(60)).optional().describe('All of them.'),
    latitude: z.coerce.number().min(-90).max(90).optional(),
    longitude: z.coerce.number().min(-180).max(180).optional(),
    withinKm: z.coerce.number().min(0).max(21_000).optional().describe('Great-circle distance from the point.'),
    maxRateMinor: restricted(z.coerce.number().int().min(0).optional(), 'resources.rates'),
    rateCurrency: currency.optional(),
    rateUnit: z.enum(['hour', 'day', 'service']).optional(),
    units: count(1, 100_000).default(1).describe('Of a pooled resource.'),
    ids: list(id).optional().describe('Only among these.'),
    limit: count(1, 200).default(50),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { error: 'The end must be after the start.', path: ['endsAt'] })
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt) <= 92 * 86_400_000, {
    error: 'Search at most 92 days at once.',
    path: ['endsAt'],
  })
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    error: 'Give latitude and longitude together.',
    path: ['longitude'],
  })
  .refine(({ withinKm, latitude }) => withinKm === undefined || latitude !== undefined, {
    error: 'A distance needs a point: give latitude and longitude.',
    path: ['withinKm'],
  })
  .refine(
    ({ maxRateMinor, rateCurrency, rateUnit }) =>
      maxRateMinor === undefined || (rateCurrency !== undefined && rateUnit !== undefined),
    { error: 'A highest rate needs its currency and unit.', path: ['rateCurrency'] },
  );
export type FindQuery = z.output<typeof findQuery>;

export const match = z.object({
  resource: resource.row,
  distanceKm: z.number().nullable(),
  level: z.int().nullable().describe('Of the skill that was asked for.'),
  holds: z.int().describe('Holds in the queue at that time.'),
  pencils: z.int(),
  reasons: z.array(z.string()).describe('Why this one stands where it does, best first.'),
});

export const find = defineContract({
  name: 'find',
  permissions: { 'find.use': { may: 'find who or what is free', roles: ['owner', 'manager', 'staff'] } },
  routes: {
    find: {
      method: 'GET',
      path: '/find',
      permission: 'find.use',
      summary:
        'Who or what is free for a time, best match first, with the reasons. Committed, away, outside hours and busy elsewhere are left out.',
      query: findQuery,
      output: z.object({ items: z.array(match), more: z.boolean() }),
    },
  },
});
