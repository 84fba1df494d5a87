import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { publish, task } from '#platform/jobs/task.ts';
import { readDocument } from '../document-rules.ts';
import { lockDocument, putTogether } from './documents.ts';

/** Fewer updates than these aren't worth a new state. */
const worthIt = 20;
/** A removed note can be restored for so long. */
const keptDays = 30;

export const noteJobs = [
  task({
    name: 'notes.settle',
    payload: z.object({ noteId: z.uuid() }),
    run: ({ tenant }, { noteId }) => tenant((tx) => settle(tx, noteId)),
  }),
  task({
    name: 'notes.forget',
    payload: z.object({}),
    cron: '41 3 * * *',
    run: ({ tenant }) =>
      tenant(async (tx) => {
        await tx.query(
          `delete from notes where org_id = $1 and removed_at is not null and removed_at < $2::timestamptz - make_interval(days => $3)`,
          [tx.scope.orgId, tx.scope.now, keptDays],
        );
      }),
  }),
];

/** Brings a note's words up to date, which history keeps, and puts its updates together. */
async function settle(tx: Tx, id: string): Promise<void> {
  const { orgId } = tx.scope;
  const found = await lockDocument(tx, id);
  if (!found) return;
  const { words, mentioned } = readDocument(found.doc);
  const [written] = await tx.query<{ by: string; at: string }>(
    `update note_documents set settling = false where org_id = $1 and id = $2 and settling
     returning written_by as by, iso(written_at) as at`,
    [orgId, id],
  );
  if (!written) return;
  // History names who wrote, not the job; of several within these seconds, the last.
  await tx.query("select set_config('app.actor', $1, true)", [written.by]);
  await tx.query(
    `update notes set body = $3, edited_by = $4, edited_at = $5, updated_at = now()
      where org_id = $1 and id = $2 and body <> $3`,
    [orgId, id, words, written.by, written.at],
  );
  if (found.beside >= worthIt) await putTogether(tx, id, found.doc, found.number);
  if (mentioned.length > 0) await publish(tx, 'notes.mentioned', { noteId: id, userIds: mentioned, by: written.by });
}
