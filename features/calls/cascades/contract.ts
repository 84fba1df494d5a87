import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { currency, id, instant, instantOut, list, page, pageOf, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { acceptance, asking, declining, personCall, withdrawal } from './person-call-contract.ts';
import { skipReasons } from './call-words.ts';

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
      z.int().min(0).nullable().default(null).describe('For all services together, in minor units; null: as agreed.'),
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
    skill: z.string(),
    kind: z.enum(['principal', 'section']),
    seats: z.int().describe('Seats of the need over all services.'),
    openSeats: z.int().describe('Of them, those that nobody has.'),
    counts: z.record(z.enum(callStates), z.int()).describe('Calls by state.'),
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

const candidate = z
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

const people = z
  .array(id)
  .min(1, { error: 'Choose at least one person.' })
  .max(500, { error: 'Choose at most 500 people.' });

const settings = cascade.create.omit({ id: true });
const asked = settings.extend({
  resourceIds: people.optional().describe('Who is asked, in this order; those of the approved lists when absent.'),
});

const forecast = z.object({
  places: z.int().describe('Seats to fill: the most that are open at one service.'),
  services: z.int(),
  askable: z.int().describe('Candidates who would be asked, were it their turn now.'),
  chance: z.number().min(0).max(1).describe('That every seat is filled.'),
  hours: z.number().nullable().describe('Until then, in half of the cases; null when it hardly ever comes to that.'),
  hoursMostly: z.number().nullable().describe('Until then, in nine of ten cases.'),
  calls: z.int().describe('To be expected.'),
  costMinor: restricted(z.int().nullable().describe('Fee × places.'), 'calls.fees'),
  currency: restricted(currency.nullable(), 'calls.fees'),
});
export type Forecast = z.output<typeof forecast>;

const question = z.object({
  id,
  askedBy: z.enum(['person', 'office']),
  body: z.string(),
  writtenBy: z.string().nullable().describe('Of the office: by name.'),
  createdAt: instantOut,
});
export type CallQuestion = z.output<typeof question>;

const byId = z.object({ id });
const nothing = z.strictObject({});
const withCalls = z.object({
  cascade: cascade.row,
  startedBy: z.string().describe('By name.'),
  calls: z.array(call.row).describe('In the order in which they are asked; by name for those who may not see ranks.'),
});

export const calls = defineContract({
  name: 'calls',
  permissions: {
    'calls.read': { may: 'see who is called for what, and what they answer', roles: ['owner', 'manager', 'staff'] },
    'calls.run': {
      may: 'call people: start, pause and end calls, and answer for people',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
    'calls.fees': { may: 'see and set the fees that calls offer', roles: ['owner', 'manager'] },
    'calls.answer': {
      may: 'see and answer the calls that they get themselves',
      roles: ['owner', 'manager', 'staff', 'crew'],
    },
  },
  errors: {
    already_running: 409,
    wrong_state: 409,
    not_askable: 409,
    nothing_open: 409,
    seat_taken: 409,
    committed_elsewhere: 409,
    already_answered: 409,
    duplicate: 409,
    call_closed: 410,
    link_replaced: 410,
    too_many_questions: 429,
  },
  constraints: {
    cascades_one_per_need: {
      code: 'already_running',
      message: 'People are being called for this need already. Add to those, or halt them first.',
    },
    cascades_fee_whole: {
      code: 'invalid_input',
      message: 'A fee needs its amount and its currency.',
      field: 'feeMinor',
    },
    calls_person_once: { code: 'duplicate', message: 'This person stands among these calls already.' },
    calls_open_stay: {
      code: 'wrong_state',
      message: 'Somebody is being called for this and has not answered yet. Halt and cancel these calls first.',
    },
  },
  events: ['calls.filled', 'calls.exhausted', 'calls.withdrawn', 'calls.asked', 'calls.reopened'],
  routes: {
    listCascades: {
      method: 'GET',
      path: '/cascades',
      permission: 'calls.read',
      summary: 'Rounds of calls, the newest first.',
      query: z.strictObject({
        ...page,
        engagementId: id.optional(),
        needId: id.optional(),
        state: list(z.enum(cascadeStates)).optional(),
      }),
      output: pageOf(cascade.row),
    },
    getCascade: {
      method: 'GET',
      path: '/cascades/:id',
      permission: 'calls.read',
      summary: 'One round of calls with every call: who is to be asked, who was, when, and what became of it.',
      params: byId,
      output: withCalls,
    },
    candidates: {
      method: 'GET',
      path: '/needs/:id/candidates',
      permission: 'calls.run',
      summary: 'Whom the approved lists name for a need, in order, and what speaks against asking them now.',
      params: byId,
      query: z.strictObject({ ids: list(id).optional().describe('Of these people instead, whatever the lists say.') }),
      output: z.object({ items: z.array(candidate) }),
    },
    forecast: {
      method: 'POST',
      path: '/needs/:id/forecast',
      permission: 'calls.run',
      summary: 'What calling would come to: chance, time, calls and cost. Starts nothing.',
      params: byId,
      body: asked,
      output: forecast,
      errors: ['nothing_open'],
    },
    start: {
      method: 'POST',
      path: '/needs/:id/cascade',
      permission: 'calls.run',
      summary: 'Starts calling for the open seats of a need. One at a time for each need.',
      params: byId,
      body: asked,
      status: 201,
      output: withCalls,
      errors: ['already_running', 'nothing_open'],
    },
    change: {
      method: 'PATCH',
      path: '/cascades/:id',
      permission: 'calls.run',
      summary: 'Changes the settings; they hold for what is sent from now on.',
      params: byId,
      body: cascade.patch,
      output: cascade.row,
      errors: ['version_conflict', 'wrong_state'],
    },
    pause: {
      method: 'POST',
      path: '/cascades/:id/pause',
      permission: 'calls.run',
      summary: 'Sends nothing new until resumed; open calls, answers and deadlines go on.',
      params: byId,
      body: nothing,
      output: cascade.row,
      errors: ['wrong_state'],
    },
    resume: {
      method: 'POST',
      path: '/cascades/:id/resume',
      permission: 'calls.run',
      summary: 'Goes on after a pause.',
      params: byId,
      body: nothing,
      output: cascade.row,
      errors: ['wrong_state'],
    },
    halt: {
      method: 'POST',
      path: '/cascades/:id/halt',
      permission: 'calls.run',
      summary: 'Sends nothing more, for good. Who was asked may still answer.',
      params: byId,
      body: nothing,
      output: cascade.row,
      errors: ['wrong_state'],
    },
    cancel: {
      method: 'POST',
      path: '/cascades/:id/cancel',
      permission: 'calls.run',
      summary: 'Sends nothing more, takes open calls back, and tells who was asked. Who accepted keeps their seats.',
      params: byId,
      body: z.strictObject({ note: text(1_000).default('').describe('Told to those who were asked.') }),
      output: cascade.row,
      errors: ['wrong_state'],
    },
    addCandidates: {
      method: 'POST',
      path: '/cascades/:id/candidates',
      permission: 'calls.run',
      summary: 'Adds people, behind the others or next. An exhausted round goes on.',
      params: byId,
      body: z.strictObject({
        resourceIds: people,
        next: z.boolean().default(false).describe('Before all who were not asked yet.'),
      }),
      output: withCalls,
      errors: ['wrong_state', 'duplicate', 'already_running'],
    },
    reorder: {
      method: 'PUT',
      path: '/cascades/:id/order',
      permission: 'calls.run',
      summary: 'The order of those who were not asked yet.',
      params: byId,
      body: z.strictObject({ callIds: z.array(id).min(1).max(500).describe('Every planned call, in the new order.') }),
      output: withCalls,
      errors: ['version_conflict', 'wrong_state'],
    },
    listCalls: {
      method: 'GET',
      path: '/calls',
      permission: 'calls.read',
      summary: 'Every call that went out, the newest first.',
      query: z.strictObject({
        ...page,
        engagementId: id.optional(),
        needId: id.optional(),
        cascadeId: id.optional(),
        resourceId: id.optional(),
        state: list(z.enum(callStates)).optional(),
        from: instant.optional().describe('Sent at or after.'),
        to: instant.optional().describe('Sent before.'),
      }),
      output: pageOf(call.row),
    },
    getCall: {
      method: 'GET',
      path: '/calls/:id',
      permission: 'calls.read',
      summary: 'One call with its questions.',
      params: byId,
      output: z.object({ call: call.row, questions: z.array(question) }),
    },
    remove: {
      method: 'DELETE',
      path: '/calls/:id',
      permission: 'calls.run',
      summary: 'Takes somebody off who was not asked.',
      params: byId,
      status: 204,
      errors: ['wrong_state'],
    },
    sendNow: {
      method: 'POST',
      path: '/calls/:id/send-now',
      permission: 'calls.run',
      summary: 'Calls somebody out of turn, quiet hours or not.',
      params: byId,
      body: nothing,
      output: call.row,
      errors: ['wrong_state', 'not_askable', 'nothing_open'],
    },
    skip: {
      method: 'POST',
      path: '/calls/:id/skip',
      permission: 'calls.run',
      summary: 'Passes somebody over; an open call is taken back, and they are told.',
      params: byId,
      body: z.strictObject({ note: text(1_000).default('') }),
      output: call.row,
      errors: ['wrong_state'],
    },
    extend: {
      method: 'POST',
      path: '/calls/:id/extend',
      permission: 'calls.run',
      summary: 'Gives somebody more time to answer, or less.',
      params: byId,
      body: z.strictObject({ deadlineAt: instant.describe('Before the first service begins.') }),
      output: call.row,
      errors: ['wrong_state'],
    },
    accept: {
      method: 'POST',
      path: '/calls/:id/accept',
      permission: 'calls.run',
      summary: 'Records that somebody accepted by other ways than the mail; they get their confirmation.',
      params: byId,
      body: acceptance,
      output: call.row,
      errors: ['wrong_state', 'seat_taken', 'committed_elsewhere', 'already_answered', 'call_closed'],
    },
    decline: {
      method: 'POST',
      path: '/calls/:id/decline',
      permission: 'calls.run',
      summary: 'Records that somebody declined by other ways than the mail.',
      params: byId,
      body: declining,
      output: call.row,
      errors: ['wrong_state', 'already_answered', 'call_closed'],
    },
    withdraw: {
      method: 'POST',
      path: '/calls/:id/withdraw',
      permission: 'calls.run',
      summary: 'Records that somebody who had accepted can’t come; their seats are open again, and calling goes on.',
      params: byId,
      body: withdrawal,
      output: call.row,
      errors: ['wrong_state', 'call_closed'],
    },
    renewLink: {
      method: 'POST',
      path: '/calls/:id/renew-link',
      permission: 'calls.run',
      summary: 'Ends the link of the mail; who is still asked, or has accepted, gets a new one.',
      params: byId,
      body: nothing,
      output: call.row,
      errors: ['wrong_state'],
    },
    reply: {
      method: 'POST',
      path: '/calls/:id/questions',
      permission: 'calls.run',
      summary: 'Answers what somebody asked about a call; it goes to them by mail.',
      params: byId,
      body: asking,
      status: 201,
      output: z.object({ call: call.row, questions: z.array(question) }),
      errors: ['wrong_state'],
    },
    mine: {
      method: 'GET',
      path: '/my-calls',
      permission: 'calls.answer',
      summary:
        'The calls of the person behind the asker’s account: open ones by deadline, then the newest; at most 200.',
      output: z.object({ items: z.array(personCall) }),
    },
    acceptMine: {
      method: 'POST',
      path: '/my-calls/:id/accept',
      permission: 'calls.answer',
      summary: 'Accepts all or some of the services, and commits that time.',
      params: byId,
      body: acceptance,
      output: personCall,
      errors: ['seat_taken', 'committed_elsewhere', 'already_answered', 'call_closed'],
    },
    declineMine: {
      method: 'POST',
      path: '/my-calls/:id/decline',
      permission: 'calls.answer',
      summary: 'Declines, with the reason.',
      params: byId,
      body: declining,
      output: personCall,
      errors: ['already_answered', 'call_closed'],
    },
    withdrawMine: {
      method: 'POST',
      path: '/my-calls/:id/withdraw',
      permission: 'calls.answer',
      summary: 'Takes an acceptance back.',
      params: byId,
      body: withdrawal,
      output: personCall,
      errors: ['call_closed'],
    },
    askMine: {
      method: 'POST',
      path: '/my-calls/:id/questions',
      permission: 'calls.answer',
      summary: 'Asks the office about the call.',
      params: byId,
      body: asking,
      status: 201,
      output: personCall,
      errors: ['call_closed', 'too_many_questions'],
    },
    calendarOfMine: {
      method: 'GET',
      path: '/my-calls/:id/calendar.ics',
      permission: 'calls.answer',
      summary: 'The accepted services as a calendar file.',
      params: byId,
      produces: 'text/calendar; charset=utf-8',
    },
  },
});
