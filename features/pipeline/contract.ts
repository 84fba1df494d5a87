import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instant, instantOut } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

const card = z
  .object({
    id,
    version: z.int(),
    title: z.string(),
    pack: z.enum(packNames),
    stage: z.string(),
    stageSince: instantOut.describe('When it came into its stage.'),
    startsAt: instantOut,
    endsAt: instantOut,
    zone: z.string(),
    confirmedAt: instantOut.nullable(),
    placeId: id.nullable(),
    placeName: z.string().nullable(),
    party: restricted(
      z.object({ id, name: z.string() }).nullable().describe('The contact that it is for: client, promoter …'),
      'parties.read',
    ),
    valueMinor: restricted(z.int().nullable(), 'engagements.value'),
    valueCurrency: restricted(z.string().nullable(), 'engagements.value'),
    probability: z.int().nullable().describe('In percent; what the pack says of its stage when null.'),
    nextStep: z.string(),
    leadUserId: id.nullable(),
    leadName: z.string().nullable(),
    followUpOn: restricted(
      z.iso.date().nullable().describe('The day of its next follow-up that isn’t done.'),
      'follow_ups.read',
    ),
  })
  .meta({ id: 'PipelineCard' });
export type PipelineCard = z.output<typeof card>;

const month = z
  .object({
    month: z.string().describe('Of the start, by the organisation’s clock: 2026-05.'),
    currency: z.string(),
    engagements: z.int(),
    won: z.int().describe('Minor units of what happens.'),
    open: z.int().describe('Minor units of what may still happen.'),
    weighted: z.int().describe('What happens, and of the rest so much as is likely.'),
  })
  .meta({ id: 'ForecastMonth' });
export type ForecastMonth = z.output<typeof month>;

const narrowed = {
  pack: z.enum(packNames).optional(),
  leadUserId: id.optional().describe('The member who is responsible.'),
  partyId: id.optional().describe('A contact with a role on it.'),
  from: instant.optional().describe('Starts then or later.'),
  to: instant.optional().describe('Starts before.'),
};

export const pipeline = defineContract({
  name: 'pipeline',
  permissions: {
    'pipeline.read': { may: 'see the pipeline', roles: ['owner', 'manager', 'staff'] },
  },
  routes: {
    board: {
      method: 'GET',
      path: '/pipeline',
      permission: 'pipeline.read',
      summary: 'What is open, and what was won or lost this month, by start: at most 2,000.',
      query: z.strictObject(narrowed),
      output: z.object({
        cards: z.array(card),
        total: z.int().describe('How many there are; more than sent, perhaps.'),
      }),
    },
    forecast: {
      method: 'GET',
      path: '/pipeline/forecast',
      permission: 'pipeline.read',
      summary: 'What engagements of this month and the next eleven are worth, by month and currency.',
      query: z.strictObject({ pack: narrowed.pack, leadUserId: narrowed.leadUserId, partyId: narrowed.partyId }),
      output: z.object({ months: restricted(z.array(month), 'engagements.value') }),
    },
  },
});
