import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { id, instant, instantOut, line, text } from '#platform/contract/fields.ts';

/** A stretch of a weekday by the wall clock of the resource's zone; minutes from midnight, end exclusive. */
export const hours = z
  .strictObject({
    weekday: z.int().min(1).max(7).describe('ISO: 1 Monday … 7 Sunday.'),
    startsMinute: z.int().min(0).max(1439),
    endsMinute: z.int().min(1).max(1440),
  })
  .refine(({ startsMinute, endsMinute }) => startsMinute < endsMinute, {
    error: 'The end must be after the start.',
    path: ['endsMinute'],
  });
export type Hours = z.output<typeof hours>;

export const timeOff = entity('time_off', 'TimeOff', {
  resourceId: id,
  startsAt: instant,
  endsAt: instant,
  reason: text(500).default(''),
});

// An address, or what a file said: neither outlives a support grant by the trail.
restrictColumns('calendars', { url: 'feeds.manage', content: 'feeds.manage' });

const calendar = z
  .object({
    id,
    resourceId: id,
    name: z.string(),
    url: z.string().nullable().describe('Where it lies; the rest of the address is a key and not shown.'),
    events: z.int().describe('Busy times known from it.'),
    refreshedAt: instantOut.nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'Calendar' });

const feed = z
  .object({ id, name: z.string(), resourceId: id.nullable(), engagementId: id.nullable(), createdAt: instantOut })
  .meta({ id: 'Feed' });

const ofResource = z.object({ id });

export const availability = defineContract({
  name: 'availability',
  permissions: {
    'availability.read': {
      may: 'see working hours, time off and outside calendars',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew'],
    },
    'availability.write': {
      may: 'change working hours, time off and outside calendars',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew'],
    },
    // Its addresses would outlast a support grant.
    'feeds.manage': {
      may: 'make and end private calendar addresses',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
  },
  errors: { calendar_unreadable: 422, address_refused: 422 },
  constraints: {
    working_hours_no_overlap: {
      code: 'invalid_input',
      message: 'Two stretches of the same weekday overlap.',
      field: 'hours',
    },
    time_off_check: { code: 'invalid_input', message: 'Time off must end after it starts.', field: 'endsAt' },
    time_off_org_id_resource_id_fkey: {
      code: 'invalid_input',
      message: 'There is no resource with this id.',
      field: 'resourceId',
    },
    calendars_org_id_resource_id_fkey: { code: 'not_found', message: 'There is no resource with this id.' },
    working_hours_org_id_resource_id_fkey: { code: 'not_found', message: 'There is no resource with this id.' },
    feeds_org_id_resource_id_fkey: {
      code: 'invalid_input',
      message: 'There is no resource with this id.',
      field: 'resourceId',
    },
    feeds_org_id_engagement_id_fkey: {
      code: 'invalid_input',
      message: 'There is no engagement with this id.',
      field: 'engagementId',
    },
  },
  routes: {
    getHours: {
      method: 'GET',
      path: '/resources/:id/hours',
      permission: 'availability.read',
      own: true,
      summary: 'Weekly hours; none means always available.',
      params: ofResource,
      output: z.object({ hours: z.array(hours) }),
    },
    setHours: {
      method: 'PUT',
      path: '/resources/:id/hours',
      permission: 'availability.write',
      own: true,
      summary: 'Replaces the weekly hours.',
      params: ofResource,
      body: z.strictObject({ hours: z.array(hours).max(70) }),
      output: z.object({ hours: z.array(hours) }),
    },
    listTimeOff: {
      method: 'GET',
      path: '/time-off',
      permission: 'availability.read',
      own: true,
      summary: 'Time off in a window, or all of one resource.',
      query: z.strictObject({ resourceId: id.optional(), from: instant.optional(), to: instant.optional() }),
      output: z.object({ items: z.array(timeOff.row) }),
    },
    addTimeOff: {
      method: 'POST',
      path: '/time-off',
      permission: 'availability.write',
      own: true,
      summary: 'Notes that a resource is away. It stops the search, and warns when booking.',
      body: timeOff.create.refine(({ startsAt, endsAt }) => startsAt < endsAt, {
        error: 'The end must be after the start.',
        path: ['endsAt'],
      }),
      status: 201,
      output: timeOff.row,
    },
    removeTimeOff: {
      method: 'DELETE',
      path: '/time-off/:id',
      permission: 'availability.write',
      own: true,
      summary: 'Removes time off.',
      params: z.object({ id }),
      status: 204,
    },
    listCalendars: {
      method: 'GET',
      path: '/resources/:id/calendars',
      permission: 'availability.read',
      own: true,
      summary: 'Outside calendars of a resource.',
      params: ofResource,
      output: z.object({ items: z.array(calendar) }),
    },
    addCalendar: {
      method: 'POST',
      path: '/resources/:id/calendars',
      permission: 'availability.write',
      own: true,
      bodyLimit: 6_000_000,
      summary:
        'Adds an iCalendar by its https address or as text; its events become busy time. Addresses are refreshed every hour.',
      params: ofResource,
      body: z
        .strictObject({
          name: line(),
          url: z
            .url({ protocol: /^(https|webcal)$/, error: 'Must be an https or webcal address.' })
            .max(2_000)
            .optional(),
          content: z.string().max(5_000_000).optional(),
        })
        .refine(({ url, content }) => (url === undefined) !== (content === undefined), {
          error: 'Give either an address or the text of a file.',
          path: ['url'],
        }),
      status: 201,
      output: calendar,
      errors: ['calendar_unreadable', 'address_refused'],
    },
    refreshCalendar: {
      method: 'POST',
      path: '/calendars/:id/refresh',
      permission: 'availability.write',
      own: true,
      summary: 'Fetches the calendar now.',
      params: z.object({ id }),
      output: calendar,
      errors: ['calendar_unreadable', 'address_refused'],
    },
    removeCalendar: {
      method: 'DELETE',
      path: '/calendars/:id',
      permission: 'availability.write',
      own: true,
      summary: 'Removes a calendar and its busy times.',
      params: z.object({ id }),
      status: 204,
    },
    listFeeds: {
      method: 'GET',
      path: '/feeds',
      permission: 'feeds.manage',
      summary: 'The outgoing calendars and what each shows.',
      output: z.object({ items: z.array(feed) }),
    },
    createFeed: {
      method: 'POST',
      path: '/feeds',
      permission: 'feeds.manage',
      summary:
        'Makes a private calendar address for a resource, an engagement, or everything. It is shown in this answer only.',
      body: z
        .strictObject({
          resourceId: id.nullable().default(null),
          engagementId: id.nullable().default(null),
          name: line(),
        })
        .refine(({ resourceId, engagementId }) => !(resourceId && engagementId), {
          error: 'Choose a resource or an engagement, not both.',
          path: ['engagementId'],
        }),
      status: 201,
      output: z.object({ feed, url: z.string() }),
      idempotent: false,
    },
    revokeFeed: {
      method: 'DELETE',
      path: '/feeds/:id',
      permission: 'feeds.manage',
      summary: 'Ends a calendar address at once.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
