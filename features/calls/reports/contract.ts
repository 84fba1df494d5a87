import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { currency, date, id, instantOut, line } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { grades, knownSkill, listKinds } from '#features/calls/lists/list-rules.ts';

/** A day that PostgreSQL and calendars of people know. */
const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

const query = z
  .strictObject({
    from: day.optional().describe('First day, by the organisation’s clock; a year before the last when absent.'),
    to: day.optional().describe('Last day; today when absent.'),
    skill: line(120).transform(knownSkill).optional().describe('An instrument’s code (vn1), or any other skill.'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: 'The last day must not be before the first.',
    path: ['to'],
  });
export type ReportQuery = z.output<typeof query>;

const period = { from: date, to: date };

const fairnessRow = z
  .object({
    resourceId: id,
    name: z.string(),
    skill: z.string(),
    kind: z.enum(listKinds),
    grade: restricted(z.enum(grades).nullable(), 'lists.ranks'),
    sent: z.int().describe('Calls sent in the period.'),
    open: z.int().describe('Of these: waiting for an answer.'),
    accepted: z.int(),
    declined: z.int(),
    expired: z.int(),
    withdrawn: z.int().describe('Accepted, and then withdrawn by them.'),
    cancelled: z.int().describe('Taken back by the office, or filled before they answered.'),
    declineReasons: z.record(z.string(), z.int()).describe('By reason: how often.'),
    services: z.int().describe('Seats that they had in the period, roster chairs and absences left out.'),
    offered: restricted(
      z
        .array(z.object({ currency, amountMinor: z.int() }))
        .describe('Fees offered by the calls, where they named one.'),
      'calls.fees',
    ),
    lastAskedAt: instantOut.nullable().describe('In the period or before.'),
    gradeShare: restricted(
      z.number().nullable().describe('Of the calls sent to people of the same grade, from 0 to 1.'),
      'lists.ranks',
    ),
    gradePeople: restricted(z.int().nullable().describe('How many are of that grade.'), 'lists.ranks'),
  })
  .meta({ id: 'FairnessRow' });
export type FairnessRow = z.output<typeof fairnessRow>;

const answering = {
  asked: z.int().describe('Calls that were answered or whose time is over.'),
  answered: z.int(),
  inTime: z.int().describe('Answered before their deadline.'),
  accepted: z.int(),
  medianMinutes: z.number().nullable().describe('From sending to answer.'),
  p90Minutes: z.number().nullable().describe('Nine of ten answers came within this.'),
};

const responseTimes = z
  .object({
    ...period,
    all: z.object(answering),
    people: z.array(z.object({ resourceId: id, name: z.string(), ...answering })),
    weekdays: z.array(z.object({ weekday: z.int().describe('1 is Monday.'), ...answering })),
    hours: z.array(
      z.object({
        hour: z.int().describe('Of sending, the first of three: 9 stands for 9 to 12, by the organisation’s clock.'),
        ...answering,
      }),
    ),
  })
  .meta({ id: 'ResponseTimes' });
export type ResponseTimes = z.output<typeof responseTimes>;
export type Answering = ResponseTimes['all'];

export const reports = defineContract({
  name: 'reports',
  permissions: {
    'reports.read': {
      may: 'read reports on calls: who was asked, how they answered and how fast',
      roles: ['owner', 'manager'],
    },
  },
  routes: {
    fairness: {
      method: 'GET',
      path: '/reports/fairness',
      permission: 'reports.read',
      summary: 'By person and skill: calls sent in a period, the answers, services played, and whoever was not asked.',
      query,
      output: z.object({ ...period, rows: z.array(fairnessRow) }),
    },
    fairnessCsv: {
      method: 'GET',
      path: '/reports/fairness.csv',
      permission: 'reports.read',
      summary: 'The same as CSV.',
      query,
      produces: 'text/csv; charset=utf-8',
    },
    responseTimes: {
      method: 'GET',
      path: '/reports/response-times',
      permission: 'reports.read',
      summary: 'How fast and how often calls are answered: by everybody, by person, by weekday and hour of sending.',
      query,
      output: responseTimes,
    },
    responseTimesCsv: {
      method: 'GET',
      path: '/reports/response-times.csv',
      permission: 'reports.read',
      summary: 'The same by person, as CSV.',
      query,
      produces: 'text/csv; charset=utf-8',
    },
  },
});
