import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { columnsChangedSince } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { publish } from '#platform/jobs/task.ts';
import {
  answerFault,
  stateAfter,
  stateOfAnswer,
  theyMayMark,
  type AnswerKind,
  type ItemState,
  type Mark,
  type Side,
} from '../rules.ts';

/** Who speaks: somebody here, or somebody with a link to the engagement's advance. */
export type Voice = { side: 'us' } | { side: 'them'; linkId: string; engagementId: string };

interface Held {
  engagementId: string;
  title: string;
  kind: AnswerKind;
  choices: string[];
  side: Side;
  state: ItemState;
  answer: string;
  fileId: string | null;
  version: number;
}

/** Words about one item follow one another. @throws AppError not_found, also for one that is not the link's */
async function lockItem(tx: Tx, id: string, voice: Voice): Promise<Held> {
  const [found] = await tx.query<Held>(
    `select engagement_id as "engagementId", title, kind, choices, side, state, answer, file_id as "fileId", version
       from advance_items where org_id = $1 and id = $2 for no key update`,
    [tx.scope.orgId, id],
  );
  if (!found || (voice.side === 'them' && found.engagementId !== voice.engagementId)) throw notFound('This item');
  return found;
}

const byUs = (tx: Tx, voice: Voice) => (voice.side === 'us' ? tx.scope.actor : null);
const byLink = (voice: Voice) => (voice.side === 'them' ? voice.linkId : null);

interface Answer {
  version: number;
  answer: string;
  fileId?: string | null;
}

/**
 * Answers an item, or takes the answer back. What was agreed to before isn't any more.
 * @throws AppError version_conflict with both answers when somebody else answered meanwhile, invalid_input, not_found
 */
export async function answerItem(tx: Tx, id: string, given: Answer, voice: Voice): Promise<void> {
  const held = await lockItem(tx, id, voice);
  if (voice.side === 'them' && held.side === 'us') throw ourAnswer();
  const { answer, fileId } = await fitting(tx, held, given);
  if (answer === held.answer && fileId === held.fileId) return;
  await requireSeen(tx, id, given.version, held, answer);
  await tx.query(
    `update advance_items set answer = $3, file_id = $4, state = $5, answered_by = $6, answered_link_id = $7,
            answered_at = $8, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [
      tx.scope.orgId,
      id,
      answer,
      fileId,
      stateOfAnswer(answer),
      answer === '' ? null : byUs(tx, voice),
      answer === '' ? null : byLink(voice),
      answer === '' ? null : tx.scope.now,
    ],
  );
}

function ourAnswer(): AppError {
  return new AppError('forbidden', { message: 'This one is answered by the other side. Comment on it instead.' });
}

async function fitting(tx: Tx, { kind, choices, engagementId }: Held, given: Answer) {
  const fileId = given.fileId ?? null;
  if (kind === 'file' && fileId !== null) return { answer: await nameOfFile(tx, fileId, engagementId), fileId };
  if (fileId !== null) throw invalid('fileId', 'This item isn’t answered by a file.');
  const answer = kind === 'long_text' ? given.answer : given.answer.trim();
  const fault = answerFault({ kind, choices }, answer);
  if (fault) throw invalid('answer', fault);
  return { answer, fileId: null };
}

async function nameOfFile(tx: Tx, fileId: string, engagementId: string): Promise<string> {
  const [file] = await tx.query<{ name: string }>(
    'select name from files where org_id = $1 and id = $2 and engagement_id = $3 and trashed_at is null',
    [tx.scope.orgId, fileId, engagementId],
  );
  if (!file) throw invalid('fileId', 'There is no file with this id in the dossier.');
  return file.name;
}

/** Nobody's answer is written over unseen. */
async function requireSeen(tx: Tx, id: string, seen: number, held: Held, answer: string): Promise<void> {
  if (seen === held.version) return;
  if (seen > held.version) throw invalid('version', 'Send the version that you read.');
  const since = await columnsChangedSince(tx, 'advance_items', id, seen);
  if (!since.has('answer')) return;
  throw new AppError('version_conflict', {
    message: 'Somebody else answered this in the meantime. Decide which answer stays.',
    extra: { version: held.version, conflicts: { answer: { yours: answer, theirs: held.answer } } },
  });
}

/**
 * Agrees to an item as it was seen, or says that there is a problem.
 * @throws AppError version_conflict when it was changed since, forbidden, not_found
 */
export async function markItem(
  tx: Tx,
  id: string,
  { version, mark }: { version: number; mark: Mark },
  voice: Voice,
): Promise<void> {
  const held = await lockItem(tx, id, voice);
  if (voice.side === 'them' && !theyMayMark(held))
    throw new AppError('forbidden', { message: 'Only what the other side has answered can be agreed to here.' });
  const state = stateAfter(mark, held.answer);
  if (state === held.state) return;
  if (version > held.version) throw invalid('version', 'Send the version that you read.');
  const since = version < held.version ? await columnsChangedSince(tx, 'advance_items', id, version) : new Set();
  if (['answer', 'title', 'hint', 'state'].some((column) => since.has(column)))
    throw new AppError('version_conflict', {
      message: 'Somebody changed this in the meantime. Look at it again.',
      extra: { version: held.version },
    });
  await tx.query(
    'update advance_items set state = $3, version = version + 1, updated_at = now() where org_id = $1 and id = $2',
    [tx.scope.orgId, id, state],
  );
  if (voice.side === 'them' && state === 'problem') await tellAsked(tx, id, held, voice.linkId, 'problem');
}

/** Of one item, from all. */
const mostComments = 100;

/** Of the other side, the same again is the same once. @throws AppError advance_full, not_found */
export async function commentOn(
  tx: Tx,
  id: string,
  { body, internal }: { body: string; internal: boolean },
  voice: Voice,
): Promise<void> {
  const held = await lockItem(tx, id, voice);
  const [said] = await tx.query<{ count: number; again: boolean }>(
    `select count(*)::int as count,
            coalesce((array_agg(link_id = $3 and body = $4 order by created_at desc, id desc)
                        filter (where not internal))[1], false) as again
       from advance_comments where org_id = $1 and item_id = $2`,
    [tx.scope.orgId, id, byLink(voice), body.trim()],
  );
  if (said?.again) return;
  if ((said?.count ?? 0) >= mostComments)
    throw new AppError('advance_full', { message: 'That is a lot about one thing. Please telephone.' });
  const commentId = uuidv7();
  await tx.query(
    `insert into advance_comments (org_id, id, engagement_id, item_id, body, internal, written_by, link_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.scope.orgId,
      commentId,
      held.engagementId,
      id,
      body.trim(),
      internal,
      byUs(tx, voice),
      byLink(voice),
      tx.scope.now,
    ],
  );
  if (voice.side === 'them') await tellAsked(tx, commentId, held, voice.linkId, 'question');
}

/** Whoever sent the link hears of what the other side asks, or can't agree to. */
async function tellAsked(
  tx: Tx,
  source: string,
  { engagementId, title }: Held,
  linkId: string,
  what: 'question' | 'problem',
): Promise<void> {
  const [about] = await tx.query<{ sentBy: string; person: string; engagement: string }>(
    `select l.sent_by as "sentBy", l.name as person, e.title as engagement
       from advance_links l join engagements e on e.org_id = l.org_id and e.id = l.engagement_id
      where l.org_id = $1 and l.id = $2`,
    [tx.scope.orgId, linkId],
  );
  if (about) await publish(tx, 'advance.asked', { ...about, source, engagementId, item: title, what });
}
