import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { publish } from '#platform/jobs/task.ts';
import type { ClaimStatus, Released } from '../contract.ts';
import { commitConflict, rerank, type Span } from '../rules.ts';
import { conflictError, obstacles } from './conflicts.ts';
import { meetingsOf } from './queries.ts';
import {
  lastRank,
  lockClaim,
  lockClaims,
  scheduleExpiry,
  settleQueue,
  touchingHolds,
  writeRanks,
  type LockedClaim,
  type Promotion,
} from './queue.ts';

/**
 * Moves or resizes a claim, also to another resource. A hold that only shrinks keeps its place in the
 * queue; one that takes new time goes behind everybody there.
 * @throws AppError conflict, version_conflict, not_found
 */
export async function moveClaim(
  tx: Tx,
  id: string,
  to: Span & { resourceId?: string | undefined; version: number },
): Promise<void> {
  const columns = ['starts_at', 'ends_at', 'resource_id', 'status'];
  const claim = await lockClaim(tx, id, { version: to.version, columns }, to.resourceId ? [to.resourceId] : []);
  const resourceId = to.resourceId ?? claim.resourceId;
  const target = { ...claim, ...to, resourceId };
  const [meeting] = await meetingsOf(tx, [{ ...target, claimId: id }]);
  if (!meeting) throw invalid('resourceId', 'There is no resource with this id.');
  const conflict = claim.status === 'commit' || meeting.archived ? commitConflict(meeting) : undefined;
  if (conflict) throw conflictError([conflict]);
  const shrinks = resourceId === claim.resourceId && to.startsAt >= claim.startsAt && to.endsAt <= claim.endsAt;
  const rank = claim.status !== 'hold' ? null : shrinks ? claim.rank : await lastRank(tx, resourceId, to, id);
  await tx.query(
    `update claims c set starts_at = $3, ends_at = $4, resource_id = r.id, exclusive = r.exclusive, zone = r.zone, rank = $6,
            version = c.version + 1, updated_at = now()
       from resources r where c.org_id = $1 and c.id = $2 and r.org_id = $1 and r.id = $5`,
    [tx.scope.orgId, id, to.startsAt, to.endsAt, resourceId, rank],
  );
  await settleQueue(tx, claim.resourceId, claim);
  await settleQueue(tx, resourceId, to);
}

/** Note, units, and the expiry of a pencil or hold. */
export async function changeClaim(
  tx: Tx,
  id: string,
  {
    version,
    note,
    units,
    expiresAt,
  }: { version: number; note?: string | undefined; units?: number | undefined; expiresAt?: string | null | undefined },
): Promise<LockedClaim> {
  const columns = [
    ...(note === undefined ? [] : ['note']),
    ...(units === undefined ? [] : ['units']),
    ...(expiresAt === undefined ? [] : ['expires_at']),
  ];
  const claim = await lockClaim(tx, id, { version, columns });
  if (expiresAt && claim.status === 'commit')
    throw invalid('expiresAt', 'A commitment does not expire; only pencils and holds do.');
  await tx.query(
    `update claims set note = coalesce($3, note), units = coalesce($4, units),
            expires_at = case when $5 then $6::timestamptz else expires_at end, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id, note ?? null, units ?? null, expiresAt !== undefined, expiresAt ?? null],
  );
  if (expiresAt) await scheduleExpiry(tx, id, expiresAt);
  return claim;
}

/**
 * Makes a claim a pencil, hold or commitment. A hold commits only from the head of its queue.
 * @throws AppError conflict (something is committed there), blocked (holds stand before it)
 */
export async function setStatus(tx: Tx, id: string, status: ClaimStatus, version: number): Promise<void> {
  const claim = await lockClaim(tx, id, { version, columns: ['starts_at', 'ends_at', 'resource_id', 'status'] });
  if (claim.status === status) return;
  if (status === 'commit') {
    const { taken, outranked } = await obstacles(tx, [claim]);
    if (taken.length > 0) throw conflictError(taken);
    if (outranked.length > 0) throw conflictError(outranked, 'blocked');
  }
  const rank = status === 'hold' ? await lastRank(tx, claim.resourceId, claim, id) : null;
  await tx.query(
    `update claims set status = $3, rank = $4, expires_at = case when $3 = 'commit' then null else expires_at end,
            version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id, status, rank],
  );
  await settleQueue(tx, claim.resourceId, claim);
}

/** Gives a hold another place among those it overlaps; the others keep their order and close up. */
export async function setRank(tx: Tx, id: string, rank: number, version?: number): Promise<void> {
  const claim = await lockClaim(tx, id, version === undefined ? undefined : { version, columns: ['rank', 'status'] });
  if (claim.status !== 'hold' || claim.rank === null)
    throw new AppError('not_a_hold', { message: 'Only a hold has a rank.' });
  const holds = await touchingHolds(tx, claim.resourceId, claim);
  // Half a rank before (moving up) or behind (moving down) the one whose place it takes.
  const place = rank < claim.rank ? rank - 0.5 : rank + 0.5;
  const before = new Map(holds.map((hold) => [hold.id, hold.rank]));
  const ranks = rerank(holds.map((hold) => (hold.id === id ? { ...hold, rank: place } : hold)));
  const moved = [...ranks].flatMap(([claimId, to]): Promotion[] => {
    const from = before.get(claimId) ?? to;
    return from === to ? [] : [{ claimId, from, to }];
  });
  await writeRanks(tx, moved);
  await settleQueue(tx, claim.resourceId, claim);
  const others = moved.filter(({ claimId, from, to }) => claimId !== id && to < from);
  if (others.length > 0) await publish(tx, 'claims.promoted', { promoted: others });
}

/**
 * Releases claims; the holds behind them move up and are told.
 * @throws AppError not_found when one is gone, unless `ignoreMissing` (a job that may run twice)
 */
export async function releaseClaims(
  tx: Tx,
  ids: readonly string[],
  reason: string,
  ignoreMissing = false,
): Promise<Released> {
  const unique = [...new Set(ids)];
  const claims = await lockClaims(tx, unique);
  if (claims.length < unique.length && !ignoreMissing) throw notFound('One of these claims');
  if (claims.length === 0) return { released: [], promoted: [] };
  await publish(tx, 'claims.released', { released: await describe(tx, claims), reason, by: tx.scope.actor });
  // The change record keeps the reason beside the row as it was.
  const noted = tx.query("select set_config('app.reason', $1, true)", [reason]);
  await tx.query('delete from claims where org_id = $1 and id = any($2::uuid[])', [tx.scope.orgId, unique]);
  await noted;
  await tx.query("select set_config('app.reason', '', true)");
  const promoted: Promotion[] = [];
  for (const claim of claims) promoted.push(...(await settleQueue(tx, claim.resourceId, claim)));
  return { released: claims.map(({ id }) => id), promoted: lastOfEach(promoted) };
}

/** What a notice will say of claims that are gone by the time it is written. */
async function describe(tx: Tx, claims: readonly LockedClaim[]): Promise<object[]> {
  return tx.query(
    `select c.id as "claimId", c.placed_by as "placedBy", c.engagement_id as "engagementId", c.status, c.rank,
            iso(c.starts_at) as "startsAt", iso(c.ends_at) as "endsAt", c.zone, r.name as "resourceName"
       from claims c join resources r on r.org_id = c.org_id and r.id = c.resource_id
      where c.org_id = $1 and c.id = any($2::uuid[])`,
    [tx.scope.orgId, claims.map(({ id }) => id)],
  );
}

/** A claim that moved up several times in one release moved from its first rank to its last. */
function lastOfEach(moves: readonly Promotion[]): Promotion[] {
  const byClaim = new Map<string, Promotion>();
  for (const move of moves) byClaim.set(move.claimId, { ...move, from: byClaim.get(move.claimId)?.from ?? move.from });
  return [...byClaim.values()];
}
