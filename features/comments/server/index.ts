import { feature, type OrgContext } from '#platform/http/feature.ts';
import { comments } from '../contract.ts';
import { changeComment, removeComment, setResolved, writeComment } from './commands.ts';
import { countOpen, getComment, listComments } from './queries.ts';
import { listReaders } from './readers.ts';
import { requireSubject } from './subjects.ts';

const shown = ({ tx, services, caller }: OrgContext, id: string) =>
  getComment(tx, services.databases.control, caller, id);

export const commentsFeature = feature(comments, {
  list: ({ tx, services, caller }, { query }) => listComments(tx, services.databases.control, caller, query),
  write: async (context, { body }) =>
    shown(context, await writeComment(context.tx, context.services, context.caller, body)),
  async change(context, { params, body }) {
    await changeComment(context.tx, context.services, context.caller, params.id, body);
    return shown(context, params.id);
  },
  remove: ({ tx, caller }, { params }) => removeComment(tx, caller, params.id).then(() => undefined),
  async setResolved(context, { params, body }) {
    await setResolved(context.tx, context.caller, params.id, body.resolved);
    return shown(context, params.id);
  },
  async listReaders({ tx, services, caller }, { query: { subject, subjectId } }) {
    await requireSubject(tx, subject, subjectId, caller);
    return { items: await listReaders(tx, services, subject, subjectId) };
  },
  countOpen: ({ tx, caller }, { params }) => countOpen(tx, caller, params.id),
});
