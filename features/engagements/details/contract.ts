import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, line } from '#platform/contract/fields.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

export const detailKinds = ['line', 'text', 'number', 'choice', 'date', 'yes_no'] as const;
export type DetailKind = (typeof detailKinds)[number];

export const detailField = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/, { error: 'Must be a short name of small letters, digits and _.' })
      .describe('Stays what it is when the label changes: what was written down hangs on it.'),
    label: line(80),
    kind: z.enum(detailKinds),
    choices: z.array(line(80)).max(30).default([]).describe('For a choice.'),
    hint: z.string().trim().max(200).default(''),
    shared: z.boolean().describe('Also for those who see only engagements that they take part in.'),
  })
  .refine(({ kind, choices }) => kind !== 'choice' || choices.length > 1, {
    error: 'Give at least two to choose from.',
    path: ['choices'],
  });
export type DetailField = z.output<typeof detailField>;

const fields = z
  .array(detailField)
  .max(60)
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, {
    error: 'Two fields have the same key. Give one of them another.',
  });

const value = z.string().max(10_000).nullable();
const details = z.object({
  fields: z.array(detailField),
  values: z.record(z.string(), z.string()).describe('By key; a field that says nothing is absent.'),
});
export type Details = z.output<typeof details>;

const fieldSet = z
  .object({
    pack: z.enum(packNames),
    fields,
    version: z.int().describe('0 while the built-in fields hold.'),
  })
  .meta({ id: 'DetailSet' });
export type DetailSet = z.output<typeof fieldSet>;

const ofEngagement = { params: z.object({ id }) };
const ofPack = { params: z.object({ pack: z.enum(packNames) }) };

export const detailsContract = defineContract({
  name: 'details',
  permissions: {
    'details.read': {
      may: 'see what is written down about engagements',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'details.write': { may: 'write down what is known of an engagement', roles: ['owner', 'manager', 'staff'] },
    'details.fields': { may: 'say what is written down about engagements', roles: ['owner', 'manager'] },
  },
  constraints: {
    engagement_details_engagement_exists: { code: 'not_found', message: 'This engagement was not found.' },
    detail_sets_once: { code: 'version_conflict', message: 'Somebody else changed these fields. Look at them again.' },
  },
  routes: {
    get: {
      method: 'GET',
      path: '/engagements/:id/details',
      permission: 'details.read',
      own: true,
      summary: 'The fields of the engagement’s pack, and what they say. Only shared ones for those who take part.',
      ...ofEngagement,
      output: details,
    },
    set: {
      method: 'PUT',
      path: '/engagements/:id/details',
      permission: 'details.write',
      summary: 'Writes the given fields. One that says something else by now than was seen is refused, with both.',
      ...ofEngagement,
      body: z.strictObject({
        changes: z
          .array(
            z.strictObject({
              key: z.string().max(40),
              from: value.describe('What was seen.'),
              to: value.describe('What it shall say; null or empty: nothing.'),
            }),
          )
          .min(1)
          .max(60),
      }),
      output: details,
      errors: ['version_conflict'],
    },
    listSets: {
      method: 'GET',
      path: '/detail-fields',
      permission: 'details.read',
      summary: 'The fields of each of the organisation’s packs.',
      output: z.object({ items: z.array(fieldSet) }),
    },
    setFields: {
      method: 'PUT',
      path: '/detail-fields/:pack',
      permission: 'details.fields',
      summary: 'Sets a pack’s fields, in order. What was written down in a field that goes stays until it comes back.',
      ...ofPack,
      body: z.strictObject({ version: z.int().min(0), fields }),
      output: fieldSet,
      errors: ['version_conflict'],
    },
    resetFields: {
      method: 'DELETE',
      path: '/detail-fields/:pack',
      permission: 'details.fields',
      summary: 'Goes back to the built-in fields.',
      ...ofPack,
      status: 204,
    },
  },
});
