import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { date, email, id, instantOut, line, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { seenBy } from '#features/engagements/timeline/audience-rules.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { answerKinds, itemStates, longest, marks, sides } from './rules.ts';

/** One line that may be empty. */
const short = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

const askedFields = {
  section: short(80).default('').describe('Heading that it stands under.'),
  title: line(200),
  hint: text(1_000).default('').describe('What exactly is meant, for who answers.'),
  kind: z.enum(answerKinds).default('text'),
  choices: z.array(line(120)).max(20).default([]).describe('Answers to choose from; of kind `choice` only.'),
  side: z.enum(sides).default('them').describe('Who answers: the organisation, or the other side.'),
};

const writer = z.object({ side: z.enum(sides), name: z.string() });
export type Writer = z.output<typeof writer>;

const comment = z
  .object({
    id,
    body: z.string(),
    internal: z.boolean().describe('Not for the other side.'),
    writer,
    createdAt: instantOut,
  })
  .meta({ id: 'AdvanceComment' });
export type AdvanceComment = z.output<typeof comment>;

export const item = entity('advance_items', 'AdvanceItem', askedFields, {
  engagementId: id,
  state: z.enum(itemStates),
  answer: z
    .string()
    .describe('Empty: none yet. Numbers with a point, times as 18:30, `yes` or `no`; of a file its name.'),
  fileId: id.nullable().describe('Of kind `file`; null once the file is gone.'),
  answeredBy: writer.nullable(),
  answeredAt: instantOut.nullable(),
  comments: z.array(comment).describe('The oldest first.'),
});
export type AdvanceItem = z.output<typeof item.row>;

/** An answer with what was seen of it before. */
export const answering = z.strictObject({
  version: z.int().min(1).describe('Of the item, as the writer saw it.'),
  answer: text(longest.long_text).describe('Empty: takes it back.'),
});
export const marking = z.strictObject({
  version: z.int().min(1).describe('Of the item, as the reader saw it: what was changed since is not agreed to.'),
  mark: z.enum(marks).describe('`open`: takes back what was said about the answer.'),
});
export const commentBody = text(2_000).refine((value) => value.trim() !== '', { error: 'Write something.' });

const templateItem = z.strictObject({
  id: z.string().min(1).max(60).describe('Its own within the checklist; using it again passes over what is there.'),
  ...askedFields,
});
export type TemplateItem = z.output<typeof templateItem>;

const choicesFit = ({ kind, choices }: { kind: string; choices: readonly string[] }) =>
  (kind === 'choice') === choices.length > 0 && new Set(choices).size === choices.length;

const templateFields = {
  pack: z.enum(packNames),
  name: line(120).describe('The kind of engagement that it is for: Club show; Concert.'),
  items: z
    .array(templateItem)
    .max(150)
    .refine((items) => new Set(items.map(({ id: one }) => one)).size === items.length, {
      error: 'Two items of a checklist may not have the same id.',
    })
    .refine((items) => items.every(choicesFit), {
      error: 'An answer to choose needs its choices, each once; other kinds have none.',
    }),
};
const template = z
  .object({
    key: z.string(),
    builtIn: z.boolean().describe('It comes with Holdfast.'),
    version: z.int().describe('0 while the built-in checklist holds.'),
    ...templateFields,
  })
  .meta({ id: 'AdvanceTemplate' });
export type AdvanceTemplate = z.output<typeof template>;

const days = z.int().min(0).max(365);
const settingFields = {
  dueDays: days.describe('Days before the first day on which answers are wanted.'),
  remindDays: z
    .array(days)
    .max(10)
    .transform((list) => [...new Set(list)].sort((a, b) => b - a))
    .describe('Days before the first day on which who owes answers is reminded, at nine in the morning.'),
  openDays: days.describe('Days after the end until which links open.'),
};
const settings = z.object({ ...settingFields, version: z.int() }).meta({ id: 'AdvanceSettings' });
export type AdvanceSettings = z.output<typeof settings>;

const link = z
  .object({
    id,
    partyId: id.nullable(),
    name: z.string(),
    email: restricted(z.string(), 'parties.contacts'),
    sentAt: instantOut.describe('Last sent by hand.'),
    remindedAt: instantOut.nullable(),
    revokedAt: instantOut.nullable(),
    endsAt: instantOut.describe('From then on it opens nothing.'),
    opened: z.int().describe('How often somebody looked; the page says so, mail scanners don’t count.'),
    firstOpenedAt: instantOut.nullable(),
    lastOpenedAt: instantOut.nullable(),
  })
  .meta({ id: 'AdvanceLink' });
export type AdvanceLink = z.output<typeof link>;
restrictColumns('advance_links', { email: 'parties.contacts' });

const scheduleTime = z
  .object({
    itemId: id.describe('Of the advance, which asks for a time.'),
    name: z.string().describe('Of what is on the schedule.'),
    time: z.string().describe('As 18:30 by the clock of its place, as an answer has it.'),
    day: date.nullable().describe('Where it isn’t the engagement’s first day. A day lasts until four in the morning.'),
    zone,
    seenBy: z.enum(seenBy).describe('Who knows of it, as on the schedule.'),
  })
  .meta({ id: 'AdvanceScheduleTime' });
export type ScheduleTime = z.output<typeof scheduleTime>;

const ofEngagement = { params: z.object({ id }) };
const ofItem = { params: z.object({ id }), output: item.row };
const ofLink = { params: z.object({ id }), output: link };
const key = z.object({ key: z.string().max(60) });
const message = text(2_000).default('').describe('A few words of your own, in the mail.');
const read = { method: 'GET', permission: 'advance.read' } as const;

export const advance = defineContract({
  name: 'advance',
  permissions: {
    'advance.read': { may: 'see what is settled with the other side', roles: ['owner', 'manager', 'staff'] },
    'advance.write': {
      may: 'ask, answer and agree in the advance',
      roles: ['owner', 'manager', 'staff'],
    },
    'advance.send': {
      may: 'send the advance to the other side, and end its links',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
    'advance.templates': { may: 'change the checklists of the advance', roles: ['owner', 'manager'] },
  },
  errors: { duplicate: 409, advance_full: 409 },
  events: ['advance.asked'],
  constraints: {
    advance_templates_once: {
      code: 'version_conflict',
      message: 'Somebody else changed this checklist. Look at it again.',
    },
    advance_links_once: {
      code: 'duplicate',
      message: 'It was sent to this address before. Send it again from there.',
      field: 'email',
    },
    advance_links_party_exists: {
      code: 'invalid_input',
      message: 'There is no contact with this id.',
      field: 'partyId',
    },
    advance_items_choices_of_choice: {
      code: 'invalid_input',
      message: 'An answer to choose needs its choices; other kinds have none.',
      field: 'choices',
    },
  },
  routes: {
    get: {
      ...read,
      path: '/engagements/:id/advance',
      summary: 'What is to be settled with the other side, in order, and to whom it was sent.',
      ...ofEngagement,
      output: z.object({
        settings,
        items: z.array(item.row),
        links: z.array(link),
        schedule: restricted(z.array(scheduleTime), 'timeline.read').describe(
          'What the schedule says now to items that ask for a time. It is nobody’s answer until it is sent as one.',
        ),
      }),
    },
    progress: {
      ...read,
      path: '/engagements/:id/advance/progress',
      summary: 'How much of the advance is agreed.',
      ...ofEngagement,
      output: z.object({ agreed: z.int(), all: z.int() }),
    },
    setSettings: {
      method: 'PUT',
      path: '/engagements/:id/advance/settings',
      permission: 'advance.send',
      summary: 'Says when answers are wanted, when to remind, and how long links open.',
      ...ofEngagement,
      body: z.strictObject({
        ...settingFields,
        version: z.int().min(0).describe('As the editor saw it; 0: nothing was set.'),
      }),
      output: settings,
      errors: ['version_conflict'],
    },
    addItem: {
      method: 'POST',
      path: '/engagements/:id/advance/items',
      permission: 'advance.write',
      summary: 'Asks one thing more, at the end of its section.',
      ...ofEngagement,
      body: item.create,
      status: 201,
      output: item.row,
      errors: ['advance_full'],
    },
    changeItem: {
      method: 'PATCH',
      path: '/advance-items/:id',
      permission: 'advance.write',
      summary: 'Changes what is asked. An answer that no longer fits is refused: take it back first.',
      ...ofItem,
      body: item.patch,
      errors: ['version_conflict'],
    },
    moveItem: {
      method: 'POST',
      path: '/advance-items/:id/move',
      permission: 'advance.write',
      summary: 'Puts an item behind another one, into its section, or first.',
      ...ofItem,
      body: z.strictObject({ after: id.nullable().describe('Null: first.') }),
    },
    removeItem: {
      method: 'DELETE',
      path: '/advance-items/:id',
      permission: 'advance.write',
      summary: 'Removes an item with its answer and what was said about it.',
      params: z.object({ id }),
      status: 204,
    },
    answer: {
      method: 'PUT',
      path: '/advance-items/:id/answer',
      permission: 'advance.write',
      summary: 'Answers an item, for whichever side. What was agreed before is open to agreement again.',
      ...ofItem,
      body: answering.extend({
        fileId: id.nullable().default(null).describe('Of kind `file`: one of the engagement’s files.'),
      }),
      errors: ['version_conflict'],
    },
    mark: {
      method: 'POST',
      path: '/advance-items/:id/mark',
      permission: 'advance.write',
      summary: 'Agrees to an item, or says that there is a problem with it.',
      ...ofItem,
      body: marking,
      errors: ['version_conflict'],
    },
    comment: {
      method: 'POST',
      path: '/advance-items/:id/comments',
      permission: 'advance.write',
      summary: 'Says something about an item.',
      ...ofItem,
      body: z.strictObject({
        body: commentBody,
        internal: z.boolean().default(false).describe('Not for the other side.'),
      }),
      status: 201,
      errors: ['advance_full'],
    },
    useTemplate: {
      method: 'POST',
      path: '/engagements/:id/advance/from-template',
      permission: 'advance.write',
      summary: 'Adds a checklist’s items, those that the advance doesn’t have yet.',
      ...ofEngagement,
      body: z.strictObject({ key: z.string().max(60) }),
      output: z.object({ created: z.int() }),
      errors: ['advance_full'],
    },
    copy: {
      method: 'POST',
      path: '/engagements/:id/advance/copy',
      permission: 'advance.write',
      summary: 'Adds the items of another engagement’s advance, those that this one doesn’t have yet.',
      ...ofEngagement,
      body: z.strictObject({
        fromId: id.describe('The other engagement.'),
        answers: z
          .boolean()
          .default(false)
          .describe('With the organisation’s own answers; the other side answers anew.'),
      }),
      output: z.object({ created: z.int() }),
      errors: ['advance_full'],
    },
    send: {
      method: 'POST',
      path: '/engagements/:id/advance/links',
      permission: 'advance.send',
      summary: 'Mails somebody of the other side a link of their own, which needs no sign-in.',
      ...ofEngagement,
      body: z.strictObject({ name: line(200), email, partyId: id.nullable().default(null), message }),
      status: 201,
      output: link,
      errors: ['duplicate', 'advance_full'],
    },
    sendAgain: {
      method: 'POST',
      path: '/advance-links/:id/send',
      permission: 'advance.send',
      summary: 'Mails the link again. One that was ended is replaced by a new one.',
      ...ofLink,
      body: z.strictObject({ message }),
    },
    revoke: {
      method: 'POST',
      path: '/advance-links/:id/revoke',
      permission: 'advance.send',
      summary: 'Ends a link at once. What was answered by it stays.',
      ...ofLink,
      body: z.strictObject({}),
    },
    listTemplates: {
      ...read,
      path: '/advance-templates',
      summary: 'The checklists: built-in ones of the organisation’s packs, and its own.',
      output: z.object({ items: z.array(template) }),
    },
    createTemplate: {
      method: 'POST',
      path: '/advance-templates',
      permission: 'advance.templates',
      summary: 'Makes a checklist of the organisation’s own.',
      body: z.strictObject(templateFields),
      status: 201,
      output: template,
    },
    setTemplate: {
      method: 'PUT',
      path: '/advance-templates/:key',
      permission: 'advance.templates',
      summary: 'Changes a checklist. Of a built-in one, the organisation’s own takes its place.',
      params: key,
      body: z.strictObject({
        version: z.int().min(0).describe('As the editor saw it; 0 over the built-in checklist.'),
        ...templateFields,
      }),
      output: template,
      errors: ['version_conflict'],
    },
    removeTemplate: {
      method: 'DELETE',
      path: '/advance-templates/:key',
      permission: 'advance.templates',
      summary: 'Removes a checklist of the organisation’s own; in the place of a built-in one, that one holds again.',
      params: key,
      status: 204,
    },
  },
});
