import { leaveSeats } from '#features/calls/needs/server/seats.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { WithdrawReason } from '../person-call-contract.ts';
import type { CascadeState } from '../cascade-contract.ts';
import { advanceLocked, tell } from './advance.ts';
import { closedError, lockCall, type Voice } from './answered-call.ts';
import { closeCalls } from './carry-out.ts';
import { writeLetters } from './letters.ts';
import type { LockedCascade } from './situation.ts';

/**
 * Somebody who had accepted can't come: seats of services still ahead are open again, their time is free, and the
 * cascade goes on down its list, unless another one runs for that need.
 *
 * @throws AppError call_closed, not_found
 */
export async function withdrawCall(
  tx: Tx,
  callId: string,
  { reason, note }: { reason: WithdrawReason; note: string },
  secret: string,
  voice: Voice = 'person',
): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, voice);
  if (call.state === 'withdrawn') return;
  if (call.state !== 'accepted') throw closedError(call);
  const now = tx.scope.now.getTime();
  const ahead = call.services.flatMap(({ id, answer, startsAt }) =>
    answer === 'accepted' && Date.parse(startsAt) > now ? [id] : [],
  );
  if (ahead.length === 0)
    throw new AppError('call_closed', {
      message: 'The services of this call have begun. Please telephone the office.',
    });
  // Not only of this need: the office may have moved them to another chair of that service.
  await leaveSeats(tx, {
    resourceId: call.resourceId,
    scheduleItemIds: ahead,
    reason: `${call.name} withdrew.`,
  });
  await closeCalls(tx, [callId], { state: 'withdrawn', reason, note });
  await tx.query('update calls set answered_at = $3, updated_at = now() where org_id = $1 and id = $2', [
    tx.scope.orgId,
    callId,
    tx.scope.now,
  ]);
  await writeLetters(tx, secret, { kind: 'call_withdrawn_confirmed', callIds: [callId] });
  await tell(tx, 'calls.withdrawn', cascade, { person: call.name });
  await advanceLocked(tx, cascade, secret, await stateAfterWithdrawal(tx, cascade));
}

/** What was over goes on: there is a seat again. Two cascades never run for one need. */
export async function stateAfterWithdrawal(tx: Tx, { id, needId, state }: LockedCascade): Promise<CascadeState> {
  if (state !== 'done' && state !== 'exhausted') return state;
  // Whoever starts another one in this moment refers to the need: wait for them, and see theirs.
  await tx.query('select from needs where org_id = $1 and id = $2 for update', [tx.scope.orgId, needId]);
  const [other] = await tx.query(
    "select id from cascades where org_id = $1 and need_id = $2 and id <> $3 and state in ('running', 'paused')",
    [tx.scope.orgId, needId, id],
  );
  return other ? state : 'running';
}
