import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, line, text } from '#platform/contract/fields.ts';
import { papers } from '#platform/pdf/document.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { longestBody } from './markup-rules.ts';

const templateFields = {
  pack: z.enum(packNames),
  name: line(120).describe('What kind of contract it is: Performance agreement.'),
  body: text(longestBody)
    .refine((value) => value.trim() !== '', { error: 'Write the wording.' })
    .describe(
      '`# Title`, `## Heading`, `1. Clause`, `1.1. Part`, `- Item`, `---` new page, `[sign: One; Other]`, **bold**, {{variables}}.',
    ),
};

const template = z
  .object({
    key: z.string(),
    builtIn: z.boolean().describe('It comes with Holdfast.'),
    version: z.int().describe('0 while the built-in wording holds.'),
    ...templateFields,
  })
  .meta({ id: 'ContractTemplate' });
export type ContractTemplate = z.output<typeof template>;

const key = z.string().min(1).max(60);
const wanted = {
  key: key.describe('Of the wording.'),
  partyId: id.describe('The contact whom it is with.'),
};
const paper = z.enum(papers).default('a4').describe('Also how days and times are written: Letter reads 7:30 PM.');
const permission = 'documents.contracts';
const ofEngagement = { params: z.object({ id }) };

/** Contracts from a template: plain wordings to begin with, no legal advice. */
export const contracts = defineContract({
  name: 'contracts',
  permissions: {
    'documents.contracts': {
      may: 'write contracts from templates, and change the templates',
      roles: ['owner', 'manager'],
    },
  },
  constraints: {
    contract_templates_once: {
      code: 'version_conflict',
      message: 'Somebody else changed this wording. Look at it again.',
    },
  },
  routes: {
    draft: {
      method: 'GET',
      path: '/engagements/:id/contract',
      permission,
      summary: 'What a contract of this engagement would lack, before it is made.',
      ...ofEngagement,
      query: z.strictObject(wanted),
      output: z.object({
        title: z.string(),
        missing: z
          .array(z.object({ name: z.string(), means: z.string() }))
          .describe('Values that nobody has entered; room for a pen is left for them.'),
      }),
    },
    print: {
      method: 'GET',
      path: '/engagements/:id/documents/contract.pdf',
      permission,
      summary: 'The contract with a contact, of this engagement, as things are now.',
      ...ofEngagement,
      query: z.strictObject({ ...wanted, paper, download: z.stringbool().default(false) }),
      produces: 'application/pdf',
    },
    keep: {
      method: 'POST',
      path: '/engagements/:id/documents/contracts',
      permission,
      summary: 'Keeps the contract among the files of the dossier; made again, it is a new version of the same file.',
      ...ofEngagement,
      body: z.strictObject({ ...wanted, paper }),
      status: 201,
      output: z.object({ fileId: id, name: z.string() }),
      errors: ['quota_exceeded'],
    },
    listTemplates: {
      method: 'GET',
      path: '/contract-templates',
      permission,
      summary:
        'The wordings: built-in ones of the organisation’s packs, and its own; and the variables that they may use.',
      output: z.object({
        items: z.array(template),
        variables: z.array(z.object({ name: z.string(), means: z.string(), example: z.string() })),
      }),
    },
    createTemplate: {
      method: 'POST',
      path: '/contract-templates',
      permission,
      summary: 'Makes a wording of the organisation’s own. Unknown variables are refused, with their place.',
      body: z.strictObject(templateFields),
      status: 201,
      output: template,
    },
    setTemplate: {
      method: 'PUT',
      path: '/contract-templates/:key',
      permission,
      summary: 'Changes a wording. Of a built-in one, the organisation’s own takes its place.',
      params: z.object({ key }),
      body: z.strictObject({
        version: z.int().min(0).describe('As the editor saw it; 0 over the built-in wording.'),
        ...templateFields,
      }),
      output: template,
      errors: ['version_conflict'],
    },
    removeTemplate: {
      method: 'DELETE',
      path: '/contract-templates/:key',
      permission,
      summary: 'Removes a wording of the organisation’s own; in the place of a built-in one, that one holds again.',
      params: z.object({ key }),
      status: 204,
    },
  },
});
