import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { date, id, instantOut, line, page, pageOf } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';

/** A day that a calendar of people may name. */
const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

export const followUp = entity(
  'follow_ups',
  'FollowUp',
  {
    partyId: id.nullable().default(null).describe('The contact to get back to.'),
    engagementId: id.nullable().default(null).describe('The engagement that it is about.'),
    inquiryId: id.nullable().default(null).describe('The inquiry that it is about.'),
    note: line(300),
    dueOn: day.describe('A day by the organisation’s clock.'),
    userId: id.nullable().default(null).describe('The member who does it.'),
  },
  {
    partyName: restricted(z.string().nullable(), 'parties.read'),
    engagementTitle: restricted(z.string().nullable(), 'engagements.read'),
    inquiryTitle: restricted(z.string().nullable(), 'intake.read'),
    userName: z.string().nullable(),
    doneAt: instantOut.nullable(),
  },
);
export type FollowUp = z.output<typeof followUp.row>;

const somethingFirst = { error: 'Say whom or what it is about.', path: ['partyId'] };

export const followUps = defineContract({
  name: 'followUps',
  permissions: {
    'follow_ups.read': { may: 'see follow-ups', roles: ['owner', 'manager', 'staff'] },
    'follow_ups.write': { may: 'plan, change and tick follow-ups', roles: ['owner', 'manager', 'staff'] },
  },
  events: ['follow_ups.due'],
  constraints: {
    follow_ups_about_something: {
      code: 'invalid_input',
      message: 'Say whom or what it is about.',
      field: 'partyId',
    },
    follow_ups_party_exists: { code: 'invalid_input', message: 'There is no contact with this id.', field: 'partyId' },
    follow_ups_engagement_exists: {
      code: 'invalid_input',
      message: 'There is no engagement with this id.',
      field: 'engagementId',
    },
    follow_ups_inquiry_exists: {
      code: 'invalid_input',
      message: 'There is no inquiry with this id.',
      field: 'inquiryId',
    },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/follow-ups',
      permission: 'follow_ups.read',
      summary: 'Follow-ups by day, those of long ago in front.',
      query: z.strictObject({
        ...page,
        whose: z.enum(['mine', 'all']).default('all'),
        state: z.enum(['open', 'done', 'all']).default('open'),
        partyId: id.optional(),
        engagementId: id.optional(),
        inquiryId: id.optional(),
      }),
      output: pageOf(followUp.row),
    },
    create: {
      method: 'POST',
      path: '/follow-ups',
      permission: 'follow_ups.write',
      summary: 'Plans to get back to somebody, or to something.',
      body: followUp.create.refine(
        ({ partyId, engagementId, inquiryId }) => Boolean(partyId ?? engagementId ?? inquiryId),
        somethingFirst,
      ),
      status: 201,
      output: followUp.row,
    },
    change: {
      method: 'PATCH',
      path: '/follow-ups/:id',
      permission: 'follow_ups.write',
      summary: 'Changes the given fields.',
      params: z.object({ id }),
      body: followUp.patch,
      output: followUp.row,
      errors: ['version_conflict'],
    },
    setDone: {
      method: 'POST',
      path: '/follow-ups/:id/done',
      permission: 'follow_ups.write',
      summary: 'Ticks it, or takes the tick back.',
      params: z.object({ id }),
      body: z.strictObject({ done: z.boolean() }),
      output: followUp.row,
    },
    remove: {
      method: 'DELETE',
      path: '/follow-ups/:id',
      permission: 'follow_ups.write',
      summary: 'Removes a follow-up.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
