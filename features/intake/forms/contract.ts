import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { colour, count, currency, id, instantOut, line, text } from '#platform/contract/fields.ts';
import { nameFault, tidyName } from '#features/files/name-rules.ts';
import { fieldTypes, meanings, type FormField } from './field-rules.ts';
import { largestFormFile } from './value-rules.ts';
import { templateKeys } from './templates/template.ts';

/** Most that a form may ask; longer ones are filled in by nobody. */
export const mostFields = 80;

/** One line that may be empty while it is written. */
const short = (max: number) =>
  z
    .string()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, {
  error: 'Must be small letters, digits and underscores, a letter first.',
});

const option = z.strictObject({ key, label: short(200) });

export const formField: z.ZodType<FormField, FormField> = z
  .strictObject({
    key: key.describe('What an answer is kept under; stays when the label changes.'),
    type: z.enum(fieldTypes),
    label: short(300).describe('The question; of a section its heading.'),
    help: text(1_000).describe('Below the question.'),
    required: z.boolean(),
    meaning: z.enum(meanings).nullable().describe('What the answer means for the engagement that may come of it.'),
    options: z.array(option).max(100).describe('Of a choice, in order.'),
    placeIds: z.array(id).max(100).describe('Of a place: those that may be chosen.'),
    currency: currency.nullable().describe('Of money; null until it is published, then the organisation’s.'),
    shownWhen: z
      .strictObject({ field: key, anyOf: z.array(z.string().min(1).max(60)).max(100) })
      .nullable()
      .describe('Shows only when an earlier answer is one of these: keys of options, ids of places, yes of a consent.'),
  })
  .meta({ id: 'FormField' });

const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: 'Must be small letters, digits and hyphens, like event-request.',
});

/** Where a frame may stand: of this machine also without https, for who builds a site. */
const origin = z
  .string()
  .regex(
    /^(?:https:\/\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/,
    { error: 'Must be an address without a path, like https://www.example.com.' },
  );

const places = z.array(z.object({ id, name: z.string() })).describe('Names of the places that fields offer.');

export const form = entity(
  'forms',
  'Form',
  {
    slug: slug.describe('In its address.'),
    title: line(200),
    intro: text(5_000).default(''),
    thanks: text(2_000).default('').describe('What is said when it was sent.'),
    fields: z
      .array(formField)
      .max(mostFields, { error: `At most ${mostFields} fields.` })
      .default([]),
    open: z.boolean().default(true).describe('Whether it takes anything at present.'),
    embedOrigins: z.array(origin).max(20).default([]).describe('Pages of other sites that may show it in a frame.'),
  },
  {
    published: z.int().nullable().describe('Number of the newest revision; null: nobody sees it yet.'),
    publishedAt: instantOut.nullable(),
    changed: z.boolean().describe('The draft differs from what was published.'),
    archivedAt: instantOut.nullable().describe('Put away: closed, and not among the forms in use.'),
  },
);
export type Form = z.output<typeof form.row>;

const formInList = form.row.omit({ fields: true, intro: true, thanks: true }).meta({ id: 'FormInList' });
export type FormInList = z.output<typeof formInList>;

const publicForm = z
  .object({
    organisation: z.object({ name: z.string(), colour: colour.nullable() }),
    open: z.boolean(),
    revision: z.int(),
    title: z.string(),
    intro: z.string(),
    fields: z.array(formField),
    places,
    /** Signed; goes back with the answers, once. */
    token: z.string().describe('Sent back with the answers; good once, and for a day.'),
    proofBits: z.int().describe('Zero bits that the proof’s hash begins with.'),
    waitMs: z.int().describe('Whoever sends sooner than this is no person.'),
  })
  .meta({ id: 'PublicForm' });
export type PublicForm = z.output<typeof publicForm>;

const sent = z
  .object({
    thanks: z.string(),
    statusPath: z
      .string()
      .nullable()
      .describe('Below the origin: the applicant’s own page. Null when the same came before.'),
  })
  .meta({ id: 'FormSent' });
export type FormSent = z.output<typeof sent>;

const fileName = z
  .string()
  .max(300)
  .transform(tidyName)
  .superRefine((name, context) => {
    const message = nameFault(name);
    if (message) context.addIssue({ code: 'custom', message });
  });

const ofForm = { params: z.object({ id }) };
const publicParams = z.object({ org: z.string().max(63), slug: z.string().max(63) });

export const forms = defineContract({
  name: 'forms',
  permissions: {
    'intake.forms': { may: 'make and publish forms that anybody may fill in', roles: ['owner', 'manager'] },
  },
  errors: {
    duplicate: 409,
    in_use: 409,
    too_many_forms: 409,
    form_faulty: 409,
    form_closed: 410,
    form_stale: 410,
    form_used: 409,
    form_too_early: 409,
  },
  constraints: {
    forms_slug_once: {
      code: 'duplicate',
      message: 'Another form has this address. Choose another one.',
      field: 'slug',
    },
    forms_archived_closed: {
      code: 'invalid_input',
      message: 'An archived form stays closed. Take it back into use first.',
      field: 'open',
    },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/forms',
      permission: 'intake.forms',
      summary: 'The organisation’s forms, by title.',
      query: z.strictObject({ archived: z.stringbool().default(false).describe('Those that were put away instead.') }),
      output: z.object({ items: z.array(formInList), archived: z.int().describe('How many were put away.') }),
    },
    get: {
      method: 'GET',
      path: '/forms/:id',
      permission: 'intake.forms',
      summary: 'A form as it is being written.',
      ...ofForm,
      output: form.row,
    },
    create: {
      method: 'POST',
      path: '/forms',
      permission: 'intake.forms',
      summary: 'Makes a form, empty or from a template. Nobody sees it until it is published.',
      body: z.strictObject({
        id: id.optional(),
        title: line(200).optional().describe('The template’s, when absent.'),
        slug: slug.optional().describe('Made of the title when absent.'),
        template: z.enum(templateKeys).nullable().default(null),
      }),
      status: 201,
      output: form.row,
      errors: ['duplicate', 'too_many_forms'],
    },
    change: {
      method: 'PATCH',
      path: '/forms/:id',
      permission: 'intake.forms',
      summary: 'Changes the given parts of the draft. Address, open or closed, and frames hold at once.',
      ...ofForm,
      body: form.patch,
      output: form.row,
      errors: ['version_conflict', 'duplicate'],
    },
    publish: {
      method: 'POST',
      path: '/forms/:id/publish',
      permission: 'intake.forms',
      summary: 'Publishes the draft as it is now. What was answered before keeps the words it was asked in.',
      ...ofForm,
      body: z.strictObject({ version: z.int().min(1).describe('As the editor saw it.') }),
      output: form.row,
      errors: ['version_conflict', 'form_faulty'],
    },
    archive: {
      method: 'POST',
      path: '/forms/:id/archive',
      permission: 'intake.forms',
      summary: 'Closes a form and puts it away, keeping what came in; or takes it back into use, closed.',
      ...ofForm,
      body: z.strictObject({ archived: z.boolean().default(true) }),
      output: form.row,
      errors: ['too_many_forms'],
    },
    remove: {
      method: 'DELETE',
      path: '/forms/:id',
      permission: 'intake.forms',
      summary: 'Removes a form to which nothing has come in.',
      ...ofForm,
      status: 204,
      errors: ['in_use'],
    },
    read: {
      method: 'GET',
      path: '/forms/:org/:slug',
      scope: 'public',
      summary: 'A published form, for anybody. It holds nothing but what was published.',
      params: publicParams,
      output: publicForm,
      errors: ['not_found'],
    },
    addFile: {
      method: 'POST',
      path: '/forms/:org/:slug/files',
      scope: 'public',
      summary:
        'Adds a file, to be sent with the answers. Protected as sending is, by the same token and proof; nobody gets it before it was looked into.',
      params: publicParams,
      query: z.strictObject({
        token: z.string().min(1).max(200),
        proof: z.string().max(20),
        name: fileName,
        size: count(1, largestFormFile).describe('Bytes; as many must follow.'),
      }),
      stream: true,
      status: 201,
      output: z.object({ id, name: z.string() }),
      errors: [
        'form_closed',
        'form_stale',
        'form_too_early',
        'rate_limited',
        'content_mismatch',
        'quota_exceeded',
        'part_broken',
      ],
    },
    submit: {
      method: 'POST',
      path: '/forms/:org/:slug/submissions',
      scope: 'public',
      summary:
        'Sends answers. Protected by a signed token that is good once, a proof of work, limits by address and by organisation, and checks of what is said.',
      params: publicParams,
      body: z.strictObject({
        token: z.string().min(1).max(200),
        proof: z.string().max(20),
        homepage: z.string().max(500).default('').describe('A field that no person sees. Leave it empty.'),
        answers: z.record(z.string().max(40), z.unknown()).describe('By the field’s key.'),
      }),
      // Eighty fields, most of them long.
      bodyLimit: 131_072,
      output: sent,
      errors: ['not_found', 'form_closed', 'form_stale', 'form_used', 'form_too_early', 'rate_limited'],
    },
  },
});
