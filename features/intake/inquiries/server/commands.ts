import type * as z from 'zod';
import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { publish } from '#platform/jobs/task.ts';
import { requireMember } from '#features/organisations/server/accounts.ts';
import type { inquiries } from '../contract.ts';
import type { inquiry } from '../inquiry-contract.ts';
import { decidedWords } from '../inquiry-words.ts';
import { isOpen } from '../rules.ts';
import { removeSentFiles } from './answers.ts';
import { findOrMakeParty } from './contacts.ts';
import { requireAddress, writeToSender } from './letters.ts';
import { statusPath } from './link.ts';
import { inquiryShape } from './queries.ts';
import { welcome } from './receive.ts';
import { lockInquiry, releaseFor, takeStep } from './steps.ts';

type Control = Databases['control'];
type NewInquiry = RouteInput<(typeof inquiries)['routes']['create']>['body'];

/** One that came by telephone, by mail or in person. @returns its id. @throws AppError no_address, invalid_input */
export async function enterInquiry(
  tx: Tx,
  control: Control,
  { tell, source, ...fields }: NewInquiry,
  secret: string,
): Promise<string> {
  await Promise.all([
    requirePlace(tx, fields.placeId),
    requireMember(tx, control, fields.assigneeUserId, 'assigneeUserId'),
  ]);
  const partyId = fields.partyId ?? (await findOrMakeParty(tx, fields));
  const own = { source, state: 'new', received_at: tx.scope.now };
  const id = await insertRow(tx, inquiryShape, { ...fields, labels: distinct(fields.labels), partyId }, own);
  if (tell) {
    await requireAddress(tx, id);
    await welcome(tx, id, secret);
  } else await publish(tx, 'inquiries.received', { inquiryId: id, by: tx.scope.actor });
  await tellAssigned(tx, id, fields.assigneeUserId);
  return id;
}

/** @throws AppError version_conflict, invalid_input */
export async function changeInquiry(
  tx: Tx,
  control: Control,
  id: string,
  { version, ...changes }: z.output<typeof inquiry.patch>,
): Promise<void> {
  await Promise.all([
    requirePlace(tx, changes.placeId),
    requireMember(tx, control, changes.assigneeUserId, 'assigneeUserId'),
  ]);
  const labels = changes.labels && { labels: distinct(changes.labels) };
  await patchRow(tx, inquiryShape, id, version, { ...changes, ...labels });
  await tellAssigned(tx, id, changes.assigneeUserId);
}

/** @throws AppError invalid_input */
async function requirePlace(tx: Tx, placeId: string | null | undefined): Promise<void> {
  if (!placeId) return;
  const [row] = await tx.query<{ kind: string }>('select kind from resources where org_id = $1 and id = $2', [
    tx.scope.orgId,
    placeId,
  ]);
  if (row?.kind !== 'place') throw invalid('placeId', 'There is no place with this id.');
}

async function tellAssigned(tx: Tx, inquiryId: string, userId: string | null | undefined): Promise<void> {
  if (userId) await publish(tx, 'inquiries.assigned', { inquiryId, userId, by: tx.scope.actor });
}

const distinct = (labels: readonly string[]): string[] => [...new Set(labels)];

/** Whoever begins to look into it sees to it, unless somebody does. @throws AppError already_decided, not_found */
export async function reviewInquiry(tx: Tx, id: string, userId: string | undefined): Promise<void> {
  const held = await lockInquiry(tx, id);
  await takeStep(tx, held, 'review');
  if (held.assigneeUserId !== null || !userId) return;
  await tx.query(
    `update inquiries set assignee_user_id = $3, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id, userId],
  );
}

/** @throws AppError already_decided, not_found */
export async function markSpam(tx: Tx, id: string): Promise<void> {
  await takeStep(tx, await lockInquiry(tx, id), 'spam');
}

/** What the filter had put aside is received now, with all that goes with it. @throws AppError already_decided */
export async function markNotSpam(tx: Tx, id: string, secret: string): Promise<void> {
  const held = await lockInquiry(tx, id);
  await takeStep(tx, held, 'notSpam');
  // One that a member had taken for spam was welcomed when it came.
  if (!held.suspected) return;
  const partyId = held.partyId ?? (await findOrMakeParty(tx, held));
  await tx.query(
    `update inquiries set party_id = $3, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and party_id is distinct from $3::uuid`,
    [tx.scope.orgId, id, partyId],
  );
  await welcome(tx, id, secret);
}

/** Declines, in the words that its sender reads; null: nothing is sent. @throws AppError already_decided, not_found */
export async function declineInquiry(
  tx: Tx,
  id: string,
  { reason, letter }: { reason: string; letter: string | null },
  secret: string,
): Promise<void> {
  const decisionId = await takeStep(tx, await lockInquiry(tx, id), 'decline', reason);
  if (letter !== null)
    await writeToSender(tx, secret, { kind: 'inquiry_declined', inquiryId: id, words: letter, key: decisionId });
}

/** @throws AppError already_decided, not_found */
export async function reopenInquiry(tx: Tx, id: string): Promise<void> {
  await takeStep(tx, await lockInquiry(tx, id), 'reopen');
}

/** With all that was said about it and sent with it. What was made of it stays; what is only held for it is released. */
export async function removeInquiry(tx: Tx, id: string): Promise<void> {
  const held = await lockInquiry(tx, id);
  if (held.state !== 'approved') await releaseFor(tx, id, `${held.title}: deleted.`);
  await removeSentFiles(tx, [id]);
  await tx.query('delete from inquiries where org_id = $1 and id = $2', [tx.scope.orgId, id]);
}

/** What members say among themselves. @returns its id. @throws AppError not_found */
export async function addNote(tx: Tx, id: string, body: string): Promise<string> {
  await lockInquiry(tx, id);
  return insertMessage(tx, id, 'note', body);
}

/** Asks its sender by mail. @returns its id. @throws AppError no_address, already_decided, not_found */
export async function askSender(tx: Tx, id: string, body: string, secret: string): Promise<string> {
  const held = await lockInquiry(tx, id);
  if (!isOpen(held.state) && held.state !== 'approved')
    throw new AppError('already_decided', { message: decidedWords(held.state), extra: { state: held.state } });
  await requireAddress(tx, id);
  const messageId = await insertMessage(tx, id, 'question', body);
  await writeToSender(tx, secret, { kind: 'inquiry_question', inquiryId: id, words: body, key: messageId });
  return messageId;
}

export async function insertMessage(
  tx: Tx,
  inquiryId: string,
  kind: 'note' | 'question' | 'answer',
  body: string,
): Promise<string> {
  const id = uuidv7();
  await tx.query(
    `insert into inquiry_messages (org_id, id, inquiry_id, kind, body, written_by, written_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.scope.orgId, id, inquiryId, kind, body.trim(), tx.scope.actor, tx.scope.now],
  );
  return id;
}

/** Path of its sender’s page. @param renew ends every older link */
export async function linkOf(tx: Tx, id: string, renew: boolean, secret: string): Promise<string> {
  await lockInquiry(tx, id);
  const [row] = await tx.query<{ version: number }>(
    renew
      ? `update inquiries set link_version = link_version + 1, version = version + 1, updated_at = now()
          where org_id = $1 and id = $2 returning link_version as version`
      : 'select link_version as version from inquiries where org_id = $1 and id = $2',
    [tx.scope.orgId, id],
  );
  return statusPath(secret, tx.scope.orgId, { inquiryId: id, version: row?.version ?? 1 });
}
