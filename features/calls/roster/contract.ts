import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { date, id, instantOut, line, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { instrumentCodes } from '#features/calls/instruments/instrument-rules.ts';

export const tenures = ['permanent', 'trial', 'contract', 'acting'] as const;
export type Tenure = (typeof tenures)[number];

/** A day that a calendar of people may name: PostgreSQL has no year 0. */
const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

/** A kind of chair, such as 'Principal flute' with its one chair, or 'Second violin, tutti' with twelve. */
export const position = entity('positions', 'Position', {
  instrument: z.enum(instrumentCodes),
  title: line(120),
  kind: z.enum(['principal', 'section']).default('section'),
  chairs: z.int().min(1).max(200).default(1).describe('How many chairs it has.'),
  doubles: z.array(z.enum(instrumentCodes)).max(10).default([]).describe('What who sits here must play as well.'),
  sort: z.int().min(0).max(10_000).default(0).describe('Place among the positions of its instrument.'),
});
export type Position = z.output<typeof position.row>;

const away = z.object({ startsAt: instantOut, endsAt: instantOut });

export const chair = entity(
  'chairs',
  'Chair',
  {
    positionId: id,
    number: z.int().min(1).max(200).describe('Counted from the front.'),
    resourceId: id,
    tenure: z.enum(tenures).default('permanent'),
    startsOn: day,
    endsOn: day.nullable().default(null).describe('The last day; null while it is open.'),
    note: restricted(text(2_000).default(''), 'roster.notes'),
  },
  { name: z.string().describe('Of who holds it.') },
);
export type Chair = z.output<typeof chair.row>;

const heldChair = chair.row
  .extend({
    away: restricted(z.array(away), 'availability.read').describe('Time off that touches the day asked for.'),
  })
  .meta({ id: 'HeldChair' });
export type HeldChair = z.output<typeof heldChair>;

const dayOrder = { error: 'The last day must not be before the first.', path: ['endsOn'] };

const file = z.strictObject({
  content: z.string().min(1, { error: 'The file is empty.' }).max(2_000_000, { error: 'At most 2 MB.' }),
});

const outcome = {
  rows: z.int(),
  people: z.int().describe('Added because nobody has the e-mail address or the name.'),
  positions: z.int(),
  chairs: z.int().describe('Given.'),
  changed: z.int().describe('Chairs whose number, tenure or last day changes.'),
  unchanged: z.int(),
};

const rowProblem = z.object({
  row: z.int().describe('Line of the file, the heading being 1.'),
  column: z.string().nullable(),
  message: z.string(),
});

export const roster = defineContract({
  name: 'roster',
  permissions: {
    'roster.read': { may: 'see the roster: who sits on which chair', roles: ['owner', 'manager', 'staff'] },
    'roster.write': { may: 'change positions, give chairs and end them', roles: ['owner', 'manager'] },
    'roster.notes': {
      may: 'see and change private notes about who holds a chair',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
    'roster.import': {
      may: 'import the roster from a file, people and their e-mail addresses included',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
  },
  errors: { duplicate: 409, in_use: 409, chair_taken: 409, file_unreadable: 422, rows_invalid: 422 },
  constraints: {
    positions_title_unique: {
      code: 'duplicate',
      message: 'This instrument has a position of this title. Choose another title.',
      field: 'title',
    },
    chairs_position_exists: {
      code: 'invalid_input',
      message: 'There is no position with this id.',
      field: 'positionId',
    },
    chairs_resource_exists: { code: 'invalid_input', message: 'There is no person with this id.', field: 'resourceId' },
    chairs_time_order: {
      code: 'invalid_input',
      message: 'The last day must not be before the first.',
      field: 'endsOn',
    },
    chairs_one_holder: { code: 'chair_taken', message: 'Somebody else holds this chair in that time.' },
  },
  routes: {
    get: {
      method: 'GET',
      path: '/roster',
      permission: 'roster.read',
      summary: 'Every position in score order, and who holds its chairs on a day.',
      query: z.strictObject({ on: day.optional().describe('Today when absent.') }),
      output: z.object({ on: date, positions: z.array(position.row), chairs: z.array(heldChair) }),
    },
    setUp: {
      method: 'POST',
      path: '/roster/set-up',
      permission: 'roster.write',
      summary: 'Makes the positions of a usual symphony orchestra, those that are missing.',
      body: z.strictObject({}),
      output: z.object({ created: z.int() }),
    },
    createPosition: {
      method: 'POST',
      path: '/positions',
      permission: 'roster.write',
      summary: 'Makes a position.',
      body: position.create,
      status: 201,
      output: position.row,
      errors: ['duplicate'],
    },
    changePosition: {
      method: 'PATCH',
      path: '/positions/:id',
      permission: 'roster.write',
      summary: 'Changes the given fields. Fewer chairs than are held is refused.',
      params: z.object({ id }),
      body: position.patch,
      output: position.row,
      errors: ['version_conflict', 'duplicate', 'in_use'],
    },
    removePosition: {
      method: 'DELETE',
      path: '/positions/:id',
      permission: 'roster.write',
      summary: 'Removes a position that nobody holds or has held.',
      params: z.object({ id }),
      status: 204,
      errors: ['in_use'],
    },
    holders: {
      method: 'GET',
      path: '/positions/:id/holders',
      permission: 'roster.read',
      summary: 'Who holds and has held its chairs, the newest first.',
      params: z.object({ id }),
      output: z.object({ items: z.array(chair.row) }),
    },
    giveChair: {
      method: 'POST',
      path: '/chairs',
      permission: 'roster.write',
      summary: 'Gives somebody a chair; the instrument joins their skills.',
      body: chair.create.refine(({ startsOn, endsOn }) => endsOn === null || startsOn <= endsOn, dayOrder),
      status: 201,
      output: chair.row,
      errors: ['chair_taken'],
    },
    changeChair: {
      method: 'PATCH',
      path: '/chairs/:id',
      permission: 'roster.write',
      summary:
        'Changes the given fields; the last day ends it. Who gives way to somebody else is ended, so that it stays known.',
      params: z.object({ id }),
      body: chair.patch.omit({ positionId: true, resourceId: true }),
      output: chair.row,
      errors: ['version_conflict', 'chair_taken'],
    },
    removeChair: {
      method: 'DELETE',
      path: '/chairs/:id',
      permission: 'roster.write',
      summary: 'Takes back a chair given by mistake. To end one, set its last day.',
      params: z.object({ id }),
      status: 204,
    },
    previewImport: {
      method: 'POST',
      path: '/roster/import/preview',
      bodyLimit: 3_000_000,
      permission: 'roster.import',
      summary: 'Reads a CSV of the roster and tells what importing it would do; saves nothing.',
      body: file,
      output: z.object({ ...outcome, problems: z.array(rowProblem) }),
      errors: ['file_unreadable'],
    },
    import: {
      method: 'POST',
      path: '/roster/import',
      bodyLimit: 3_000_000,
      permission: 'roster.import',
      summary: 'Imports a CSV of the roster: all rows or none. The same file again changes nothing.',
      body: file,
      output: z.object(outcome),
      errors: ['file_unreadable', 'rows_invalid'],
    },
  },
});
