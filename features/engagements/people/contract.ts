import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { id, line } from '#platform/contract/fields.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { groupKeys } from './group-words.ts';

/** How sure it is that somebody is there, the surest first; `replaced`: somebody stands in for them. */
export const standings = ['booked', 'confirmed', 'held', 'open', 'replaced'] as const;
export type Standing = (typeof standings)[number];

/** More than the largest production calls; a roster stays one look. */
export const peopleAtMost = 500;

/** One line that may be empty. */
const short = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' })
    .default('');

export const rosterEntry = entity(
  'engagement_people',
  'RosterEntry',
  {
    groupKey: z.enum(groupKeys).describe('In which group of the engagement’s people.'),
    role: short(120).describe('What they do on it: FOH engineer.'),
    callNote: short(300).describe('What they must know of being called. Others on the engagement don’t see it.'),
  },
  {
    engagementId: id,
    resourceId: id.nullable().describe('A person among the resources; else a contact.'),
    partyId: id.nullable(),
    name: z.string(),
    standing: z
      .enum(standings)
      .describe('booked: committed to it; confirmed: by hand; held; open; replaced by somebody else.'),
    standsInFor: z.string().nullable().describe('Name of the one whose place they take.'),
    standIn: z.string().nullable().describe('Name of the one who takes their place.'),
    email: z.string().nullable().describe('Null where the asker may not see it.'),
    phone: z.string().nullable().describe('Null where the asker may not see it.'),
    mine: z.boolean().describe('The asker themselves.'),
  },
);
export type RosterEntry = z.output<typeof rosterEntry.row>;

const groups = z.array(z.object({ key: z.enum(groupKeys), name: z.string() }));

const settingsFields = {
  groupNames: z
    .partialRecord(z.enum(packNames), z.partialRecord(z.enum(groupKeys), line(60)))
    .default({})
    .describe('Own names of the groups, by pack; a pack’s own words stand for what isn’t named.'),
  contactsShared: z
    .boolean()
    .default(false)
    .describe('Everybody on an engagement sees the telephone numbers and addresses of the others.'),
  restMinutes: z
    .int()
    .min(0)
    .max(1_440)
    .default(660)
    .describe('Between the end of one day’s work and the next day’s beginning; less is pointed out.'),
};
const settings = z.object({ ...settingsFields, version: z.int() }).meta({ id: 'RosterSettings' });
export type RosterSettings = z.output<typeof settings>;

/** One of the two. */
const somebody = {
  resourceId: id.nullable().default(null).describe('A person among the resources.'),
  partyId: id.nullable().default(null).describe('Or a contact.'),
};
const isOne = ({ resourceId, partyId }: { resourceId: string | null; partyId: string | null }) =>
  (resourceId === null) !== (partyId === null);
const oneOfBoth = { error: 'Choose a person or a contact.', path: ['resourceId'] };

const added = z.object({ added: z.int().describe('How many weren’t on it yet.') });
const ofEntry = { params: z.object({ id }), output: rosterEntry.row };

export const people = defineContract({
  name: 'people',
  permissions: {
    'people.read': {
      may: 'see who is on an engagement',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'people.write': {
      may: 'put people on an engagement, in groups and roles',
      roles: ['owner', 'manager', 'staff'],
    },
    'people.settings': {
      may: 'name the groups of people, and say whether they see how to reach each other',
      roles: ['owner', 'manager'],
    },
  },
  errors: { duplicate: 409, limit_reached: 409, replaced: 409, booked: 409 },
  constraints: {
    engagement_people_person_once: { code: 'duplicate', message: 'This person is on it already.', field: 'resourceId' },
    engagement_people_contact_once: { code: 'duplicate', message: 'This contact is on it already.', field: 'partyId' },
    engagement_people_person_exists: {
      code: 'invalid_input',
      message: 'There is no person with this id.',
      field: 'resourceId',
    },
    engagement_people_contact_exists: {
      code: 'invalid_input',
      message: 'There is no contact with this id.',
      field: 'partyId',
    },
    engagement_people_one_stand_in: { code: 'replaced', message: 'Somebody stands in for them already.' },
    roster_settings_pkey: { code: 'version_conflict', message: 'Somebody else changed this. Look at it again.' },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/engagements/:id/people',
      permission: 'people.read',
      own: true,
      summary:
        'Who is on an engagement, by group and order. Those on it themselves see who is sure to be there, and how to reach them only where the organisation shares that.',
      params: z.object({ id }),
      output: z.object({ items: z.array(rosterEntry.row), groups }),
    },
    add: {
      method: 'POST',
      path: '/engagements/:id/people',
      permission: 'people.write',
      summary: 'Puts a person or a contact on it, at the end of a group.',
      params: z.object({ id }),
      body: rosterEntry.create.extend(somebody).refine(isOne, oneOfBoth),
      status: 201,
      output: rosterEntry.row,
      errors: ['duplicate', 'limit_reached'],
    },
    addBooked: {
      method: 'POST',
      path: '/engagements/:id/people/booked',
      permission: 'people.write',
      summary: 'Puts everybody on it who is held, booked or seated, in the group and role they last had.',
      params: z.object({ id }),
      output: added,
      errors: ['limit_reached'],
    },
    copy: {
      method: 'POST',
      path: '/engagements/:id/people/copy',
      permission: 'people.write',
      summary: 'Puts those on it who are on another engagement, or on any other one of its series.',
      params: z.object({ id }),
      body: z.strictObject({
        engagementId: id.nullable().default(null).describe('Null: from all of its series, as each was last.'),
      }),
      output: added,
      errors: ['limit_reached'],
    },
    change: {
      method: 'PATCH',
      path: '/engagement-people/:id',
      permission: 'people.write',
      summary: 'Changes group, role or call note.',
      ...ofEntry,
      body: rosterEntry.patch,
      errors: ['version_conflict'],
    },
    setConfirmed: {
      method: 'PUT',
      path: '/engagement-people/:id/confirmed',
      permission: 'people.write',
      summary: 'Says by hand whether somebody is sure to be there. Of those who are booked the booking says it.',
      ...ofEntry,
      body: z.strictObject({ confirmed: z.boolean() }),
      errors: ['booked', 'replaced'],
    },
    move: {
      method: 'POST',
      path: '/engagement-people/:id/move',
      permission: 'people.write',
      summary: 'Puts somebody behind another one of a group, or first in it.',
      ...ofEntry,
      body: z.strictObject({ groupKey: z.enum(groupKeys), after: id.nullable().describe('Null: first.') }),
    },
    substitute: {
      method: 'POST',
      path: '/engagement-people/:id/substitute',
      permission: 'people.write',
      summary:
        'Somebody takes another one’s place, in their group and role, and wherever the schedule names them. A booking of the other stays until it is released.',
      ...ofEntry,
      body: z.strictObject(somebody).refine(isOne, oneOfBoth),
      status: 201,
      errors: ['duplicate', 'replaced', 'limit_reached'],
    },
    remove: {
      method: 'DELETE',
      path: '/engagement-people/:id',
      permission: 'people.write',
      summary: 'Takes somebody off the roster, and off whatever names them. Their bookings stay.',
      params: z.object({ id }),
      status: 204,
    },
    export: {
      method: 'GET',
      path: '/engagements/:id/people.csv',
      permission: 'people.read',
      summary: 'The roster as a table, with what the asker may see.',
      params: z.object({ id }),
      produces: 'text/csv; charset=utf-8',
    },
    getSettings: {
      method: 'GET',
      path: '/roster-settings',
      permission: 'people.read',
      summary: 'What the organisation says about rosters.',
      output: settings,
    },
    setSettings: {
      method: 'PUT',
      path: '/roster-settings',
      permission: 'people.settings',
      summary: 'Changes what the organisation says about rosters.',
      body: z.strictObject({ ...settingsFields, version: z.int().min(0).describe('As the editor saw it.') }),
      output: settings,
      errors: ['version_conflict'],
    },
  },
});
