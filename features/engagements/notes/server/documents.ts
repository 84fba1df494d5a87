import * as Y from 'yjs';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';
import { enqueue } from '#platform/jobs/task.ts';
import { readDocument } from '../document-rules.ts';
import { largestDocument } from '../limits-rules.ts';
import { applied, documentOf, faultOfUpdate, isBehind } from '../update-rules.ts';

/** A note's words follow what is written after this time, in milliseconds. */
const settleAfter = 10_000;
/** So many updates stand beside the state at most; then they are put into it at once, without waiting for the job. */
const mostBeside = 400;
/** Updates that are in the state already stay so many more, for those who were away a short time. */
const keptBehind = 100;

interface Stored {
  state: Buffer;
  stateNumber: number;
  number: number;
  settling: boolean;
}

interface Update {
  number: number;
  content: Buffer;
}

const documentSql = `select state, state_number as "stateNumber", number, settling from note_documents
  where org_id = $1 and id = $2`;
/** At least those that aren't in the state, whatever number somebody says they have. */
const updatesSql = `select number, content from note_updates where org_id = $1 and note_id = $2
  and number > least($3::int, (select d.state_number from note_documents d where d.org_id = $1 and d.id = $2)) order by number`;

/** What came after an update that somebody has; all of it when that is too long ago. */
export async function readUpdates(tx: Tx, id: string, after: number): Promise<{ number: number; update: string }> {
  const key = [tx.scope.orgId, id];
  const [[stored], updates] = await Promise.all([
    tx.query<Stored>(documentSql, key),
    tx.query<Update>(updatesSql, [...key, after]),
  ]);
  if (!stored) throw notFound('This note');
  return { number: stored.number, update: since(stored, updates, after) };
}

function since({ state, stateNumber, number }: Stored, updates: readonly Update[], after: number): string {
  if (after === number) return '';
  const later = updates.filter((one) => one.number > after);
  const whole = after < number && later.length === number - after && after > 0;
  const beside = updates.filter((one) => one.number > stateNumber);
  const parts = (whole ? later : [{ content: state }, ...beside]).map(({ content }) => content);
  return Buffer.from(Y.mergeUpdates(parts)).toString('base64');
}

/**
 * Merges what somebody wrote into a note that they may write: looked at by the caller.
 * @returns the newest number, and what others wrote after the writer's
 * @throws AppError invalid_input for what no note may hold, note_full, note_behind
 */
export async function writeUpdate(
  tx: Tx,
  rooms: Services['rooms'],
  id: string,
  { after, update }: { after: number; update: string },
): Promise<{ number: number; update: string }> {
  const bytes = new Uint8Array(Buffer.from(update, 'base64'));
  const fault = faultOfUpdate(bytes);
  if (fault) throw invalid('update', `This can’t be written: ${fault}.`);
  const { orgId, actor, now } = tx.scope;
  // Who waits for the lock reads the updates after it: they are another statement.
  const [stored] = await tx.query<Stored>(`${documentSql} for no key update`, [orgId, id]);
  if (!stored) throw notFound('This note');
  const updates = await tx.query<Update>(updatesSql, [orgId, id, after]);
  const beside = updates.filter((one) => one.number > stored.stateNumber);
  const doc = documentOf([stored.state, ...beside.map(({ content }) => content)]);
  const change = changeOf(doc, bytes);
  const answer = { number: stored.number, update: since(stored, updates, after) };
  if (!change) return answer;
  const number = stored.number + 1;
  await tx.query('insert into note_updates (org_id, note_id, number, content) values ($1, $2, $3, $4)', [
    orgId,
    id,
    number,
    change,
  ]);
  await tx.query(
    `update note_documents set number = $3, settling = true, written_by = $4, written_at = $5 where org_id = $1 and id = $2`,
    [orgId, id, number, actor, now],
  );
  if (!stored.settling) {
    const runAt = new Date(now.getTime() + settleAfter).toISOString();
    await enqueue(tx, 'notes.settle', { noteId: id }, { runAt });
  }
  if (beside.length >= mostBeside) await putTogether(tx, id, doc, number);
  tx.afterCommit(() => rooms.tell(orgId, `notes/${id}`, { number }));
  return { ...answer, number };
}

/** @throws AppError invalid_input, note_full, note_behind */
function changeOf(doc: Y.Doc, bytes: Uint8Array): Uint8Array | undefined {
  let change: Uint8Array | undefined;
  try {
    change = applied(doc, bytes);
  } catch {
    throw invalid('update', 'This can’t be written: it doesn’t fit the note.');
  }
  if (isBehind(doc)) {
    throw new AppError('note_behind', {
      message: 'This builds on something that the note doesn’t have. Send everything that you have.',
    });
  }
  if (!change) return undefined;
  const { fault, full } = readDocument(doc);
  if (fault !== undefined) throw invalid('update', `A note can’t hold ${fault}.`);
  if (full || Y.encodeStateAsUpdate(doc).length > largestDocument) {
    throw new AppError('note_full', { message: 'This note is full. Continue in another one.' });
  }
  return change;
}

/** The document's state takes up every update. */
export async function putTogether(tx: Tx, id: string, doc: Y.Doc, number: number): Promise<void> {
  const { orgId } = tx.scope;
  await tx.query('update note_documents set state = $3, state_number = $4 where org_id = $1 and id = $2', [
    orgId,
    id,
    Y.encodeStateAsUpdate(doc),
    number,
  ]);
  await tx.query('delete from note_updates where org_id = $1 and note_id = $2 and number <= $3', [
    orgId,
    id,
    number - keptBehind,
  ]);
}

/** A note's document under its lock, with what is beside the state. */
export async function lockDocument(
  tx: Tx,
  id: string,
): Promise<{ doc: Y.Doc; number: number; beside: number } | undefined> {
  const { orgId } = tx.scope;
  const [stored] = await tx.query<Stored>(`${documentSql} for no key update`, [orgId, id]);
  if (!stored) return undefined;
  const beside = await tx.query<Update>(updatesSql, [orgId, id, stored.stateNumber]);
  const doc = documentOf([stored.state, ...beside.map(({ content }) => content)]);
  return { doc, number: stored.number, beside: beside.length };
}
