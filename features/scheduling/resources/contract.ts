import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { currency, email, id, instantOut, line, list, page, pageOf, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';

export const resourceKinds = ['person', 'place', 'thing'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

export const skill = z.object({
  skill: line(80).describe('Instrument, position, trade or software.'),
  level: z.int().min(1).max(5).default(3).describe('1 learning … 5 outstanding.'),
});

export const resource = entity(
  'resources',
  'Resource',
  {
    kind: z.enum(resourceKinds),
    name: line(200),
    email: restricted(email.nullable().default(null), 'resources.contacts'),
    phone: restricted(line(60).nullable().default(null), 'resources.contacts'),
    parentId: id.nullable().default(null).describe('The place that this place is part of.'),
    zone: zone.nullable().default(null).describe('Time zone; the organisation’s when null at creation.'),
    capacity: z
      .int()
      .min(1)
      .max(100_000)
      .nullable()
      .default(null)
      .describe('Null: one commitment at a time. A number: so many units at once.'),
    address: text(500).nullable().default(null),
    latitude: z.number().min(-90).max(90).nullable().default(null),
    longitude: z.number().min(-180).max(180).nullable().default(null),
    rateMinor: restricted(
      z.int().min(0).nullable().default(null).describe('Rate in minor units of `rateCurrency`.'),
      'resources.rates',
    ),
    rateCurrency: restricted(currency.nullable().default(null), 'resources.rates'),
    rateUnit: restricted(z.enum(['hour', 'day', 'service']).nullable().default(null), 'resources.rates'),
    tags: z.array(line(60)).max(50).default([]),
    skills: z.array(skill).max(50).default([]),
    // Not for the person whom they are about.
    notes: restricted(text().default(''), 'resources.read'),
    challengeHours: z.int().min(1).max(500).default(16).describe('Business hours to answer a challenge.'),
    externalRef: line(300).nullable().default(null).describe('Its key in the system that it came from.'),
  },
  { archivedAt: instantOut.nullable() },
);
export type Resource = z.output<typeof resource.row>;

export const resources = defineContract({
  name: 'resources',
  permissions: {
    'resources.read': { may: 'see people, places and things', roles: ['owner', 'manager', 'staff'], own: ['crew'] },
    'resources.contacts': {
      may: 'see and change e-mail addresses and telephone numbers of people and places',
      roles: ['owner', 'manager', 'staff'],
      closedToSupport: true,
    },
    'resources.rates': { may: 'see and change rates', roles: ['owner', 'manager'] },
    'resources.write': { may: 'add, change and archive people, places and things', roles: ['owner', 'manager'] },
  },
  errors: { duplicate: 409, in_use: 409, over_capacity: 409, would_overlap: 409 },
  constraints: {
    resources_external_ref_unique: {
      code: 'duplicate',
      message: 'Another resource has this external reference.',
      field: 'externalRef',
    },
    resources_parent_exists: { code: 'invalid_input', message: 'There is no place with this id.', field: 'parentId' },
    resources_parent_of_places: {
      code: 'invalid_input',
      message: 'Only a place can be part of another place.',
      field: 'parentId',
    },
    resources_rate_complete: {
      code: 'invalid_input',
      message: 'A rate needs its amount, currency and unit.',
      field: 'rateMinor',
    },
    resources_point_complete: {
      code: 'invalid_input',
      message: 'Give latitude and longitude together.',
      field: 'longitude',
    },
    resource_skills_once: { code: 'invalid_input', message: 'Each skill may be named once.', field: 'skills' },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/resources',
      permission: 'resources.read',
      own: true,
      summary: 'People, places and things, by name.',
      query: z.strictObject({
        ...page,
        kind: z.enum(resourceKinds).optional(),
        q: z.string().max(200).optional().describe('Part of the name or e-mail address.'),
        tag: z.string().max(60).optional(),
        skill: z.string().max(80).optional(),
        parentId: id.optional(),
        ids: list(id).optional(),
        archived: z.stringbool().default(false),
      }),
      output: pageOf(resource.row),
    },
    create: {
      method: 'POST',
      path: '/resources',
      permission: 'resources.write',
      summary: 'Adds a person, place or thing.',
      body: resource.create,
      status: 201,
      output: resource.row,
      errors: ['duplicate'],
    },
    get: {
      method: 'GET',
      path: '/resources/:id',
      permission: 'resources.read',
      own: true,
      summary: 'One resource.',
      params: z.object({ id }),
      output: resource.row,
    },
    change: {
      method: 'PATCH',
      path: '/resources/:id',
      permission: 'resources.write',
      summary: 'Changes the given fields.',
      params: z.object({ id }),
      body: resource.patch,
      output: resource.row,
      errors: ['version_conflict', 'duplicate', 'over_capacity', 'would_overlap'],
    },
    archive: {
      method: 'POST',
      path: '/resources/:id/archive',
      permission: 'resources.write',
      summary: 'Takes a resource out of use, keeping its past. Refused while it has claims to come.',
      params: z.object({ id }),
      body: z.strictObject({ archived: z.boolean().default(true) }),
      output: resource.row,
      errors: ['in_use'],
    },
    facets: {
      method: 'GET',
      path: '/resource-facets',
      permission: 'resources.read',
      summary: 'The skills and tags in use, for filters and suggestions.',
      output: z.object({ skills: z.array(z.string()), tags: z.array(z.string()) }),
    },
  },
});
