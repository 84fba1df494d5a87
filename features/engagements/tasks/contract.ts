import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { date, id, instant, instantOut, line, page, pageOf, text } from '#platform/contract/fields.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { anchors } from './rules.ts';

/** A day that a calendar of people may name. */
const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});
const days = z.int().min(-3650).max(3650);

const step = z.object({ id, title: z.string(), doneAt: instantOut.nullable() });
export type TaskStep = z.output<typeof step>;

const dueFields = {
  dueOn: day.nullable().default(null).describe('The day it is due. Setting it ends a due relative to the engagement.'),
  dueMinute: z
    .int()
    .min(0)
    .max(1439)
    .nullable()
    .default(null)
    .describe('Minutes after midnight; null: any time of that day.'),
  dueAnchor: z
    .enum(anchors)
    .nullable()
    .default(null)
    .describe('Counts the day from the engagement’s first or last day, and moves with it.'),
  dueDays: days.nullable().default(null).describe('Days after the anchor; -21 is 21 days before.'),
  remindDays: z
    .int()
    .min(0)
    .max(365)
    .nullable()
    .default(null)
    .describe('Reminds who does it at nine in the morning, so many days before; null: not at all.'),
};

export const task = entity(
  'tasks',
  'Task',
  {
    title: line(300),
    notes: text(10_000).default(''),
    assigneeUserId: id.nullable().default(null).describe('A member, by their account.'),
    assigneeId: id.nullable().default(null).describe('A person among the resources.'),
    ...dueFields,
  },
  {
    engagementId: id.nullable(),
    engagementTitle: z.string().nullable(),
    assigneeName: z.string().nullable(),
    zone: z.string().describe('Zone of the due day: the engagement’s, or the organisation’s.'),
    dueAt: instantOut.nullable().describe('From then on it is late.'),
    doneAt: instantOut.nullable(),
    steps: z.array(step),
  },
);
export type Task = z.output<typeof task.row>;

const templateItem = z.strictObject({
  id: z.string().min(1).max(60).describe('Its own within the template; applying it again passes over what is there.'),
  title: line(300),
  notes: text(2_000).default(''),
  anchor: z.enum(anchors).nullable().default(null),
  days: days.nullable().default(null),
  remindDays: z.int().min(0).max(365).nullable().default(null),
  steps: z.array(line(300)).max(30).default([]),
});
export type TemplateItem = z.output<typeof templateItem>;

const templateFields = {
  pack: z.enum(packNames),
  name: line(120).describe('The kind of engagement that it is for: Club show; Symphony concert.'),
  automatic: z.boolean().describe('Its tasks are made when an engagement of the pack is confirmed.'),
  items: z
    .array(templateItem)
    .max(100)
    .refine((items) => new Set(items.map(({ id: one }) => one)).size === items.length, {
      error: 'Two tasks of a template may not have the same id.',
    })
    .refine((items) => items.every(({ anchor, days: count }) => (anchor === null) === (count === null)), {
      error: 'A relative due needs both: from when, and how many days.',
    }),
};

const template = z
  .object({
    key: z.string(),
    builtIn: z.boolean().describe('It comes with Holdfast.'),
    version: z.int().describe('0 while the built-in list holds.'),
    ...templateFields,
  })
  .meta({ id: 'TaskTemplate' });
export type TaskTemplate = z.output<typeof template>;

const key = z.object({ key: z.string().max(60) });
const ofTask = { params: z.object({ id }), output: task.row };

export const tasks = defineContract({
  name: 'tasks',
  permissions: {
    'tasks.read': {
      may: 'see tasks',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'tasks.tick': {
      may: 'tick tasks and their steps',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'tasks.write': { may: 'make, assign and change tasks', roles: ['owner', 'manager', 'staff'] },
    'tasks.templates': { may: 'change the lists that tasks are made from', roles: ['owner', 'manager'] },
  },
  errors: { duplicate: 409 },
  constraints: {
    tasks_engagement_exists: {
      code: 'invalid_input',
      message: 'There is no engagement with this id.',
      field: 'engagementId',
    },
    tasks_assignee_exists: {
      code: 'invalid_input',
      message: 'There is no person with this id.',
      field: 'assigneeId',
    },
    tasks_one_assignee: {
      code: 'invalid_input',
      message: 'Assign it to a member or to a person, not to both.',
      field: 'assigneeId',
    },
    tasks_relative_whole: {
      code: 'invalid_input',
      message: 'A relative due needs both: from when, and how many days.',
      field: 'dueDays',
    },
    tasks_relative_to_something: {
      code: 'invalid_input',
      message: 'Only a task of an engagement can be due relative to it. Choose a day.',
      field: 'dueAnchor',
    },
    tasks_minute_of_a_day: { code: 'invalid_input', message: 'A time needs a day. Choose one.', field: 'dueOn' },
    tasks_remind_of_a_day: {
      code: 'invalid_input',
      message: 'A reminder needs a day on which it is due. Choose one.',
      field: 'remindDays',
    },
    task_templates_once: { code: 'version_conflict', message: 'Somebody else changed this list. Look at it again.' },
  },
  events: ['tasks.assigned', 'tasks.due'],
  routes: {
    list: {
      method: 'GET',
      path: '/tasks',
      permission: 'tasks.read',
      own: true,
      summary: 'Tasks of all engagements and of none, those due first in front.',
      query: z.strictObject({
        ...page,
        q: z.string().max(200).optional().describe('Part of the title or of the engagement’s.'),
        state: z.enum(['open', 'done', 'all']).default('open'),
        whose: z.enum(['mine', 'nobody', 'all']).default('all').describe('Mine: assigned to the asker.'),
        dueBefore: instant.optional(),
      }),
      output: pageOf(task.row),
    },
    ofEngagement: {
      method: 'GET',
      path: '/engagements/:id/tasks',
      permission: 'tasks.read',
      own: true,
      summary: 'All tasks of an engagement in their order.',
      params: z.object({ id }),
      output: z.object({ items: z.array(task.row) }),
    },
    create: {
      method: 'POST',
      path: '/tasks',
      permission: 'tasks.write',
      summary: 'Makes a task, of an engagement or of none.',
      body: task.create.extend({
        engagementId: id.nullable().default(null),
        steps: z.array(line(300)).max(30).default([]),
      }),
      status: 201,
      output: task.row,
    },
    get: {
      method: 'GET',
      path: '/tasks/:id',
      permission: 'tasks.read',
      own: true,
      summary: 'One task.',
      ...ofTask,
    },
    change: {
      method: 'PATCH',
      path: '/tasks/:id',
      permission: 'tasks.write',
      summary: 'Changes the given fields. A day set by hand no longer moves with the engagement.',
      ...ofTask,
      body: task.patch,
      errors: ['version_conflict'],
    },
    setDone: {
      method: 'PUT',
      path: '/tasks/:id/done',
      permission: 'tasks.tick',
      own: true,
      summary: 'Done, or open again. Somebody else’s tick stays whose it is.',
      ...ofTask,
      body: z.strictObject({ done: z.boolean() }),
    },
    move: {
      method: 'POST',
      path: '/tasks/:id/move',
      permission: 'tasks.write',
      summary: 'Puts a task of an engagement behind another one, or first.',
      ...ofTask,
      body: z.strictObject({ after: id.nullable().describe('Null: first.') }),
    },
    remove: {
      method: 'DELETE',
      path: '/tasks/:id',
      permission: 'tasks.write',
      summary: 'Removes a task with its steps.',
      params: z.object({ id }),
      status: 204,
    },
    changeMany: {
      method: 'POST',
      path: '/tasks/many',
      permission: 'tasks.write',
      summary: 'Ticks or assigns several tasks, all or none.',
      body: z.strictObject({
        ids: z.array(id).min(1).max(200),
        done: z.boolean().optional(),
        assignee: z
          .strictObject({ userId: id.nullable().default(null), resourceId: id.nullable().default(null) })
          .optional(),
      }),
      output: z.object({ changed: z.int() }),
    },
    addStep: {
      method: 'POST',
      path: '/tasks/:id/steps',
      permission: 'tasks.write',
      summary: 'Adds a step at the end.',
      ...ofTask,
      body: z.strictObject({ title: line(300) }),
      status: 201,
    },
    changeStep: {
      method: 'PATCH',
      path: '/task-steps/:id',
      permission: 'tasks.write',
      summary: 'Words a step anew.',
      ...ofTask,
      body: z.strictObject({ title: line(300) }),
    },
    setStepDone: {
      method: 'PUT',
      path: '/task-steps/:id/done',
      permission: 'tasks.tick',
      own: true,
      summary: 'Ticks one step, or takes the tick away. Others are left as they are.',
      ...ofTask,
      body: z.strictObject({ done: z.boolean() }),
    },
    removeStep: {
      method: 'DELETE',
      path: '/task-steps/:id',
      permission: 'tasks.write',
      summary: 'Removes a step.',
      params: z.object({ id }),
      status: 204,
    },
    listTemplates: {
      method: 'GET',
      path: '/task-templates',
      permission: 'tasks.read',
      summary: 'The lists that tasks are made from: built-in ones of the organisation’s packs, and its own.',
      output: z.object({ items: z.array(template) }),
    },
    createTemplate: {
      method: 'POST',
      path: '/task-templates',
      permission: 'tasks.templates',
      summary: 'Makes a list of the organisation’s own.',
      body: z.strictObject(templateFields),
      status: 201,
      output: template,
    },
    setTemplate: {
      method: 'PUT',
      path: '/task-templates/:key',
      permission: 'tasks.templates',
      summary: 'Changes a list. Of a built-in one, the organisation’s own takes its place.',
      params: key,
      body: z.strictObject({
        version: z.int().min(0).describe('As the editor saw it; 0 over the built-in list.'),
        ...templateFields,
      }),
      output: template,
      errors: ['version_conflict'],
    },
    removeTemplate: {
      method: 'DELETE',
      path: '/task-templates/:key',
      permission: 'tasks.templates',
      summary: 'Removes a list of the organisation’s own; in the place of a built-in one, that one holds again.',
      params: key,
      status: 204,
    },
    applyTemplate: {
      method: 'POST',
      path: '/engagements/:id/tasks/from-template',
      permission: 'tasks.write',
      summary: 'Makes a list’s tasks, those that the engagement doesn’t have yet.',
      params: z.object({ id }),
      body: z.strictObject({ key: z.string().max(60) }),
      output: z.object({ created: z.int() }),
    },
  },
});
