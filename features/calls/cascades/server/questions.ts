import { actorNames } from '#features/identity/server/actor-names.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { CallQuestion } from '../cascade-contract.ts';
import { tell } from './advance.ts';
import { closedError, lockCall } from './answered-call.ts';
import { writeLetters } from './letters.ts';

/** From one person about one call: a link may have fallen into the wrong hands. */
const questionsAtMost = 20;

/**
 * Somebody asks the office; who runs the calls is told. The same again is the same once: a press whose answer was lost
 * is pressed again. @throws AppError call_closed, too_many_questions, not_found
 */
export async function askQuestion(tx: Tx, callId: string, body: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'person');
  if (call.state !== 'open' && call.state !== 'accepted') throw closedError(call);
  const [said] = await tx.query<{ asked: number; again: boolean }>(
    `select count(*) filter (where asked_by = 'person')::int as asked,
            coalesce((array_agg(asked_by = 'person' and body = $3 order by created_at desc, id desc))[1], false) as again
       from call_questions where org_id = $1 and call_id = $2`,
    [tx.scope.orgId, callId, body],
  );
  if (said?.again) return;
  if ((said?.asked ?? 0) >= questionsAtMost)
    throw new AppError('too_many_questions', { message: 'That is a lot of questions. Please telephone the office.' });
  await insertQuestion(tx, callId, cascade.engagementId, 'person', body);
  await tell(tx, 'calls.asked', cascade, { person: call.name });
}

/** The office answers, by mail. @throws AppError not_found, wrong_state */
export async function replyToQuestion(tx: Tx, callId: string, body: string, secret: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'office');
  if (call.state === 'planned' || call.state === 'skipped') {
    const message = `${call.name} was not asked yet, and so has no question.`;
    throw new AppError('wrong_state', { message });
  }
  const id = await insertQuestion(tx, callId, cascade.engagementId, 'office', body);
  await writeLetters(tx, secret, {
    kind: 'call_answered_question',
    callIds: [callId],
    words: { 'call.answer': body },
    key: id,
  });
}

async function insertQuestion(
  tx: Tx,
  callId: string,
  engagementId: string,
  askedBy: 'person' | 'office',
  body: string,
): Promise<string> {
  const id = uuidv7();
  await tx.query(
    `insert into call_questions (org_id, id, call_id, engagement_id, asked_by, body, written_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.scope.orgId,
      id,
      callId,
      engagementId,
      askedBy,
      body,
      askedBy === 'office' ? tx.scope.actor : null,
      tx.scope.now,
    ],
  );
  return id;
}

/** The oldest first. */
export async function listQuestions(tx: Tx, control: Databases['control'], callId: string): Promise<CallQuestion[]> {
  const rows = await tx.query<CallQuestion>(
    `select id, asked_by as "askedBy", body, written_by as "writtenBy", iso(created_at) as "createdAt"
       from call_questions where org_id = $1 and call_id = $2 order by created_at, id`,
    [tx.scope.orgId, callId],
  );
  const writers = rows.flatMap(({ writtenBy }) => writtenBy ?? []);
  const names = await actorNames(control, tx.scope.orgId, writers);
  return rows.map((row) => ({ ...row, writtenBy: row.writtenBy && (names.get(row.writtenBy) ?? row.writtenBy) }));
}
