import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { restrictColumns } from '#platform/contract/entity.ts';
import { id, instant, instantOut, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';

export const attendanceStatuses = ['present', 'late', 'left_early', 'excused', 'absent'] as const;
export type AttendanceStatus = (typeof attendanceStatuses)[number];

/** Those of which the minutes missed are told. */
export function missesMinutes(status: AttendanceStatus): status is 'late' | 'left_early' {
  return status === 'late' || status === 'left_early';
}

// Both tables are read by their own queries: their history keeps to the same marks.
restrictColumns('attendances', { note: 'attendance.read' });
restrictColumns('service_reports', { notes: 'attendance.read' });

const version = z.int().min(0).describe('As it was read; 0 where nothing is noted yet.');
const note = text(500);

const report = z
  .object({
    startedAt: instantOut.nullable(),
    endedAt: instantOut.nullable().describe('Overtime is counted to here; null: as planned.'),
    cancelledAt: instantOut.nullable().describe('Called off at that instant.'),
    notes: restricted(z.string(), 'attendance.read'),
    version: z.int(),
  })
  .meta({ id: 'ServiceReport' });
export type ServiceReport = z.output<typeof report>;

const service = z.object({
  id,
  kind: z.string(),
  title: z.string(),
  zone: z.string(),
  startsAt: instantOut,
  endsAt: instantOut,
  report: report.describe('Nothing is noted while its version is 0.'),
});
export type AttendedService = z.output<typeof service>;

const mark = z.object({
  scheduleItemId: id,
  needId: id,
  status: z.enum(attendanceStatuses),
  minutes: z.int(),
  note: restricted(z.string(), 'attendance.read'),
  version: z.int(),
});
export type AttendanceMark = z.output<typeof mark>;

const attendee = z
  .object({
    resourceId: id,
    name: z.string(),
    skill: z.string().describe('Of the first of their chairs in the score.'),
    title: z.string().describe('Of that need.'),
    marks: z.array(mark).describe('One for each service at which they have a seat.'),
  })
  .meta({ id: 'Attendee' });
export type Attendee = z.output<typeof attendee>;

const sheet = z.object({ services: z.array(service), people: z.array(attendee).describe('In score order.') });
export type AttendanceSheet = z.output<typeof sheet>;

const newMark = z
  .strictObject({
    resourceId: id,
    scheduleItemId: id,
    status: z.enum(attendanceStatuses),
    minutes: z.int().min(0).max(2_880).default(0).describe('Missed, where late or left early.'),
    note: note.default(''),
    version,
  })
  .refine(({ status, minutes }) => missesMinutes(status) || minutes === 0, {
    error: 'Minutes belong to who came late or left early.',
    path: ['minutes'],
  })
  .refine(({ status, minutes }) => !missesMinutes(status) || minutes > 0, {
    error: 'How many minutes were missed?',
    path: ['minutes'],
  });
export type NewMark = z.output<typeof newMark>;

export const attendance = defineContract({
  name: 'attendance',
  permissions: {
    'attendance.read': {
      may: 'see who was at which service, and how services went',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew'],
    },
    'attendance.write': {
      may: 'note who was at which service, and how services went',
      roles: ['owner', 'manager', 'staff'],
    },
  },
  constraints: {
    attendances_once: { code: 'version_conflict', message: 'Somebody else noted this in the same moment. Look again.' },
    attendances_resource_exists: {
      code: 'invalid_input',
      message: 'There is no person with this id.',
      field: 'marks',
    },
    service_reports_time_order: {
      code: 'invalid_input',
      message: 'A service must end after it began, within 48 hours.',
      field: 'endedAt',
    },
  },
  routes: {
    get: {
      method: 'GET',
      path: '/engagements/:id/attendance',
      permission: 'attendance.read',
      own: true,
      summary:
        'Who has a seat at which service of an engagement, and how it went: present unless noted. One’s own only for those who see their own.',
      params: z.object({ id }),
      output: sheet,
    },
    set: {
      method: 'PUT',
      path: '/engagements/:id/attendance',
      permission: 'attendance.write',
      summary: 'Notes how it went for one or many, all or none.',
      params: z.object({ id }),
      body: z.strictObject({ marks: z.array(newMark).min(1).max(1_000) }),
      output: sheet,
      errors: ['version_conflict'],
    },
    report: {
      method: 'PUT',
      path: '/services/:id/report',
      permission: 'attendance.write',
      summary: 'Notes when a service really began and ended, or that it was called off.',
      params: z.object({ id: id.describe('Of the schedule item.') }),
      body: z.strictObject({
        version,
        startedAt: instant.nullable().default(null),
        endedAt: instant.nullable().default(null),
        cancelledAt: instant.nullable().default(null),
        notes: text(2_000).default(''),
      }),
      output: service,
      errors: ['version_conflict'],
    },
  },
});
