import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { count, id, instantOut, line } from '#platform/contract/fields.ts';
import { largestUpdate } from './limits-rules.ts';

/** Who reads a note: everyone on the engagement, crew too; those who plan it; those who read all notes. */
export const visibilities = ['everyone', 'team', 'managers'] as const;
export type Visibility = (typeof visibilities)[number];

export const note = entity(
  'notes',
  'Note',
  {
    title: line(120).describe('Hospitality; Tech.'),
    visibility: z.enum(visibilities).default('team'),
  },
  {
    engagementId: id,
    excerpt: z.string().describe('How it begins, as it was some seconds ago.'),
    editedByName: z.string().nullable(),
    editedAt: instantOut.nullable(),
    removedAt: instantOut.nullable(),
  },
);
export type Note = z.output<typeof note.row>;

// Its history tells the words of notes that not everybody reads.
restrictColumns('notes', { title: 'notes.private', body: 'notes.private' });

const update = z.base64({ error: 'Must be base64.' });
const ofNote = { params: z.object({ id }) };
const number = z.int().describe('Of the newest update that is in it.');

export const notes = defineContract({
  name: 'notes',
  permissions: {
    'notes.read': { may: 'read notes', roles: ['owner', 'manager', 'staff'], own: ['crew'] },
    'notes.write': { may: 'write, order and remove notes', roles: ['owner', 'manager', 'staff'] },
    'notes.private': { may: 'read notes that are for managers only', roles: ['owner', 'manager'] },
  },
  errors: { note_full: 409, note_behind: 409 },
  events: ['notes.mentioned'],
  routes: {
    list: {
      method: 'GET',
      path: '/engagements/:id/notes',
      permission: 'notes.read',
      own: true,
      summary: 'The notes of an engagement that the asker may read, in their order.',
      params: z.object({ id }),
      output: z.object({ items: z.array(note.row) }),
    },
    listRemoved: {
      method: 'GET',
      path: '/engagements/:id/removed-notes',
      permission: 'notes.write',
      summary: 'Notes that were removed within the last weeks, the latest first.',
      params: z.object({ id }),
      output: z.object({ items: z.array(note.row) }),
    },
    create: {
      method: 'POST',
      path: '/engagements/:id/notes',
      permission: 'notes.write',
      summary: 'Adds an empty note at the end.',
      params: z.object({ id }),
      body: note.create,
      status: 201,
      output: note.row,
    },
    get: {
      method: 'GET',
      path: '/notes/:id',
      permission: 'notes.read',
      own: true,
      summary: 'One note.',
      ...ofNote,
      output: note.row,
    },
    change: {
      method: 'PATCH',
      path: '/notes/:id',
      permission: 'notes.write',
      summary: 'Words its title anew, or says who reads it.',
      ...ofNote,
      body: note.patch,
      output: note.row,
      errors: ['version_conflict'],
    },
    move: {
      method: 'POST',
      path: '/notes/:id/move',
      permission: 'notes.write',
      summary: 'Puts a note behind another one of its engagement, or first.',
      ...ofNote,
      body: z.strictObject({ after: id.nullable().describe('Null: first.') }),
      output: note.row,
    },
    remove: {
      method: 'DELETE',
      path: '/notes/:id',
      permission: 'notes.write',
      summary: 'Takes a note away; for some weeks it can be restored.',
      ...ofNote,
      status: 204,
    },
    restore: {
      method: 'POST',
      path: '/notes/:id/restore',
      permission: 'notes.write',
      summary: 'Brings a removed note back to its place.',
      ...ofNote,
      output: note.row,
    },
    document: {
      method: 'GET',
      path: '/notes/:id/document',
      permission: 'notes.read',
      own: true,
      summary: 'What is written, as an update of Yjs: all of it, or what came after an update that the asker has.',
      ...ofNote,
      query: z.strictObject({ after: count(0, 2_000_000_000).default(0).describe('0: all of it.') }),
      output: z.object({ number, update: z.string().describe('Base64; empty when there is nothing new.') }),
    },
    write: {
      method: 'POST',
      path: '/notes/:id/updates',
      permission: 'notes.write',
      summary: 'Merges what somebody wrote, an update of Yjs; sending one again changes nothing.',
      ...ofNote,
      body: z.strictObject({
        after: z.int().min(0).max(2_000_000_000).default(0).describe('The newest update that the writer has.'),
        update: update.max(Math.ceil(largestUpdate / 3) * 4, { error: 'It is too much at once.' }),
      }),
      output: z.object({ number, update: z.string().describe('What others wrote since, base64.') }),
      // It merges: a second time has no effect, and its answer is as new as can be.
      idempotent: false,
      errors: ['note_full', 'note_behind'],
    },
  },
});
