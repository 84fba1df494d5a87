import * as z from 'zod';
import { entity } from '#platform/contract/entity.ts';
import { currency, id, instantOut, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { skipReasons } from './call-words.ts';

/** What a round of calls and a call are; the routes are in contract.ts. */

export const strategies = ['one', 'some', 'all'] as const;
export type Strategy = (typeof strategies)[number];

export const cascadeStates = ['running', 'paused', 'halted', 'cancelled', 'done', 'exhausted'] as const;
export type CascadeState = (typeof cascadeStates)[number];

export const callStates = [
  'planned',
  'open',
  'accepted',
  'declined',
  'expired',
  'cancelled',
  'withdrawn',
  'skipped',
] as const;
export type CallState = (typeof callStates)[number];

const minutes = (least: number) => z.int().min(least).max(43_200);
const minuteOfDay = z.int().min(0).max(1_439);

export const cascade = entity(
  'cascades',
  'Cascade',
  {
    strategy: z
      .enum(strategies)
      .default('one')
      .describe('one: as many open calls as open places; some: `width` at a time; all: everybody, first come.'),
    width: z.int().min(1).max(100).default(3).describe('Open calls at a time, where the strategy is `some`.'),
    deadlineMinutes: minutes(5).default(1_440).describe('Time to answer.'),
    lateWithinMinutes: minutes(0)
      .default(2_880)
      .describe('Nearer to the first service than this, the late time holds.'),
    lateDeadlineMinutes: minutes(5).default(120).describe('Time to answer when it is late.'),
    reminderMinutes: minutes(5).nullable().default(240).describe('Before the deadline; null: no reminder.'),
    quietFrom: minuteOfDay
      .default(1_260)
      .describe('Minutes from midnight by the person’s clock, from when nobody is called or reminded.'),
    quietTo: minuteOfDay.default(480).describe('Until when; equal to `quietFrom`: no quiet hours.'),
    partial: z.boolean().default(false).describe('They may accept some of the services.'),
    feeMinor: restricted(
      z
        .int()
        .min(0)
        .max(10_000_000_000)
        .nullable()
        .default(null)
        .describe('For all services together, in minor units; null: as agreed.'),
      'calls.fees',
    ),
    feeCurrency: restricted(currency.nullable().default(null), 'calls.fees'),
    message: text(4_000).default('').describe('In every call, beside the facts.'),
  },
  {
    engagementId: id,
    needId: id,
    state: z
      .enum(cascadeStates)
      .describe(
        'paused: nothing new goes out. halted: for good, open calls may be answered. cancelled: open calls were taken back. done: every seat is filled. exhausted: nobody is left to ask.',
      ),
    wakeAt: instantOut.nullable().describe('When there is something to do next.'),
    engagementTitle: z.string(),
    needTitle: z.string(),
    needDropped: z.boolean().describe('Not needed any more; kept for the log of its calls.'),
    skill: z.string(),
    kind: z.enum(['principal', 'section']),
    seats: z.int().describe('Seats of the need over all services.'),
    openSeats: z.int().describe('Of them, those that nobody has.'),
    counts: z.record(z.enum(callStates), z.int()).describe('Calls by state.'),
    unreached: z.int().describe('Open calls whose mail did not go out or came back, and whose page nobody opened.'),
    nextDeadlineAt: instantOut.nullable().describe('Of the open calls.'),
    questions: z.int().describe('Questions that wait for the office’s answer.'),
  },
);
export type Cascade = z.output<typeof cascade.row>;
export type CascadeSettings = Pick<Cascade, keyof (typeof cascade)['fields']>;

const callService = z.object({
  scheduleItemId: id,
  kind: z.string(),
  title: z.string(),
  startsAt: instantOut,
  endsAt: instantOut,
  zone,
  answer: z.enum(['accepted', 'declined']).nullable(),
});

export const call = entity(
  'calls',
  'Call',
  {},
  {
    cascadeId: id,
    needId: id,
    engagementId: id,
    resourceId: id,
    place: restricted(z.int().nullable(), 'lists.ranks'),
    grade: restricted(
      z.enum(['A', 'B', 'C']).nullable().describe('List that they come from; null: by hand.'),
      'lists.ranks',
    ),
    state: z
      .enum(callStates)
      .describe(
        'cancelled: taken back by us. withdrawn: by them, after they had accepted. skipped: not asked, and why.',
      ),
    reason: z.string().nullable().describe('Code: why it was skipped, declined, taken back.'),
    note: z.string().describe('In their own words, or the office’s.'),
    sentAt: instantOut.nullable(),
    deadlineAt: instantOut.nullable(),
    remindAt: instantOut.nullable(),
    remindedAt: instantOut.nullable(),
    openedAt: instantOut.nullable().describe('First look at the page by a person.'),
    answeredAt: instantOut.nullable(),
    name: z.string().describe('Of the person.'),
    zone: zone.describe('Of the person.'),
    engagementTitle: z.string(),
    needTitle: z.string(),
    services: z.array(callService).describe('Those asked for, by start, with the answer to each.'),
    mail: z
      .enum(['waiting', 'sent', 'failed', 'bounced', 'suppressed', 'kept'])
      .nullable()
      .describe('Of the call’s mail, as the outbox shows it.'),
    questions: z.int().describe('Asked by the person and not answered yet.'),
  },
);
export type Call = z.output<typeof call.row>;
export type CallService = z.output<typeof callService>;

export const candidate = z
  .object({
    resourceId: id,
    name: z.string(),
    grade: restricted(z.enum(['A', 'B', 'C']).nullable(), 'lists.ranks'),
    place: restricted(z.int().nullable().describe('On the list of that grade.'), 'lists.ranks'),
    obstacle: z.enum(skipReasons).nullable().describe('Why they would be skipped now.'),
    busy: z.boolean().describe('A calendar of theirs has something at that time; they are asked all the same.'),
    earlier: z.enum(callStates).nullable().describe('What became of their last call for this need.'),
  })
  .meta({ id: 'CallCandidate' });
export type CallCandidate = z.output<typeof candidate>;

export const forecast = z.object({
  places: z.int().describe('Seats to fill: the most that are open at one service.'),
  services: z.int(),
  mailServer: z.boolean().describe('False: calls are kept in the outbox, and nobody gets one by mail.'),
  askable: z.int().describe('Candidates who would be asked, were it their turn now.'),
  chance: z.number().min(0).max(1).describe('That every seat is filled.'),
  hours: z.number().nullable().describe('Until then, in half of the cases; null when it hardly ever comes to that.'),
  hoursMostly: z.number().nullable().describe('Until then, in nine of ten cases.'),
  calls: z.int().describe('To be expected.'),
  costMinor: restricted(z.int().nullable().describe('Fee × places.'), 'calls.fees'),
  currency: restricted(currency.nullable(), 'calls.fees'),
});
export type Forecast = z.output<typeof forecast>;

export const question = z.object({
  id,
  askedBy: z.enum(['person', 'office']),
  body: z.string(),
  writtenBy: z.string().nullable().describe('Of the office: by name.'),
  createdAt: instantOut,
});
export type CallQuestion = z.output<typeof question>;
