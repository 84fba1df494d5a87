import { takeSeats } from '#features/calls/needs/server/seats.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import * as z from 'zod';
import { oneAtATime, openAhead } from '../cascade-rules.ts';
import type { DeclineReason } from '../person-call-contract.ts';
import { advanceLocked } from './advance.ts';
import { closedError, lockCall, type AnsweredCall, type Voice } from './answered-call.ts';
import { closeCalls } from './carry-out.ts';
import { isLost } from './lost-engagements.ts';
import { writeLetters } from './letters.ts';
import { mayAcceptLate, seenOf } from './person-call.ts';
import { servicesOf, type LockedCascade } from './situation.ts';

export type Answer =
  { accept: readonly string[] | 'all'; seen?: string | undefined } | { decline: DeclineReason; note: string };

/**
 * An answer and everything that follows from it, in one transaction: seats and commitments, the letter, who is asked
 * next. The same answer twice is the same once.
 *
 * @param secret of the installation, for the links in letters
 * @throws AppError call_changed, seat_taken, committed_elsewhere, already_answered, call_closed, not_found, invalid_input; then
 *   nothing has changed
 */
export async function answerCall(
  tx: Tx,
  callId: string,
  answer: Answer,
  secret: string,
  voice: Voice = 'person',
): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, voice);
  const done =
    'accept' in answer
      ? await accept(tx, cascade, call, answer, voice)
      : await decline(tx, call, answer.decline, answer.note, voice);
  if (!done) return;
  if ('accept' in answer) await writeLetters(tx, secret, { kind: 'call_booked', callIds: [callId] });
  await advanceLocked(tx, cascade, secret);
}

/** @returns false when that is so already */
async function accept(
  tx: Tx,
  cascade: LockedCascade,
  call: AnsweredCall,
  { accept: wanted, seen }: Extract<Answer, { accept: unknown }>,
  voice: Voice,
): Promise<boolean> {
  if (call.state === 'accepted') return requireSame(call, wanted);
  // Held from here on: what is decided about it meanwhile waits, and then releases what is committed here.
  await tx.query('select from engagements where org_id = $1 and id = $2 for key share', [
    tx.scope.orgId,
    cascade.engagementId,
  ]);
  if (await isLost(tx, cascade.engagementId)) throw closedError({ state: 'cancelled', reason: 'cascade_cancelled' });
  if (voice === 'person') requireAcceptable(tx, cascade, call);
  if (seen !== undefined && seen !== seenOf(call.services))
    throw new AppError('call_changed', { message: 'This call has changed just now: look at its times again.' });
  const never = call.state === 'planned' || call.services.length === 0;
  const asked = never ? await servicesNow(tx, cascade) : call.services.map(({ id }) => id);
  const chosen = chosenOf(asked, wanted, cascade.partial || voice === 'office');
  if (voice === 'person') requireAhead(tx, call, chosen);
  await closeCalls(tx, [call.id], { state: 'accepted', reason: null });
  await takeThem(tx, cascade, call, chosen, voice);
  await noteAnswer(tx, cascade, call, asked, chosen);
  return true;
}

function requireSame({ services }: AnsweredCall, wanted: readonly string[] | 'all'): false {
  const accepted = services.flatMap(({ id, answer }) => (answer === 'accepted' ? [id] : []));
  const same = wanted === 'all' || (wanted.length === accepted.length && wanted.every((id) => accepted.includes(id)));
  if (same) return false;
  throw new AppError('already_answered', {
    message: 'This call was accepted before, for other services. Look at it again.',
  });
}

/** An open call is, also in the minute after its deadline; after that, only what nobody else is asked for. */
function requireAcceptable(tx: Tx, cascade: LockedCascade, call: AnsweredCall): void {
  if (call.state === 'open' && call.services.length > 0) return;
  // Of a call whose services are all gone nothing is left, and nobody accepts what they were not asked for.
  if (call.state === 'open') throw closedError({ state: 'cancelled', reason: 'service_gone' });
  const late = call.state === 'declined' || call.state === 'expired';
  if (!late || cascade.state === 'cancelled' || !mayAcceptLate(call.services, cascade, tx.scope.now))
    throw closedError(call);
}

/** For somebody who was not asked, and says yes on the telephone. */
async function servicesNow(tx: Tx, { needId }: LockedCascade): Promise<string[]> {
  const open = oneAtATime(openAhead(await servicesOf(tx, needId), tx.scope.now.getTime())).map(({ id }) => id);
  if (open.length > 0) return open;
  throw new AppError('seat_taken', { message: 'Every seat is taken by now, or its service begins too soon.' });
}

function chosenOf(asked: readonly string[], wanted: readonly string[] | 'all', partial: boolean): string[] {
  if (wanted === 'all') return [...asked];
  const chosen = [...new Set(wanted)];
  if (!chosen.every((id) => asked.includes(id)))
    throw invalid('services', 'This call is not for one of these services. Look at it again.');
  if (chosen.length < asked.length && !partial)
    throw invalid('services', 'This call is for all of its services together. Accept them all, or decline.');
  return chosen;
}

function requireAhead(tx: Tx, { services }: AnsweredCall, chosen: readonly string[]): void {
  const begun = services.some(
    ({ id, startsAt }) => chosen.includes(id) && Date.parse(startsAt) <= tx.scope.now.getTime(),
  );
  if (begun)
    throw new AppError('call_closed', { message: 'A service of this call has begun. Please telephone the office.' });
}

const elsewhere = z.object({ conflicts: z.array(z.object({ startsAt: z.string(), endsAt: z.string() })) });

/** Seats and the person's time, or a refusal that says what is in the way. */
async function takeThem(
  tx: Tx,
  { engagementId, needId }: LockedCascade,
  { resourceId, zone }: AnsweredCall,
  scheduleItemIds: readonly string[],
  voice: Voice,
): Promise<void> {
  try {
    await takeSeats(tx, { engagementId, needId, resourceId, source: 'call', scheduleItemIds });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    const { conflicts } = elsewhere.parse(error.details.extra);
    const when = conflicts.map((span) => spanText(span, zone)).join('; ');
    const message =
      voice === 'office'
        ? error.message
        : `You are booked at that time already (${when}), so this could not be accepted. Please write to the office.`;
    throw new AppError('committed_elsewhere', { message, cause: error, extra: { conflicts } });
  }
}

async function noteAnswer(
  tx: Tx,
  { engagementId }: LockedCascade,
  { id, resourceId }: AnsweredCall,
  asked: readonly string[],
  chosen: readonly string[],
): Promise<void> {
  const { orgId, now } = tx.scope;
  await Promise.all([
    tx.query('update calls set answered_at = $3, updated_at = now() where org_id = $1 and id = $2', [orgId, id, now]),
    tx.query(
      `insert into call_services (org_id, id, call_id, engagement_id, schedule_item_id, resource_id, span, open, answer)
       select $1, a.id, $2, $3, i.id, $4, tstzrange(i.starts_at, i.ends_at, '[)'), false, a.answer
         from json_to_recordset($5::json) as a(id uuid, service uuid, answer text)
         join schedule_items i on i.org_id = $1 and i.id = a.service
       on conflict on constraint call_services_once do update set answer = excluded.answer, updated_at = now()`,
      [
        orgId,
        id,
        engagementId,
        resourceId,
        JSON.stringify(
          asked.map((service) => ({
            id: uuidv7(),
            service,
            answer: chosen.includes(service) ? 'accepted' : 'declined',
          })),
        ),
      ],
    ),
  ]);
}

/** @returns false when that is so already */
async function decline(
  tx: Tx,
  call: AnsweredCall,
  reason: DeclineReason,
  note: string,
  voice: Voice,
): Promise<boolean> {
  if (call.state === 'declined' && call.reason === reason) return false;
  if (call.state === 'accepted') {
    const message = 'This call was accepted. To give the place back, withdraw.';
    throw new AppError('already_answered', { message });
  }
  const never = call.state === 'planned' || call.state === 'skipped';
  if (!['open', 'expired', 'declined'].includes(call.state) && !(never && voice === 'office')) throw closedError(call);
  await closeCalls(tx, [call.id], { state: 'declined', reason, note });
  const key = [tx.scope.orgId, call.id];
  await Promise.all([
    tx.query(
      'update calls set answered_at = coalesce(answered_at, $3), updated_at = now() where org_id = $1 and id = $2',
      [...key, tx.scope.now],
    ),
    tx.query(
      "update call_services set answer = 'declined', updated_at = now() where org_id = $1 and call_id = $2",
      key,
    ),
  ]);
  return true;
}

/** Somebody looks at the page: not a scanner, which runs no scripts. The first time counts. */
export async function openedCall(tx: Tx, callId: string): Promise<void> {
  await tx.query(
    'update calls set opened_at = $3, updated_at = now() where org_id = $1 and id = $2 and opened_at is null and sent_at is not null',
    [tx.scope.orgId, callId, tx.scope.now],
  );
}
