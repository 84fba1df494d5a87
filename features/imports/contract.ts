import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instantOut } from '#platform/contract/fields.ts';
import { resourceKinds } from '#features/scheduling/resources/contract.ts';

/** Fields that a CSV column may be mapped to. */
export const importFields = [
  'name',
  'email',
  'phone',
  'zone',
  'address',
  'latitude',
  'longitude',
  'rate',
  'rateCurrency',
  'rateUnit',
  'skills',
  'tags',
  'notes',
  'capacity',
  'parent',
  'externalRef',
  'partyKind',
  'roles',
  'website',
  'company',
] as const;
export type ImportField = (typeof importFields)[number];

/** What a CSV may be a list of. */
export const importKinds = [...resourceKinds, 'party'] as const;
export type ImportKind = (typeof importKinds)[number];

export const columnMapping = z.record(z.string().max(200), z.enum(importFields).nullable());

const csvBody = {
  kind: z.enum(importKinds).describe('`party`: contacts, people and companies.'),
  content: z.string().min(1, { error: 'The file is empty.' }).max(10_000_000, { error: 'At most 10 MB.' }),
  mapping: columnMapping.optional().describe('Column heading → field; guessed from the headings when absent.'),
};

const rowProblem = z.object({
  row: z.int().describe('Line of the file, the heading being 1.'),
  column: z.string().nullable(),
  message: z.string(),
});

const csvPreview = z.object({
  columns: z.array(z.string()),
  mapping: columnMapping,
  rows: z.int(),
  creates: z.int(),
  updates: z.int(),
  unchanged: z.int(),
  problems: z.array(rowProblem),
  sample: z.array(z.record(z.string(), z.string())).describe('The first ten rows by column.'),
});
export type CsvPreview = z.output<typeof csvPreview>;

const refused = z.object({
  resource: z.string(),
  resourceId: id,
  startsAt: instantOut,
  endsAt: instantOut,
  engagements: z
    .array(z.object({ id, title: z.string(), startsAt: instantOut }))
    .describe('The one refused, then those that stand.'),
});

export const seasonReport = z.object({
  programmes: z.int(),
  concerts: z.int(),
  venues: z.int(),
  people: z.int(),
  created: z.int().describe('Records that this run made; 0 when everything was there.'),
  commits: z.int().describe('Commitments of this season that stand.'),
  conflicts: z.array(refused).describe('One for each claim refused.'),
  untimed: z
    .array(z.object({ title: z.string(), date: z.string() }))
    .describe('Concerts without a time: pencilled for the day.'),
});
export type SeasonReport = z.output<typeof seasonReport>;

const task = z
  .object({
    id,
    kind: z.enum(['csv', 'nyphil', 'demo']),
    status: z.enum(['running', 'done', 'failed']),
    done: z.int(),
    total: z.int(),
    message: z.string().nullable(),
    report: z.union([seasonReport, z.object({ created: z.int(), updated: z.int(), unchanged: z.int() })]).nullable(),
  })
  .meta({ id: 'ImportTask' });
export type ImportTask = z.output<typeof task>;

export const imports = defineContract({
  name: 'imports',
  permissions: {
    'imports.run': {
      may: 'import data, rates and addresses included',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
  },
  errors: { rows_invalid: 422, file_unreadable: 422 },
  constraints: {},
  routes: {
    previewCsv: {
      method: 'POST',
      path: '/imports/csv/preview',
      bodyLimit: 12_000_000,
      permission: 'imports.run',
      summary:
        'Reads a CSV of people, places, things or contacts (or vCards) and tells what importing it would do; saves nothing.',
      body: z.strictObject(csvBody),
      output: csvPreview,
      errors: ['file_unreadable'],
    },
    importCsv: {
      method: 'POST',
      path: '/imports/csv',
      bodyLimit: 12_000_000,
      permission: 'imports.run',
      summary: 'Imports a CSV (or vCards): all rows or none. The same file again changes nothing.',
      body: z.strictObject(csvBody),
      status: 202,
      output: task,
      errors: ['rows_invalid', 'file_unreadable'],
    },
    importSeason: {
      method: 'POST',
      path: '/imports/nyphil',
      bodyLimit: 32_000_000,
      permission: 'imports.run',
      summary:
        'Imports programmes of the New York Philharmonic’s performance history. Goes on in the background; ask for the task.',
      body: z.strictObject({
        content: z
          .string()
          .min(2)
          .max(30_000_000)
          .optional()
          .describe('The JSON file; the bundled 2024-25 season when absent.'),
        lengthMinutes: z.int().min(15).max(720).default(150).describe('How long a concert takes.'),
      }),
      status: 202,
      output: task,
      errors: ['file_unreadable'],
    },
    task: {
      method: 'GET',
      path: '/imports/:id',
      permission: 'imports.run',
      summary: 'How far an import is, and its report.',
      params: z.object({ id }),
      output: task,
    },
  },
});
