import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { date, id, instant, page, pageOf, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { groupKeys } from '#features/engagements/people/group-words.ts';
import { seenBy } from './audience-rules.ts';
import { clashKinds } from './clash-rules.ts';
import { itemKinds } from './item-kinds.ts';
import { scheduleTemplate, templateFields } from './template-fields.ts';

/** One line that may be empty. */
const words = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' })
    .default('');

const groups = z
  .array(z.enum(groupKeys))
  .max(3)
  .refine((keys) => new Set(keys).size === keys.length, { error: 'Name each group once.' })
  .default([]);

const audienceFields = {
  forAll: z.boolean().default(true).describe('For everybody; else for these groups and people.'),
  forGroups: groups.describe('Of the engagement’s people.'),
  personIds: z
    .array(id)
    .max(200)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'Name everybody once.' })
    .default([])
    .describe('Entries of the engagement’s roster.'),
  seenBy: z
    .enum(seenBy)
    .default('everyone')
    .describe('Who knows of it: everyone on the engagement, those of some groups and those named, or the team only.'),
  seenByGroups: groups.describe('Where only some groups know of it.'),
};

/** What happens when within an engagement: a rehearsal, a concert, a load-in. */
export const scheduleItem = entity(
  'schedule_items',
  'ScheduleItem',
  {
    kind: z.enum(itemKinds),
    title: words(200).describe('What is played or done; may be empty.'),
    placeId: id.nullable().default(null).describe('Null: where the engagement is.'),
    startsAt: instant,
    endsAt: instant,
    dress: words(200),
    ...audienceFields,
    notes: restricted(text(4_000).default(''), 'timeline.read').describe('For the office.'),
  },
  {
    engagementId: id,
    zone: zone.describe('Of its place, else the engagement’s.'),
    service: z.boolean().describe('Played or worked together: it has seats, is counted and paid.'),
    placeName: z.string().nullable().describe('Its own place’s, else the engagement’s.'),
    seated: restricted(z.int().nullable(), 'needs.read').describe('How many people have a seat there.'),
  },
);
export type ScheduleItem = z.output<typeof scheduleItem.row>;

const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };

/** PostgreSQL and people’s plans have no year 0. */
const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

const templateKey = z.object({ key: z.string().max(60) });

const items = z.object({ items: z.array(scheduleItem.row) });

const clashList = z.object({
  items: z.array(
    z.object({
      kind: z.enum(clashKinds).describe('Somebody at two things; too little rest; the place is taken, or closed.'),
      itemIds: z
        .array(z.string())
        .describe('What it is about; `new:0` is the first that was asked about without an id.'),
      message: z.string(),
    }),
  ),
});

const draft = z
  .strictObject({
    id: id.nullable().default(null).describe('Of a saved item that would be changed.'),
    kind: scheduleItem.fields.kind,
    title: words(200),
    placeId: id.nullable().default(null),
    startsAt: instant,
    endsAt: instant,
    forAll: audienceFields.forAll,
    forGroups: audienceFields.forGroups,
    personIds: audienceFields.personIds,
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder);

export const timeline = defineContract({
  name: 'timeline',
  permissions: {
    'timeline.read': {
      may: 'see what happens when',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'timeline.write': {
      may: 'change what happens when, and with it the time of everybody seated there',
      roles: ['owner', 'manager', 'staff'],
    },
    'timeline.templates': {
      may: 'change the schedules that others begin with',
      roles: ['owner', 'manager'],
    },
  },
  errors: { conflict: 409, called_twice: 409, in_use: 409, limit_reached: 409 },
  constraints: {
    schedule_items_engagement_exists: { code: 'not_found', message: 'This engagement was not found.' },
    schedule_items_place_exists: {
      code: 'invalid_input',
      message: 'There is no place with this id.',
      field: 'placeId',
    },
    schedule_items_time_order: {
      code: 'invalid_input',
      message: 'It must end after it starts and last at most 48 hours.',
      field: 'endsAt',
    },
    schedule_items_people_exist: {
      code: 'invalid_input',
      message: 'Somebody of these isn’t on the roster of this engagement.',
      field: 'personIds',
    },
    timeline_templates_once: {
      code: 'version_conflict',
      message: 'Somebody else changed this schedule. Look at it again.',
    },
    schedule_items_template_once: {
      code: 'version_conflict',
      message: 'Somebody else put this on the schedule at the same time. Look at it again.',
    },
    call_services_one_open: {
      code: 'called_twice',
      message:
        'Somebody who is asked for it is being asked for something else at that time. Take one of the calls back.',
    },
  },
  events: ['timeline.changed', 'timeline.cancelled'],
  routes: {
    list: {
      method: 'GET',
      path: '/engagements/:id/schedule',
      permission: 'timeline.read',
      own: true,
      summary: 'What happens when within an engagement, by start. Those on it themselves get what they may know of.',
      params: z.object({ id }),
      query: z.strictObject({ ...page }),
      output: pageOf(scheduleItem.row),
    },
    listClashes: {
      method: 'GET',
      path: '/engagements/:id/schedule/clashes',
      permission: 'timeline.read',
      summary:
        'What doesn’t fit on a schedule, in plain words: people at two things, too little rest, places taken or closed.',
      params: z.object({ id }),
      output: clashList,
    },
    check: {
      method: 'POST',
      path: '/engagements/:id/schedule/check',
      permission: 'timeline.write',
      summary: 'What wouldn’t fit if it stood like this. Changes nothing.',
      params: z.object({ id }),
      body: z.strictObject({ items: z.array(draft).min(1).max(500) }),
      idempotent: false,
      output: clashList,
    },
    create: {
      method: 'POST',
      path: '/engagements/:id/schedule',
      permission: 'timeline.write',
      summary: 'Puts something on the schedule. A service gets the seats of every need that covers all services.',
      params: z.object({ id }),
      body: scheduleItem.create.refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder),
      status: 201,
      output: scheduleItem.row,
      errors: ['limit_reached'],
    },
    change: {
      method: 'PATCH',
      path: '/schedule/:id',
      permission: 'timeline.write',
      summary:
        'Changes the given fields. Another time moves the commitments of everybody seated there, or is refused with who is committed elsewhere. People are told of another time, place or dress.',
      params: z.object({ id }),
      body: scheduleItem.patch,
      output: scheduleItem.row,
      errors: ['version_conflict', 'conflict', 'called_twice', 'in_use'],
    },
    remove: {
      method: 'DELETE',
      path: '/schedule/:id',
      permission: 'timeline.write',
      summary: 'Takes it off the schedule. Whoever is seated there is free again, and is told.',
      params: z.object({ id }),
      status: 204,
    },
    shift: {
      method: 'POST',
      path: '/schedule/:id/shift',
      permission: 'timeline.write',
      summary: 'Moves it and everything that begins with it or after it, with everybody seated there: all or nothing.',
      params: z.object({ id }),
      body: z.strictObject({
        minutes: z
          .int()
          .min(-10_080)
          .max(10_080)
          .refine((minutes) => minutes !== 0, { error: 'Say by how many minutes.' })
          .describe('Earlier when negative; a week at most.'),
        until: z
          .enum(['day', 'end'])
          .default('end')
          .describe('Whether what comes after it on other days moves as well. A day lasts until four in the morning.'),
      }),
      output: items,
      errors: ['conflict', 'called_twice'],
    },
    listTemplates: {
      method: 'GET',
      path: '/schedule-templates',
      permission: 'timeline.read',
      summary: 'Schedules to begin with: built-in ones of the organisation’s packs, and its own.',
      output: z.object({ items: z.array(scheduleTemplate) }),
    },
    createTemplate: {
      method: 'POST',
      path: '/schedule-templates',
      permission: 'timeline.templates',
      summary: 'Makes a schedule of the organisation’s own.',
      body: z.strictObject(templateFields),
      status: 201,
      output: scheduleTemplate,
    },
    setTemplate: {
      method: 'PUT',
      path: '/schedule-templates/:key',
      permission: 'timeline.templates',
      summary: 'Changes a schedule. Of a built-in one, the organisation’s own takes its place.',
      params: templateKey,
      body: z.strictObject({
        version: z.int().min(0).describe('As the editor saw it; 0 over the built-in one.'),
        ...templateFields,
      }),
      output: scheduleTemplate,
      errors: ['version_conflict'],
    },
    removeTemplate: {
      method: 'DELETE',
      path: '/schedule-templates/:key',
      permission: 'timeline.templates',
      summary: 'Removes a schedule of the organisation’s own; in the place of a built-in one, that one holds again.',
      params: templateKey,
      status: 204,
    },
    applyTemplate: {
      method: 'POST',
      path: '/engagements/:id/schedule/from-template',
      permission: 'timeline.write',
      summary:
        'Puts a template’s items on the schedule from a day on, those that weren’t made from it for that day yet.',
      params: z.object({ id }),
      body: z.strictObject({
        key: z.string().max(60),
        day,
        itemIds: z.array(z.string().max(60)).min(1).max(100).nullable().default(null).describe('Null: all of it.'),
      }),
      output: items,
      errors: ['limit_reached'],
    },
    copy: {
      method: 'POST',
      path: '/schedule/:id/copy',
      permission: 'timeline.write',
      summary: 'The same again on other days, at the same time by the clock of its place.',
      params: z.object({ id }),
      body: z.strictObject({
        days: z
          .array(day)
          .min(1)
          .max(60)
          .refine((days) => new Set(days).size === days.length, { error: 'Name each day once.' }),
      }),
      status: 201,
      output: items,
      errors: ['limit_reached'],
    },
  },
});
