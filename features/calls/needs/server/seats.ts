import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { releaseClaims } from '#features/scheduling/claims/server/commands.ts';
import { insertAll } from '#features/scheduling/claims/server/place.ts';

export type SeatSource = 'roster' | 'call' | 'hand';

interface Sitting {
  engagementId: string;
  needId: string;
  resourceId: string;
  source: SeatSource;
  /** Services to sit at. */
  scheduleItemIds: readonly string[];
}

interface LockedSeat {
  id: string;
  scheduleItemId: string;
  startsAt: string;
  endsAt: string;
}

/**
 * Gives somebody an open seat at each of the services and commits their time, all or none. Of several open seats the
 * one that is open at most of the services, so that people keep their chair.
 *
 * @throws AppError seat_taken when a service has no open seat (any more); conflict when the person is committed elsewhere
 */
export async function takeSeats(tx: Tx, sitting: Sitting): Promise<void> {
  const { engagementId, needId, resourceId, source, scheduleItemIds } = sitting;
  const { orgId } = tx.scope;
  // Skipped when locked: somebody else is taking that one in this moment.
  const seats = await tx.query<LockedSeat>(
    `with numbers as (
       select number, count(*) as open from seats
        where org_id = $1 and need_id = $2 and schedule_item_id = any($3::uuid[]) and resource_id is null group by number)
     select s.id, i.id as "scheduleItemId", iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt"
       from schedule_items i cross join lateral (
         select s.id from seats s join numbers n on n.number = s.number
          where s.org_id = $1 and s.need_id = $2 and s.schedule_item_id = i.id and s.resource_id is null
          order by n.open desc, s.number limit 1 for update of s skip locked) s
      where i.org_id = $1 and i.id = any($3::uuid[]) order by i.starts_at, i.id`,
    [orgId, needId, scheduleItemIds],
  );
  if (seats.length === 0 || seats.length < new Set(scheduleItemIds).size) {
    throw new AppError('seat_taken', { message: 'This seat is taken by now, at one of the services at least.' });
  }
  const claims = seats.map((seat) => ({ ...seat, claimId: uuidv7() }));
  await insertAll(
    tx,
    engagementId,
    claims.map(({ claimId: id, startsAt, endsAt }) => ({
      id,
      resourceId,
      startsAt,
      endsAt,
      status: 'commit' as const,
      units: 1,
      expiresAt: null,
      note: '',
    })),
  );
  await tx.query(
    `update seats s set resource_id = $2, source = $3, claim_id = t.claim_id, updated_at = now()
       from json_to_recordset($4::json) as t(id uuid, claim_id uuid) where s.org_id = $1 and s.id = t.id`,
    [orgId, resourceId, source, JSON.stringify(claims.map(({ id, claimId }) => ({ id, claim_id: claimId })))],
  );
}

/**
 * Somebody leaves their seats of a need, at these services or at all: the seats are open again, the time is free.
 * @returns the services left
 */
export async function leaveSeats(
  tx: Tx,
  {
    needId,
    resourceId,
    scheduleItemIds,
    reason,
  }: Pick<Sitting, 'needId' | 'resourceId'> & { scheduleItemIds?: readonly string[]; reason: string },
): Promise<string[]> {
  const held = await tx.query<{ claimId: string; scheduleItemId: string }>(
    `select claim_id as "claimId", schedule_item_id as "scheduleItemId" from seats
      where org_id = $1 and need_id = $2 and resource_id = $3 and ($4::uuid[] is null or schedule_item_id = any($4))`,
    [tx.scope.orgId, needId, resourceId, scheduleItemIds ?? null],
  );
  // A trigger opens each seat whose claim goes.
  await releaseClaims(
    tx,
    held.map(({ claimId }) => claimId),
    reason,
    true,
  );
  return held.map(({ scheduleItemId }) => scheduleItemId);
}

export interface OpenService {
  scheduleItemId: string;
  startsAt: string;
  endsAt: string;
  /** Seats that nobody has. */
  open: number;
}

/** The services at which a need has open seats, by start. */
export function openServices(tx: Tx, needId: string): Promise<OpenService[]> {
  return tx.query<OpenService>(
    `select i.id as "scheduleItemId", iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt", count(*)::int as open
       from seats s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
      where s.org_id = $1 and s.need_id = $2 and s.resource_id is null
      group by i.id, i.starts_at, i.ends_at order by i.starts_at, i.id`,
    [tx.scope.orgId, needId],
  );
}
