import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue, publish } from '#platform/jobs/task.ts';
import { addBusinessHours, overlaps } from '../rules.ts';
import { releaseClaims } from './commands.ts';
import { lockClaim, lockClaims } from './queue.ts';

/**
 * The hold below asks the one above to commit or release in time; silence releases it.
 * @throws AppError not_a_hold, not_challengeable, already_challenged
 */
export async function challengeHold(tx: Tx, id: string, challengerId: string): Promise<void> {
  const locked = await lockClaims(tx, [id, challengerId]);
  const held = locked.find((claim) => claim.id === id);
  const challenger = locked.find((claim) => claim.id === challengerId);
  if (!held) throw notFound('This claim');
  if (!challenger) throw invalid('challengerId', 'There is no claim with this id.');
  if (held.status !== 'hold' || challenger.status !== 'hold')
    throw new AppError('not_a_hold', { message: 'Only a hold can challenge a hold.' });
  const behind =
    challenger.resourceId === held.resourceId &&
    overlaps(held, challenger) &&
    (challenger.rank ?? 0) > (held.rank ?? 0);
  if (!behind) {
    throw new AppError('not_challengeable', {
      message: 'The challenger must be a lower hold on the same resource at the same time.',
    });
  }
  const [resource] = await tx.query<{ zone: string; hours: number }>(
    'select zone, challenge_hours as hours from resources where org_id = $1 and id = $2',
    [tx.scope.orgId, held.resourceId],
  );
  const deadlineAt = addBusinessHours(tx.scope.now.toISOString(), resource?.hours ?? 16, resource?.zone ?? 'UTC');
  const challengeId = uuidv7();
  await tx.query(
    `insert into challenges (org_id, id, claim_id, challenger_id, deadline_at, started_by, started_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.scope.orgId, challengeId, id, challengerId, deadlineAt, tx.scope.actor, tx.scope.now],
  );
  await enqueue(tx, 'claims.decideChallenge', { challengeId }, { runAt: deadlineAt, key: `challenge:${challengeId}` });
  await publish(tx, 'claims.challenged', { claimId: id, challengerId, deadlineAt });
}

/** The challenger takes it back. @throws AppError not_found when there is no challenge */
export async function waiveChallenge(tx: Tx, claimId: string): Promise<void> {
  await lockClaim(tx, claimId);
  const [gone] = await tx.query('delete from challenges where org_id = $1 and claim_id = $2 returning id', [
    tx.scope.orgId,
    claimId,
  ]);
  if (!gone) throw notFound('An open challenge of this hold');
  await publish(tx, 'claims.waived', { claimId });
}

/** The deadline came: silence releases. Does nothing when the challenge is gone or its clock was changed. */
export async function decideChallenge(tx: Tx, challengeId: string): Promise<void> {
  const find = 'select claim_id from challenges where org_id = $1 and id = $2 and deadline_at <= $3';
  const values = [tx.scope.orgId, challengeId, tx.scope.now];
  const [open] = await tx.query<{ claim_id: string }>(find, values);
  if (!open) return;
  await lockClaims(tx, [open.claim_id]);
  // Looked at again under the lock: the holder may have committed in this very moment.
  const [still] = await tx.query(find, values);
  if (still) await releaseClaims(tx, [open.claim_id], 'The challenge was not answered in time.', true);
}

/** A pencil's or hold's own end. Does nothing when it was committed, released or prolonged. */
export async function expireClaim(tx: Tx, claimId: string): Promise<void> {
  await lockClaims(tx, [claimId]);
  const [due] = await tx.query(
    "select from claims where org_id = $1 and id = $2 and expires_at <= $3 and status <> 'commit'",
    [tx.scope.orgId, claimId, tx.scope.now],
  );
  if (due) await releaseClaims(tx, [claimId], 'It expired.', true);
}
