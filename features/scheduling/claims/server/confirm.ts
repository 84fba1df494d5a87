import * as z from 'zod';
import { packNames } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { publish } from '#platform/jobs/task.ts';
import type { ClaimStatus } from '../contract.ts';
import { conflictError, obstacles } from './conflicts.ts';
import { lockClaims, settleQueue } from './queue.ts';

/**
 * Chain confirm: commits every claim of the engagement and moves it to its confirmed stage, in one
 * transaction; or nothing.
 * @throws AppError blocked (`extra.blockers`: every one), not_found
 */
export async function confirmEngagement(
  tx: Tx,
  engagementId: string,
  reason: string,
): Promise<{ stage: string; claimIds: string[] }> {
  const key = [tx.scope.orgId, engagementId];
  const [engagement] = await tx.query<{ pack: string; stage: string }>(
    'select pack, stage from engagements where org_id = $1 and id = $2 for update',
    key,
  );
  if (!engagement) throw notFound('This engagement');
  const rows = await tx.query<{ id: string; status: ClaimStatus }>(
    'select id, status from claims where org_id = $1 and engagement_id = $2 order by starts_at, id',
    key,
  );
  const open = await lockClaims(
    tx,
    rows.filter(({ status }) => status !== 'commit').map(({ id }) => id),
  );
  const waiting = open.filter(({ status }) => status !== 'commit');
  const { taken, outranked } = await obstacles(tx, waiting);
  const blockers = [...taken, ...outranked];
  if (blockers.length > 0) throw conflictError(blockers, 'blocked');
  await tx.query(
    `update claims set status = 'commit', rank = null, expires_at = null, version = version + 1, updated_at = now()
      where org_id = $1 and id = any($2::uuid[])`,
    [tx.scope.orgId, waiting.map(({ id }) => id)],
  );
  for (const claim of waiting) await settleQueue(tx, claim.resourceId, claim);
  const stage = packs[z.enum(packNames).parse(engagement.pack)].confirmedStage;
  await recordConfirmation(tx, engagementId, engagement.stage, stage, reason);
  return { stage, claimIds: rows.map(({ id }) => id) };
}

async function recordConfirmation(
  tx: Tx,
  engagementId: string,
  from: string,
  to: string,
  reason: string,
): Promise<void> {
  const { orgId, actor, now } = tx.scope;
  const updated = await tx.query(
    `update engagements set stage = $3, confirmed_at = coalesce(confirmed_at, $4), version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and confirmed_at is null returning id`,
    [orgId, engagementId, to, now],
  );
  if (updated.length === 0) return;
  await publish(tx, 'claims.confirmed', { engagementId });
  await tx.query(
    `insert into stage_decisions (org_id, id, engagement_id, from_stage, to_stage, reason, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [orgId, uuidv7(), engagementId, from, to, reason, actor, now],
  );
}
