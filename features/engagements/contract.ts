import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { currency, id, instant, instantOut, line, page, pageOf, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

export const series = entity('series', 'Series', {
  name: line(300),
  notes: text().default(''),
  externalRef: line(300).nullable().default(null),
});
export type Series = z.output<typeof series.row>;

export const engagement = entity(
  'engagements',
  'Engagement',
  {
    title: line(300),
    seriesId: id.nullable().default(null),
    placeId: id.nullable().default(null),
    zone: zone
      .nullable()
      .default(null)
      .describe('Zone in which its times are read; at creation the place’s when null, then the organisation’s.'),
    startsAt: instant,
    endsAt: instant,
    notes: restricted(text().default(''), 'engagements.read'),
    externalRef: line(300).nullable().default(null),
    valueMinor: restricted(
      z
        .int()
        .min(0)
        .max(100_000_000_000)
        .nullable()
        .default(null)
        .describe('What it may bring in, in minor units of `valueCurrency`.'),
      'engagements.value',
    ),
    valueCurrency: restricted(currency.nullable().default(null), 'engagements.value'),
    // How one stands to it is nothing for those who take part.
    probability: restricted(
      z
        .int()
        .min(0)
        .max(100)
        .nullable()
        .default(null)
        .describe('How likely it is, in percent; what the pack says of its stage when null.'),
      'engagements.read',
    ),
    nextStep: restricted(
      text(200)
        .trim()
        .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' })
        .default(''),
      'engagements.read',
    ),
    leadUserId: restricted(
      id.nullable().default(null).describe('The member who is responsible for it.'),
      'engagements.read',
    ),
  },
  {
    pack: z.enum(packNames),
    stage: z.string().describe('A stage of the pack’s pipeline.'),
    seriesName: z.string().nullable(),
    placeName: z.string().nullable(),
    confirmedAt: instantOut.nullable(),
  },
);
export type Engagement = z.output<typeof engagement.row>;

const engagementParty = z.object({
  id,
  partyId: id,
  name: z.string(),
  kind: z.enum(['person', 'company']),
  email: restricted(z.string().nullable(), 'parties.contacts'),
  phone: restricted(z.string().nullable(), 'parties.contacts'),
  role: z.string(),
});
export type EngagementParty = z.output<typeof engagementParty>;

const dealing = z.object({
  engagement: engagement.row,
  roles: z.array(z.string()).describe('In which the contact has to do with it.'),
});
export type Dealing = z.output<typeof dealing>;

const decision = z.object({
  id,
  fromStage: z.string(),
  toStage: z.string(),
  reason: z.string(),
  decidedBy: z.string().describe('The person, key or job behind the decision, by name.'),
  decidedAt: instantOut,
});
export type EngagementDecision = z.output<typeof decision>;

const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };

export const engagements = defineContract({
  name: 'engagements',
  permissions: {
    'engagements.read': {
      may: 'see engagements and series',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'engagements.write': { may: 'make and change engagements and series', roles: ['owner', 'manager', 'staff'] },
    'engagements.value': {
      may: 'see and change what engagements are worth',
      roles: ['owner', 'manager'],
    },
    'engagements.decide': { may: 'move engagements through the pipeline and delete them', roles: ['owner', 'manager'] },
  },
  errors: { duplicate: 409, in_use: 409, needs_confirm: 409, limit_reached: 409 },
  events: ['engagements.lost'],
  constraints: {
    engagements_external_ref_unique: {
      code: 'duplicate',
      message: 'Another engagement has this external reference.',
      field: 'externalRef',
    },
    engagements_series_exists: {
      code: 'invalid_input',
      message: 'There is no series with this id.',
      field: 'seriesId',
    },
    engagements_place_exists: { code: 'invalid_input', message: 'There is no place with this id.', field: 'placeId' },
    engagements_time_order: {
      code: 'invalid_input',
      message: 'An engagement must end after it starts.',
      field: 'endsAt',
    },
    engagements_value_whole: {
      code: 'invalid_input',
      message: 'A value needs its amount and its currency.',
      field: 'valueMinor',
    },
    series_external_ref_unique: {
      code: 'duplicate',
      message: 'Another series has this external reference.',
      field: 'externalRef',
    },
    engagement_parties_once: { code: 'duplicate', message: 'This contact has this role already.' },
    engagement_parties_party_exists: {
      code: 'invalid_input',
      message: 'There is no contact with this id.',
      field: 'partyId',
    },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/engagements',
      permission: 'engagements.read',
      own: true,
      summary: 'Engagements by start.',
      query: z.strictObject({
        ...page,
        q: z.string().max(200).optional().describe('Part of the title.'),
        seriesId: id.optional(),
        placeId: id.optional(),
        leadUserId: id.optional().describe('The member who is responsible.'),
        stage: z.string().max(40).optional(),
        from: instant.optional(),
        to: instant.optional(),
      }),
      output: pageOf(engagement.row),
    },
    create: {
      method: 'POST',
      path: '/engagements',
      permission: 'engagements.write',
      summary: 'Makes an engagement in the first stage of its pack.',
      body: engagement.create
        .extend({ pack: z.enum(packNames).optional().describe('The organisation’s first when absent.') })
        .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder),
      status: 201,
      output: engagement.row,
      errors: ['duplicate', 'limit_reached'],
    },
    get: {
      method: 'GET',
      path: '/engagements/:id',
      permission: 'engagements.read',
      own: true,
      summary: 'One engagement with its parties and decisions; decisions only for those who see every engagement.',
      params: z.object({ id }),
      output: z.object({ engagement: engagement.row, parties: z.array(engagementParty), decisions: z.array(decision) }),
    },
    change: {
      method: 'PATCH',
      path: '/engagements/:id',
      permission: 'engagements.write',
      summary: 'Changes the given fields. Its claims keep their own times.',
      params: z.object({ id }),
      body: engagement.patch,
      output: engagement.row,
      errors: ['version_conflict', 'duplicate', 'limit_reached'],
    },
    setStage: {
      method: 'POST',
      path: '/engagements/:id/stage',
      permission: 'engagements.decide',
      summary: 'Moves it through the pipeline, as a recorded decision. The confirmed stage is reached by confirm only.',
      params: z.object({ id }),
      body: z.strictObject({ version: z.int().min(1), stage: z.string().max(40), reason: text(500).default('') }),
      output: engagement.row,
      errors: ['version_conflict', 'needs_confirm', 'limit_reached'],
    },
    remove: {
      method: 'DELETE',
      path: '/engagements/:id',
      permission: 'engagements.decide',
      summary: 'Deletes an engagement that holds nothing. One with claims is cancelled instead.',
      params: z.object({ id }),
      status: 204,
      errors: ['in_use'],
    },
    ofParty: {
      method: 'GET',
      path: '/parties/:id/engagements',
      permission: 'engagements.read',
      summary: 'Engagements that a contact has to do with, the last to come first.',
      params: z.object({ id }),
      query: z.strictObject(page),
      output: pageOf(dealing),
    },
    addParty: {
      method: 'POST',
      path: '/engagements/:id/parties',
      permission: 'engagements.write',
      summary: 'Adds a contact in a role.',
      params: z.object({ id }),
      body: z.strictObject({ partyId: id, role: line(60) }),
      status: 201,
      output: engagementParty,
      errors: ['duplicate'],
    },
    removeParty: {
      method: 'DELETE',
      path: '/engagements/:id/parties/:entryId',
      permission: 'engagements.write',
      summary: 'Removes a contact from the engagement.',
      params: z.object({ id, entryId: id }),
      status: 204,
    },
    listSeries: {
      method: 'GET',
      path: '/series',
      permission: 'engagements.read',
      summary: 'Series by name, each with its span and number of engagements.',
      query: z.strictObject({ ...page, q: z.string().max(200).optional() }),
      output: pageOf(
        z.object({
          series: series.row,
          engagements: z.int(),
          startsAt: instantOut.nullable(),
          endsAt: instantOut.nullable(),
        }),
      ),
    },
    createSeries: {
      method: 'POST',
      path: '/series',
      permission: 'engagements.write',
      summary: 'Makes a series.',
      body: series.create,
      status: 201,
      output: series.row,
      errors: ['duplicate'],
    },
    changeSeries: {
      method: 'PATCH',
      path: '/series/:id',
      permission: 'engagements.write',
      summary: 'Changes a series.',
      params: z.object({ id }),
      body: series.patch,
      output: series.row,
      errors: ['version_conflict', 'duplicate'],
    },
  },
});
