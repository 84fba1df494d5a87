import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instant, line, list, page, pageOf, text, zone } from '#platform/contract/fields.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { claim, claimInput } from '#features/scheduling/claims/contract.ts';
import { detail, inquiry, message } from './inquiry-contract.ts';
import { inquiryStates } from './rules.ts';

const byId = { params: z.object({ id }) };
const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };
const reason = text(500).default('');
const words = text(5_000).refine((value) => value.trim() !== '', { error: 'Write something.' });

/** A mail that whoever decides may reword before it goes; null: none goes. */
const letter = text(5_000)
  .nullable()
  .default(null)
  .describe('What the mail to its sender says; null: no mail. Without an address there is none either.');

const timesWhole = (value: { startsAt?: string | null | undefined; endsAt?: string | null | undefined }) =>
  value.startsAt === null || value.endsAt === null || value.startsAt === undefined || value.endsAt === undefined
    ? (value.startsAt ?? null) === null && (value.endsAt ?? null) === null
    : value.startsAt < value.endsAt;

export const inquiries = defineContract({
  name: 'inquiries',
  permissions: {
    'intake.read': {
      may: 'open the inbox of inquiries',
      roles: ['owner', 'manager', 'staff'],
      closedToSupport: true,
    },
    'intake.write': {
      may: 'enter, assign and discuss inquiries, and hold times for them',
      roles: ['owner', 'manager', 'staff'],
      closedToSupport: true,
    },
    'intake.decide': {
      may: 'approve, decline and delete inquiries',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
  },
  errors: { already_decided: 409, conflict: 409, blocked: 409, in_use: 409, limit_reached: 409, no_address: 409 },
  constraints: {
    inquiries_time_order: { code: 'invalid_input', message: 'The end must be after the start.', field: 'endsAt' },
    inquiries_times_whole: { code: 'invalid_input', message: 'Give a start and an end, or neither.', field: 'endsAt' },
    inquiries_budget_whole: {
      code: 'invalid_input',
      message: 'Give an amount and its currency, or neither.',
      field: 'budgetCurrency',
    },
    inquiries_place_exists: { code: 'invalid_input', message: 'There is no place with this id.', field: 'placeId' },
    inquiries_party_exists: { code: 'invalid_input', message: 'There is no contact with this id.', field: 'partyId' },
    inquiries_form_exists: {
      code: 'in_use',
      message: 'Inquiries came by this form, and are read by what it asked. Close it instead.',
    },
    inquiries_pkey: { code: 'conflict', message: 'An inquiry with this id exists already.', field: 'id' },
  },
  events: ['inquiries.received', 'inquiries.assigned', 'inquiries.answered'],
  routes: {
    list: {
      method: 'GET',
      path: '/inquiries',
      permission: 'intake.read',
      summary: 'The inbox, newest first.',
      query: z.strictObject({
        ...page,
        state: list(z.enum(inquiryStates)).optional().describe('One or several; all of them when absent.'),
        assigneeUserId: id.optional(),
        unassigned: z.literal('true').optional(),
        formId: id.optional(),
        partyId: id.optional(),
        engagementId: id.optional(),
        label: z.string().max(40).optional(),
        q: z.string().max(200).optional().describe('Part of the title, the name, the company or the address.'),
      }),
      output: pageOf(inquiry.row),
    },
    counts: {
      method: 'GET',
      path: '/inquiries/counts',
      permission: 'intake.read',
      summary: 'How many there are in each state, and the labels in use.',
      output: z.object({
        states: z.record(z.enum(inquiryStates), z.int()),
        labels: z.array(z.string()),
        forms: z.array(z.object({ id, title: z.string() })),
      }),
    },
    getWatching: {
      method: 'GET',
      path: '/inquiries/watching',
      permission: 'intake.read',
      summary: 'Whether the asker is told of new inquiries; owners and managers are, unless they said otherwise.',
      output: z.object({ watching: z.boolean() }),
    },
    setWatching: {
      method: 'PUT',
      path: '/inquiries/watching',
      permission: 'intake.read',
      summary: 'Says whether the asker is told of new inquiries.',
      body: z.strictObject({ watching: z.boolean() }),
      output: z.object({ watching: z.boolean() }),
    },
    create: {
      method: 'POST',
      path: '/inquiries',
      permission: 'intake.write',
      summary: 'Enters an inquiry that came by telephone, by mail or in person.',
      body: inquiry.create
        .extend({
          source: z.enum(['phone', 'mail', 'in_person']).default('phone'),
          tell: z.boolean().default(false).describe('Mails its sender the link to its page.'),
        })
        .refine(timesWhole, timeOrder),
      status: 201,
      output: inquiry.row,
      errors: ['conflict', 'no_address'],
    },
    get: {
      method: 'GET',
      path: '/inquiries/:id',
      permission: 'intake.read',
      summary: 'One inquiry with its answers, what is said about it, what is held for it, and its decisions.',
      ...byId,
      output: detail,
    },
    change: {
      method: 'PATCH',
      path: '/inquiries/:id',
      permission: 'intake.write',
      summary: 'Changes the given fields: what was understood, who sees to it, labels. What was sent stays as it is.',
      ...byId,
      body: inquiry.patch,
      output: inquiry.row,
      errors: ['version_conflict'],
    },
    review: {
      method: 'POST',
      path: '/inquiries/:id/review',
      permission: 'intake.write',
      summary: 'Says that somebody looks into it; unless it is somebody’s already, it becomes the asker’s.',
      ...byId,
      output: inquiry.row,
      errors: ['already_decided'],
    },
    spam: {
      method: 'POST',
      path: '/inquiries/:id/spam',
      permission: 'intake.write',
      summary: 'Says that it is spam, and lets go what was held for it.',
      ...byId,
      output: inquiry.row,
      errors: ['already_decided'],
    },
    notSpam: {
      method: 'POST',
      path: '/inquiries/:id/not-spam',
      permission: 'intake.write',
      summary: 'Brings one back that was taken for spam. Its sender gets the mail that they hadn’t got.',
      ...byId,
      output: inquiry.row,
      errors: ['already_decided'],
    },
    addNote: {
      method: 'POST',
      path: '/inquiries/:id/notes',
      permission: 'intake.write',
      summary: 'Says something about it that stays among members.',
      ...byId,
      body: z.strictObject({ body: words }),
      status: 201,
      output: message,
    },
    ask: {
      method: 'POST',
      path: '/inquiries/:id/questions',
      permission: 'intake.write',
      summary: 'Asks its sender by mail; they answer on their page.',
      ...byId,
      body: z.strictObject({ body: words }),
      status: 201,
      output: message,
      errors: ['no_address', 'already_decided'],
    },
    hold: {
      method: 'POST',
      path: '/inquiries/:id/holds',
      permission: 'intake.write',
      summary: 'Holds times for it, each at its place in the queue: all of them, or none.',
      ...byId,
      body: z.strictObject({ claims: z.array(claimInput).min(1).max(50) }),
      status: 201,
      output: z.object({ claims: z.array(claim) }),
      errors: ['conflict', 'already_decided'],
    },
    approve: {
      method: 'POST',
      path: '/inquiries/:id/approve',
      permission: 'intake.decide',
      summary:
        'Makes the engagement with what is held for it, its contact and its tasks, and tells its sender: all of that, or nothing.',
      ...byId,
      body: z
        .strictObject({
          title: line(300),
          pack: z.enum(packNames).optional().describe('The organisation’s first when absent.'),
          startsAt: instant,
          endsAt: instant,
          zone: zone.nullable().default(null),
          placeId: id.nullable().default(null),
          partyId: id.nullable().default(null).describe('Null: whoever it says already; a new contact when nobody.'),
          role: line(60).default('client'),
          claimIds: z.array(id).max(200).optional().describe('Of its holds, those to keep; all when absent.'),
          taskTemplate: z
            .string()
            .min(1)
            .max(100)
            .optional()
            .describe('Instead of the pack’s automatic lists of tasks.'),
          scheduleTemplate: z.string().min(1).max(60).optional().describe('Begins its first day with this schedule.'),
          confirm: z
            .boolean()
            .default(false)
            .describe(
              'Commits what is held at once; needs claims.commit. Refused with every blocker when something stands there.',
            ),
          reason,
          letter,
        })
        .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder),
      output: z.object({ inquiry: inquiry.row, engagementId: id }),
      errors: ['already_decided', 'blocked', 'limit_reached', 'forbidden'],
    },
    decline: {
      method: 'POST',
      path: '/inquiries/:id/decline',
      permission: 'intake.decide',
      summary: 'Declines it, lets go what was held for it, and tells its sender in the words given.',
      ...byId,
      body: z.strictObject({ reason, letter }),
      output: inquiry.row,
      errors: ['already_decided'],
    },
    reopen: {
      method: 'POST',
      path: '/inquiries/:id/reopen',
      permission: 'intake.decide',
      summary: 'Takes a refusal back. Times that were held are to be held again.',
      ...byId,
      output: inquiry.row,
      errors: ['already_decided'],
    },
    remove: {
      method: 'DELETE',
      path: '/inquiries/:id',
      permission: 'intake.decide',
      summary:
        'Deletes one with all that was said about it; what was made of it stays, what is held for it is released.',
      ...byId,
      status: 204,
    },
    link: {
      method: 'POST',
      path: '/inquiries/:id/link',
      permission: 'intake.write',
      summary: 'The sender’s page, to be sent by hand; a new one ends every older link.',
      ...byId,
      body: z.strictObject({ renew: z.boolean().default(false) }),
      output: z.object({ path: z.string().describe('Below the installation’s address.') }),
      idempotent: false,
    },
  },
});
