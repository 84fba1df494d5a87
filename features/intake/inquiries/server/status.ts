import * as z from 'zod';
import { stageOf } from '#features/engagements/rules.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { AppError } from '#platform/contract/errors.ts';
import { publish } from '#platform/jobs/task.ts';
import { decidedWords } from '../inquiry-words.ts';
import { isOpen, type InquiryState } from '../rules.ts';
import type { InquirySheet, SenderState } from '../status-contract.ts';
import { readAnswers } from './answers.ts';
import { insertMessage } from './commands.ts';
import { lockInquiry, takeStep } from './steps.ts';

/** From one sender about one inquiry, between two words of the office: a link may have fallen into the wrong hands. */
const messagesAtMost = 10;

const shownAs: Readonly<Record<InquiryState, SenderState>> = {
  new: 'received',
  review: 'review',
  hold: 'hold',
  approved: 'approved',
  declined: 'declined',
  withdrawn: 'withdrawn',
  // Who is taken for a spammer isn’t told: the filter may be wrong, and isn’t to be learnt from.
  spam: 'received',
};

type Sheet = Omit<InquirySheet, 'organisation' | 'colour' | 'zone'> & { zone: string | null };

/** What its sender may see. The link was checked. */
export async function readForSender(tx: Tx, id: string): Promise<Sheet> {
  const key = [tx.scope.orgId, id];
  const [[row], given, messages] = await Promise.all([
    tx.query<Omit<Sheet, 'state' | 'can' | 'messages'> & { state: InquiryState; pack: string | null; stage: string }>(
      `select q.title, q.state, q.zone, iso(q.received_at) as "receivedAt", e.pack, e.stage,
              iso(coalesce(e.starts_at, q.starts_at)) as "startsAt", iso(coalesce(e.ends_at, q.ends_at)) as "endsAt",
              (select p.name from resources p
                where p.org_id = $1 and p.id = case when e.id is null then q.place_id else e.place_id end) as "placeName"
         from inquiries q left join engagements e on e.org_id = q.org_id and e.id = q.engagement_id
        where q.org_id = $1 and q.id = $2`,
      key,
    ),
    readAnswers(tx, id),
    tx.query<Sheet['messages'][number]>(
      `select id, kind = 'answer' as mine, body, iso(written_at) as "writtenAt"
         from inquiry_messages where org_id = $1 and inquiry_id = $2 and kind <> 'note' order by written_at, id`,
      key,
    ),
  ]);
  if (!row) throw new AppError('not_found', { message: 'This link was not found.' });
  const { pack, stage, state: truth, ...rest } = row;
  const state = truth === 'approved' && !stands(pack, stage) ? 'cancelled' : shownAs[truth];
  return { ...rest, ...given, state, messages, can: mayDo(truth) };
}

/** Whether what was made of it still is to happen: it may have been called off, or deleted. */
function stands(pack: string | null, stage: string): boolean {
  const { data } = z.enum(packNames).safeParse(pack);
  return data !== undefined && stageOf(packs[data], stage)?.kind !== 'lost';
}

function mayDo(state: InquiryState): Sheet['can'] {
  if (state === 'approved') return ['write'];
  return isOpen(state) || state === 'spam' ? ['write', 'withdraw'] : [];
}

/** Its sender answers, or adds something; who sees to it hears of it. The same again is the same once. @throws AppError already_decided, too_many_messages */
export async function writeAsSender(tx: Tx, id: string, body: string): Promise<void> {
  const inquiry = await lockInquiry(tx, id);
  if (!mayDo(inquiry.state).includes('write'))
    throw new AppError('already_decided', { message: 'It is decided, and nobody reads here any more.' });
  const [last] = await tx.query<{ kind: string; body: string }>(
    `select kind, body from inquiry_messages where org_id = $1 and inquiry_id = $2 and kind in ('question', 'answer')
      order by written_at desc, id desc limit 1`,
    [tx.scope.orgId, id],
  );
  if (last?.kind === 'answer' && last.body === body.trim()) return;
  const [counted] = await tx.query<{ count: number }>(
    `select count(*)::int as count from inquiry_messages m
      where m.org_id = $1 and m.inquiry_id = $2 and m.kind = 'answer'
        and m.written_at > coalesce((select max(q.written_at) from inquiry_messages q
                                      where q.org_id = $1 and q.inquiry_id = $2 and q.kind = 'question'), '-infinity')`,
    [tx.scope.orgId, id],
  );
  if ((counted?.count ?? 0) >= messagesAtMost)
    throw new AppError('too_many_messages', { message: 'That is a lot. Please wait for an answer, or telephone.' });
  await insertMessage(tx, id, 'answer', body);
  if (inquiry.state !== 'spam') await publish(tx, 'inquiries.answered', { inquiryId: id, withdrawn: false });
}

/** Its sender takes it back, and what was held for it is free. Twice is once. @throws AppError already_decided */
export async function withdrawAsSender(tx: Tx, id: string, reason: string): Promise<void> {
  const inquiry = await lockInquiry(tx, id);
  if (inquiry.state === 'withdrawn') return;
  if (!mayDo(inquiry.state).includes('withdraw'))
    throw new AppError('already_decided', {
      message:
        inquiry.state === 'approved'
          ? 'It is agreed already. Please write or telephone if it can’t be after all.'
          : decidedWords(inquiry.state),
    });
  await takeStep(tx, inquiry, 'withdraw', reason);
  if (inquiry.state !== 'spam') await publish(tx, 'inquiries.answered', { inquiryId: id, withdrawn: true });
}
