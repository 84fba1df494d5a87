import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { date, id, instantOut, line, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { grades, knownSkill, listKinds, notesAtMost } from './list-rules.ts';

/** A day that PostgreSQL and calendars of people know. */
const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

const skill = line(120).transform(knownSkill).describe('An instrument’s code (vn1), or any other skill (Stagehand).');
const kind = z.enum(listKinds).describe('Which chairs it is for: principals, or the section.');

export const rankedList = entity(
  'ranked_lists',
  'RankedList',
  {
    skill,
    kind: kind.default('section'),
    grade: z.enum(grades).describe('A is asked before B, B before C.'),
    validFrom: day,
    validTo: day.nullable().default(null).describe('The last day; null while it is open.'),
    notes: text(2_000).default(''),
  },
  {
    people: z.int().describe('How many stand on it.'),
    approvedAt: instantOut.nullable().describe('Null: a draft, from which nobody is asked.'),
    approvedBy: z.string().nullable().describe('Name of who approved it.'),
  },
);
export type RankedList = z.output<typeof rankedList.row>;

// What a list says about people, its order and its grade; and which rows belong to one list, which would say as much.
restrictColumns('ranked_lists', { grade: 'lists.ranks', notes: 'lists.ranks' });
restrictColumns('ranked_entries', {
  list_id: 'lists.ranks',
  resource_id: 'lists.ranks',
  place: 'lists.ranks',
  note: 'lists.ranks',
});

const entry = z
  .object({
    resourceId: id,
    name: z.string(),
    place: z.int().describe('1 is asked first.'),
    note: z.string(),
    skilled: z.boolean().describe('Whether their skills name what the list is for.'),
    archived: z.boolean().describe('Taken out of use: passed over when people are asked.'),
    alsoOn: z
      .array(z.enum(grades))
      .describe('Other approved lists of that time on which they stand; the first counts.'),
  })
  .meta({ id: 'RankedEntry' });
export type RankedEntry = z.output<typeof entry>;

const listWithPeople = rankedList.row.extend({ entries: z.array(entry) }).meta({ id: 'RankedListWithPeople' });
export type ListWithPeople = z.output<typeof listWithPeople>;

const group = z
  .object({
    skill: z.string(),
    kind: z.enum(listKinds),
    people: z.int().describe('On its lists that are approved and not over, each once.'),
    own: z.boolean().describe('The asker stands on one of its lists, and so sees no ranks of it.'),
    lists: restricted(z.array(rankedList.row), 'lists.ranks'),
  })
  .meta({ id: 'RankedLists' });
export type ListGroupRow = z.output<typeof group>;

const standing = z.object({
  listId: id,
  grade: z.enum(grades),
  place: z.int(),
  people: z.int().describe('How many stand on it.'),
  validFrom: day,
  validTo: day.nullable(),
  approvedAt: instantOut.nullable(),
});

const personGroup = z
  .object({
    skill: z.string(),
    kind: z.enum(listKinds),
    own: z.boolean().describe('It is the asker’s own page, or they stand there themselves.'),
    standings: restricted(z.array(standing), 'lists.ranks'),
  })
  .meta({ id: 'PersonOnLists' });
export type PersonGroup = z.output<typeof personGroup>;

const note = text(notesAtMost);
const version = z.int().min(1).describe('Of the list, as it was seen.');
const member = z.object({ id, resourceId: id });
const dayOrder = { error: 'The last day must not be before the first.', path: ['validTo'] };
const inOrder = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }) =>
  validTo === null || validFrom <= validTo;

export const lists = defineContract({
  name: 'ranked lists',
  permissions: {
    'lists.read': { may: 'see who stands on ranked lists', roles: ['owner', 'manager', 'staff'] },
    'lists.ranks': {
      may: 'see the order and the grade of ranked lists, except of those on which they stand',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
    'lists.write': { may: 'draw up ranked lists', roles: ['owner', 'manager'] },
    'lists.approve': { may: 'approve ranked lists and end them', roles: ['owner', 'manager'] },
  },
  errors: { list_approved: 409, lists_overlap: 409, own_list: 403, in_use: 409, file_unreadable: 422 },
  constraints: {
    ranked_lists_one_at_a_time: {
      code: 'lists_overlap',
      message: 'Another approved list of this grade is valid in that time.',
    },
    ranked_lists_time_order: {
      code: 'invalid_input',
      message: 'The last day must not be before the first.',
      field: 'validTo',
    },
    ranked_entries_resource_exists: {
      code: 'invalid_input',
      message: 'There is no person with this id.',
      field: 'people',
    },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/ranked-lists',
      permission: 'lists.read',
      summary: 'Skills and kinds of chairs that have lists, in score order, with the lists for those who see ranks.',
      output: z.object({ today: date, groups: z.array(group) }),
    },
    people: {
      method: 'GET',
      path: '/ranked-lists/people',
      permission: 'lists.read',
      summary: 'Who stands on lists of a skill that are approved and not over: by name, whatever their rank.',
      query: z.strictObject({ skill, kind }),
      output: z.object({ items: z.array(z.object({ resourceId: id, name: z.string() })) }),
    },
    ofPerson: {
      method: 'GET',
      path: '/resources/:id/ranked-lists',
      permission: 'lists.read',
      summary: 'For which skills somebody stands on lists; on which, for those who see ranks.',
      params: z.object({ id }),
      output: z.object({ today: date, groups: z.array(personGroup) }),
    },
    create: {
      method: 'POST',
      path: '/ranked-lists',
      permission: 'lists.write',
      summary: 'Makes a draft, empty or with the people of another list.',
      body: rankedList.create
        .extend({ copyOf: id.optional().describe('A list whose people it begins with.') })
        .refine(inOrder, dayOrder),
      status: 201,
      output: listWithPeople,
      errors: ['own_list'],
    },
    get: {
      method: 'GET',
      path: '/ranked-lists/:id',
      permission: 'lists.ranks',
      summary: 'A list with its people in order.',
      params: z.object({ id }),
      output: listWithPeople,
      errors: ['own_list'],
    },
    change: {
      method: 'PATCH',
      path: '/ranked-lists/:id',
      permission: 'lists.write',
      summary: 'Changes the given fields of a draft.',
      params: z.object({ id }),
      body: rankedList.patch.omit({ skill: true, kind: true }),
      output: listWithPeople,
      errors: ['version_conflict', 'list_approved', 'own_list'],
    },
    remove: {
      method: 'DELETE',
      path: '/ranked-lists/:id',
      permission: 'lists.write',
      summary: 'Removes a draft.',
      params: z.object({ id }),
      status: 204,
      errors: ['list_approved', 'own_list'],
    },
    readNames: {
      method: 'POST',
      path: '/ranked-lists/:id/read-names',
      permission: 'lists.write',
      summary: 'Reads pasted names, e-mail addresses or CSV and tells whom they mean; saves nothing.',
      params: z.object({ id }),
      body: z.strictObject({
        content: z.string().min(1, { error: 'Paste names first.' }).max(200_000, { error: 'At most 200 KB.' }),
      }),
      output: z.object({
        people: z.array(
          z.object({
            line: z.int(),
            resourceId: id,
            name: z.string(),
            note: z.string(),
            there: z.boolean().describe('Stands on the list already.'),
          }),
        ),
        problems: z.array(z.object({ line: z.int(), message: z.string() })),
      }),
      errors: ['file_unreadable', 'list_approved', 'own_list'],
    },
    addPeople: {
      method: 'POST',
      path: '/ranked-lists/:id/people',
      permission: 'lists.write',
      summary: 'Puts people on a draft, in the order given; who stands on it already keeps their place.',
      params: z.object({ id }),
      body: z.strictObject({
        people: z
          .array(z.strictObject({ resourceId: id, note: note.default('') }))
          .min(1, { error: 'Choose somebody.' })
          .max(500, { error: 'At most 500 people at once.' }),
        at: z.int().min(1).optional().describe('Place of the first of them; behind everybody when absent.'),
      }),
      output: listWithPeople,
      errors: ['list_approved', 'own_list'],
    },
    changeNote: {
      method: 'PATCH',
      path: '/ranked-lists/:id/people/:resourceId',
      permission: 'lists.write',
      summary: 'Changes the note about somebody on a draft.',
      params: member,
      body: z.strictObject({ version, note }),
      output: listWithPeople,
      errors: ['version_conflict', 'list_approved', 'own_list'],
    },
    removePerson: {
      method: 'DELETE',
      path: '/ranked-lists/:id/people/:resourceId',
      permission: 'lists.write',
      summary: 'Takes somebody off a draft; those behind move up.',
      params: member,
      output: listWithPeople,
      errors: ['list_approved', 'own_list'],
    },
    order: {
      method: 'PUT',
      path: '/ranked-lists/:id/order',
      permission: 'lists.write',
      summary: 'Sets the order of a draft: everybody on it, first to last.',
      params: z.object({ id }),
      body: z.strictObject({ version, resourceIds: z.array(id).max(1_000) }),
      output: listWithPeople,
      errors: ['version_conflict', 'list_approved', 'own_list'],
    },
    approve: {
      method: 'POST',
      path: '/ranked-lists/:id/approve',
      permission: 'lists.approve',
      summary: 'Approves a draft as it was seen: people are asked from it while it is valid.',
      params: z.object({ id }),
      body: z.strictObject({
        version,
        endOthers: z
          .boolean()
          .default(false)
          .describe(
            'Ends approved lists that reach into its time the day before; one from the same day becomes a draft.',
          ),
      }),
      output: listWithPeople,
      errors: ['version_conflict', 'lists_overlap', 'list_approved', 'own_list'],
    },
    end: {
      method: 'POST',
      path: '/ranked-lists/:id/end',
      permission: 'lists.approve',
      summary: 'Sets the last day of an approved list; null leaves it open.',
      params: z.object({ id }),
      body: z.strictObject({ version, validTo: day.nullable() }),
      output: listWithPeople,
      errors: ['version_conflict', 'lists_overlap', 'own_list'],
    },
    takeBack: {
      method: 'POST',
      path: '/ranked-lists/:id/take-back',
      permission: 'lists.approve',
      summary: 'Takes an approval back while the list isn’t older than today: it is a draft again.',
      params: z.object({ id }),
      body: z.strictObject({ version }),
      output: listWithPeople,
      errors: ['version_conflict', 'in_use', 'own_list'],
    },
  },
});
