import { sightOf } from '#features/presence/server/queries.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { notes, type Note } from '../contract.ts';
import { changeNote, createNote, moveNote, removeNote, restoreNote } from './commands.ts';
import { readUpdates, writeUpdate } from './documents.ts';
import { noteJobs } from './jobs.ts';
import { findNote, getNote, listNotes, readerOf, requireNote } from './queries.ts';

const reader = ({ caller, own }: OrgContext) => readerOf(caller, own);
const shown = (context: OrgContext, id: string): Promise<Note> =>
  getNote(context.tx, context.services.databases.control, id, reader(context));

export const notesFeature = feature(
  notes,
  {
    list: (context, { params }) =>
      listNotes(context.tx, context.services.databases.control, params.id, reader(context)),
    listRemoved: (context, { params }) =>
      listNotes(context.tx, context.services.databases.control, params.id, reader(context), { removed: true }),
    create: async (context, { params, body }) =>
      shown(context, await createNote(context.tx, params.id, body, reader(context))),
    get: (context, { params }) => shown(context, params.id),
    async change(context, { params, body }) {
      await changeNote(context.tx, params.id, body, reader(context));
      return shown(context, params.id);
    },
    async move(context, { params, body }) {
      await moveNote(context.tx, params.id, body.after, reader(context));
      return shown(context, params.id);
    },
    remove: (context, { params }) => removeNote(context.tx, params.id, reader(context)).then(() => undefined),
    async restore(context, { params }) {
      const { tx, services } = context;
      await getNote(tx, services.databases.control, params.id, reader(context), { removed: true });
      await restoreNote(tx, params.id);
      return shown(context, params.id);
    },
    async document(context, { params, query }) {
      await requireNote(context.tx, params.id, reader(context));
      return readUpdates(context.tx, params.id, query.after);
    },
    async write(context, { params, body }) {
      await requireNote(context.tx, params.id, reader(context));
      return writeUpdate(context.tx, context.services.rooms, params.id, body);
    },
  },
  noteJobs,
  [
    {
      name: 'notes',
      permission: 'notes.read',
      open: async (tx, id, caller, own) =>
        (await findNote(tx, id, readerOf(caller, own))) !== undefined && sightOf(tx, own),
    },
  ],
);
