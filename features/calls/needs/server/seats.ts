import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
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
  /** The seat wanted, where it is open; else the one that is open at most of the services, so that people keep theirs. */
  number?: number | undefined;
}

interface LockedSeat {
  id: string;
  scheduleItemId: string;
  startsAt: string;
  endsAt: string;
}

/**
 * Gives somebody an open seat at each of the services and commits their time: all or none. A refusal leaves nothing
 * behind, also in a transaction that goes on.
 *
 * @throws AppError seat_taken when a service has no open seat (any more); conflict when the person is committed elsewhere
 */
export async function takeSeats(tx: Tx, sitting: Sitting): Promise<void> {
  const wanted = [...new Set(sitting.scheduleItemIds)];
  await Promise.all([
    // One after the other: of two who lock seats service by service, each would get a chair of the other's at some of them.
    takeTurn(tx, `seats ${sitting.needId}`),
    // Whoever moves a service waits until this is done: a seat is committed at the time that is read here.
    tx.query('select from schedule_items where org_id = $1 and id = any($2::uuid[]) order by id for share', [
      tx.scope.orgId,
      wanted,
    ]),
  ]);
  let seats = await lockOpenSeats(tx, sitting, wanted, 'skip locked');
  // Somebody else is taking what is missing in this moment. Whether they do is known when they are done.
  if (seats.length < wanted.length) seats = await lockOpenSeats(tx, sitting, wanted, '');
  if (seats.length === 0 || seats.length < wanted.length) {
    throw new AppError('seat_taken', { message: 'This seat is taken by now, at one of the services at least.' });
  }
  await tx.query('savepoint take_seats');
  try {
    await commitSeats(tx, sitting, seats);
  } catch (error) {
    // Refused claims leave their placed siblings standing, and the caller may have other plans.
    if (error instanceof AppError) await tx.query('rollback to savepoint take_seats');
    throw error;
  }
  await tx.query('release savepoint take_seats');
}

/** One open seat at each service that has one. */
function lockOpenSeats(
  tx: Tx,
  { needId, number }: Sitting,
  services: readonly string[],
  wait: 'skip locked' | '',
): Promise<LockedSeat[]> {
  return tx.query<LockedSeat>(
    `with numbers as (
       select number, count(*) as open from seats
        where org_id = $1 and need_id = $2 and schedule_item_id = any($3::uuid[]) and resource_id is null group by number)
     select s.id, i.id as "scheduleItemId", iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt"
       from schedule_items i cross join lateral (
         select s.id from seats s left join numbers n on n.number = s.number
          where s.org_id = $1 and s.need_id = $2 and s.schedule_item_id = i.id and s.resource_id is null
          order by (s.number = $4) desc nulls last, n.open desc nulls last, s.number limit 1 for update of s ${wait}) s
      where i.org_id = $1 and i.id = any($3::uuid[]) order by i.starts_at, i.id`,
    [tx.scope.orgId, needId, services, number ?? null],
  );
}

/** @throws AppError conflict */
async function commitSeats(
  tx: Tx,
  { engagementId, resourceId, source }: Sitting,
  seats: readonly LockedSeat[],
): Promise<void> {
  const claims = seats.map((seat) => ({ ...seat, claimId: uuidv7() }));
  await insertAll(
    tx,
    engagementId,
    claims.map(({ claimId: id, startsAt, endsAt }) => ({ ...commitment, id, resourceId, startsAt, endsAt })),
  );
  await tx.query(
    `update seats s set resource_id = $2, source = $3, claim_id = t.claim_id, updated_at = now()
       from json_to_recordset($4::json) as t(id uuid, claim_id uuid) where s.org_id = $1 and s.id = t.id`,
    [tx.scope.orgId, resourceId, source, JSON.stringify(claims.map(({ id, claimId }) => ({ id, claim_id: claimId })))],
  );
}

const commitment = { status: 'commit' as const, units: 1, expiresAt: null, note: '' };

interface Leaving {
  resourceId: string;
  /** Undefined: whatever seat they have there by now; then the services must be given. */
  needId?: string | undefined;
  scheduleItemIds?: readonly string[] | undefined;
  reason: string;
}

/**
 * Somebody leaves their seats of a need, at these services or at all: the seats are open again, the time is free.
 * @returns the services left
 */
export async function leaveSeats(tx: Tx, { needId, resourceId, scheduleItemIds, reason }: Leaving): Promise<string[]> {
  if (needId === undefined && scheduleItemIds === undefined) throw new Error('Say which seats.');
  const held = await tx.query<{ claimId: string; scheduleItemId: string }>(
    `select claim_id as "claimId", schedule_item_id as "scheduleItemId" from seats
      where org_id = $1 and ($2::uuid is null or need_id = $2) and resource_id = $3
        and ($4::uuid[] is null or schedule_item_id = any($4))`,
    [tx.scope.orgId, needId ?? null, resourceId, scheduleItemIds ?? null],
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
