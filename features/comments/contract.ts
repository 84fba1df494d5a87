import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { id, instantOut, text } from '#platform/contract/fields.ts';
import { subjects } from './subject-kinds.ts';

export const comment = entity(
  'comments',
  'Comment',
  {
    body: text(5_000).trim().min(1, { error: 'Write something.' }),
    mentioned: z
      .array(id)
      .max(20, { error: 'Mention at most twenty people.' })
      .default([])
      .describe('Members by their accounts; each is told once.'),
  },
  {
    subject: z.enum(subjects),
    subjectId: id,
    engagementId: id.nullable(),
    parentId: id.nullable().describe('The comment that it answers; null: it begins a thread.'),
    writtenByName: z.string(),
    mine: z.boolean(),
    editedAt: instantOut.nullable(),
    resolvedAt: instantOut.nullable(),
    resolvedByName: z.string().nullable(),
  },
);
export type Comment = z.output<typeof comment.row>;

// Its history tells what was said of notes that not everybody reads.
restrictColumns('comments', { body: 'notes.private' });

const about = { subject: z.enum(subjects).describe('Table of what it is about.'), subjectId: id };
const person = z.object({ id: id.describe('Of the account.'), name: z.string() });
export type CommentReader = z.output<typeof person>;

export const comments = defineContract({
  name: 'comments',
  permissions: {
    'comments.read': { may: 'read comments on what they may see', roles: ['owner', 'manager', 'staff'] },
    'comments.write': {
      may: 'comment on what they may see, and resolve threads',
      roles: ['owner', 'manager', 'staff'],
    },
  },
  errors: { in_use: 409 },
  events: ['comments.mentioned'],
  routes: {
    list: {
      method: 'GET',
      path: '/comments',
      permission: 'comments.read',
      summary: 'What was said about one thing, oldest first.',
      query: z.strictObject(about),
      output: z.object({ items: z.array(comment.row) }),
    },
    write: {
      method: 'POST',
      path: '/comments',
      permission: 'comments.write',
      summary: 'Begins a thread, or answers in one.',
      body: comment.create.extend({ ...about, parentId: id.nullable().default(null) }),
      status: 201,
      output: comment.row,
    },
    change: {
      method: 'PATCH',
      path: '/comments/:id',
      permission: 'comments.write',
      summary: 'Words one’s own comment anew.',
      params: z.object({ id }),
      body: comment.patch,
      output: comment.row,
      errors: ['version_conflict'],
    },
    remove: {
      method: 'DELETE',
      path: '/comments/:id',
      permission: 'comments.write',
      summary: 'Removes one’s own comment; one that was answered can only be resolved.',
      params: z.object({ id }),
      status: 204,
      errors: ['in_use'],
    },
    setResolved: {
      method: 'PUT',
      path: '/comments/:id/resolved',
      permission: 'comments.write',
      summary: 'A thread is settled, or open again.',
      params: z.object({ id }),
      body: z.strictObject({ resolved: z.boolean() }),
      output: comment.row,
    },
    listReaders: {
      method: 'GET',
      path: '/comments/readers',
      permission: 'comments.read',
      summary: 'Members who may read comments on one thing, by name: those who can be mentioned there.',
      query: z.strictObject(about),
      output: z.object({ items: z.array(person) }),
    },
    countOpen: {
      method: 'GET',
      path: '/engagements/:id/comment-counts',
      permission: 'comments.read',
      summary: 'Open threads of an engagement, by what they are about.',
      params: z.object({ id }),
      output: z.object({ items: z.array(z.object({ ...about, open: z.int() })) }),
    },
  },
});
