import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { groupKeys } from '#features/engagements/people/group-words.ts';
import { date, id, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { papers } from '#platform/pdf/document.ts';

const paper = z.enum(papers).default('a4').describe('Also how days and times are written: Letter reads 7:30 PM.');
const day = date.describe('A show day: it ends at 4 in the morning, by the clock of the place.');

/** Of every document: which paper, and whether to save it rather than to show it. */
const printed = { paper, download: z.stringbool().default(false) };
const circle = z
  .enum(['everyone', ...groupKeys])
  .optional()
  .describe(
    'A copy to hand out: what everybody on it, or all of a group, may know of. All that the asker sees when absent.',
  );
const days = { day: day.optional().describe('Every day when absent.'), ...printed };
const ofDay = z.strictObject({ ...days, circle });

const recipient = z.object({
  resourceId: id,
  name: z.string(),
  email: restricted(z.string().nullable(), 'resources.contacts'),
  days: z.array(z.string()).describe('On which they are booked.'),
});
export type Recipient = z.output<typeof recipient>;

const pdf = 'application/pdf';
const read = { method: 'GET', permission: 'documents.read' } as const;
const tokenParams = z.object({ orgId: id, token: z.string().min(10).max(250) });

/** At once into one document. */
export const daysAtMost = 400;

export const documents = defineContract({
  name: 'documents',
  permissions: {
    'documents.read': {
      may: 'print day sheets and other documents, as far as they may see what is in them',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'documents.send': {
      may: 'mail day sheets to the people on them',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
  },
  routes: {
    list: {
      ...read,
      path: '/engagements/:id/documents',
      own: true,
      summary: 'The days of an engagement for which there is something to print, and who is booked on them.',
      params: z.object({ id }),
      output: z.object({
        days: z.array(z.string()).describe('Show days, in order.'),
        today: z.string().describe('The show day that it is there now.'),
        people: z.array(recipient),
      }),
    },
    daySheet: {
      ...read,
      path: '/engagements/:id/documents/day-sheet.pdf',
      own: true,
      summary: 'Day sheet: where, when, who and with what, as far as the asker may see it.',
      params: z.object({ id }),
      query: ofDay,
      produces: pdf,
    },
    callSheet: {
      ...read,
      path: '/engagements/:id/documents/call-sheet.pdf',
      own: true,
      summary: 'Call sheet: who is called when, the earliest first.',
      params: z.object({ id }),
      query: ofDay,
      produces: pdf,
    },
    personSheet: {
      ...read,
      path: '/engagements/:id/documents/people/:resourceId/day-sheet.pdf',
      own: true,
      summary: 'What concerns one person who is booked: their times, place and dress. Others’ things are not in it.',
      params: z.object({ id, resourceId: id }),
      query: z.strictObject(days),
      produces: pdf,
    },
    contactSheet: {
      ...read,
      path: '/engagements/:id/documents/contact-sheet.pdf',
      own: true,
      summary: 'Contact sheet: who is on it, by group, and how to reach them as far as the asker may see it.',
      params: z.object({ id }),
      query: z.strictObject(printed),
      produces: pdf,
    },
    doorList: {
      ...read,
      path: '/engagements/:id/documents/door-list.pdf',
      own: true,
      summary: 'Door list: approved guests by surname, to tick. For those who may see the door (`guests.door`).',
      params: z.object({ id }),
      query: z.strictObject(printed),
      produces: pdf,
    },
    advance: {
      ...read,
      path: '/engagements/:id/documents/advance.pdf',
      summary: 'The advance by section, with what both sides said. For those who may see it (`advance.read`).',
      params: z.object({ id }),
      query: z.strictObject(printed),
      produces: pdf,
    },
    travelSheet: {
      ...read,
      path: '/engagements/:id/documents/travel.pdf',
      own: true,
      summary: 'Travel: legs by day with who is on them, and hotels, as far as the asker may see them (`travel.read`).',
      params: z.object({ id }),
      query: z.strictObject(printed),
      produces: pdf,
    },
    roomingList: {
      ...read,
      path: '/engagements/:id/documents/rooming-list.pdf',
      own: true,
      summary: 'Rooming list: a page for each hotel with its rooms and who sleeps there (`travel.read`).',
      params: z.object({ id }),
      query: z.strictObject(printed),
      produces: pdf,
    },
    tourBook: {
      ...read,
      path: '/series/:id/documents/tour-book.pdf',
      summary: `A series as a book: contents and each day’s sheet, ${daysAtMost} days at most.`,
      params: z.object({ id }),
      query: z.strictObject({
        ...printed,
        circle,
        from: date.optional().describe('First show day.'),
        to: date.optional().describe('Last show day.'),
      }),
      produces: pdf,
    },
    send: {
      method: 'POST',
      path: '/engagements/:id/documents/day-sheet/send',
      permission: 'documents.send',
      summary:
        'Mails people their own day sheet: their times in the mail, and a link to the PDF that needs no sign-in and ends three days after the day. Whoever has the same already gets none.',
      params: z.object({ id }),
      body: z.strictObject({
        day,
        paper,
        resourceIds: z.array(id).min(1, { error: 'Choose at least one person.' }).max(500),
        note: text(2_000).default('').describe('A few words of your own, above the times.'),
      }),
      output: z.object({
        sent: z.array(z.string()).describe('Names of those to whom a mail goes.'),
        unchanged: z.array(z.string()).describe('They were sent exactly this before.'),
        unreachable: z.array(z.string()).describe('They have no e-mail address, or get no mail.'),
        notBooked: z.array(z.string()).describe('They are not booked on this day.'),
      }),
    },
    readSheet: {
      method: 'GET',
      path: '/day-sheets/:orgId/:token',
      scope: 'public',
      summary: 'Whose day sheet a mailed link opens. The signed token is the key; it ends three days after the day.',
      params: tokenParams,
      output: z.object({ organisation: z.string(), name: z.string(), title: z.string(), day: z.string() }),
      errors: ['not_found'],
    },
    printSheet: {
      method: 'GET',
      path: '/day-sheets/:orgId/:token/day-sheet.pdf',
      scope: 'public',
      summary: 'The day sheet behind a mailed link, as things are now. The signed token is the key.',
      params: tokenParams,
      produces: pdf,
      errors: ['not_found'],
    },
  },
});
