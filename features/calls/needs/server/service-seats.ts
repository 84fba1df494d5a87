import type { Tx } from '#platform/db/tenant.ts';
import { conflictError } from '#features/scheduling/claims/server/conflicts.ts';
import { releaseClaims } from '#features/scheduling/claims/server/commands.ts';
import { meetingsOf } from '#features/scheduling/claims/server/queries.ts';
import { lockResources } from '#features/scheduling/claims/server/queue.ts';
import { commitConflict } from '#features/scheduling/claims/rules.ts';
import { writeSeats } from './write-seats.ts';

/** What a change of the schedule means for the seats of its services. */

interface ServiceTime {
  id: string;
  startsAt: string;
  endsAt: string;
}

export interface SeatedPerson {
  scheduleItemId: string;
  resourceId: string;
  claimId: string;
}

/** Everybody seated at these services. */
export function seatedAt(tx: Tx, itemIds: readonly string[]): Promise<SeatedPerson[]> {
  return tx.query<SeatedPerson>(
    `select schedule_item_id as "scheduleItemId", resource_id as "resourceId", claim_id as "claimId" from seats
      where org_id = $1 and schedule_item_id = any($2::uuid[]) and resource_id is not null`,
    [tx.scope.orgId, itemIds],
  );
}

/**
 * Before services take other times: whether everybody seated there can come along. Locks their calendars until the
 * transaction ends; the services' rows must be locked already, so that nobody sits down meanwhile.
 * @param services at their new times
 * @returns who is seated
 * @throws AppError conflict (`extra.conflicts`), naming who is committed elsewhere
 */
export async function requireSeatedFree(tx: Tx, services: readonly ServiceTime[]): Promise<SeatedPerson[]> {
  const seated = await seatedAt(
    tx,
    services.map(({ id }) => id),
  );
  if (seated.length === 0) return seated;
  await lockResources(
    tx,
    seated.map(({ resourceId }) => resourceId),
  );
  const times = new Map(services.map((service) => [service.id, service]));
  const meetings = await meetingsOf(
    tx,
    seated.flatMap(({ scheduleItemId, resourceId, claimId }) => {
      const time = times.get(scheduleItemId);
      return time ? [{ resourceId, claimId, startsAt: time.startsAt, endsAt: time.endsAt, units: 1 }] : [];
    }),
  );
  // What moves along stands in nobody's way.
  const moving = new Set(seated.map(({ claimId }) => claimId));
  const conflicts = meetings.flatMap((meeting) => {
    const standing = meeting.standing.filter(({ claimId }) => !moving.has(claimId));
    return commitConflict({ ...meeting, standing, archived: false }) ?? [];
  });
  if (conflicts.length > 0) throw conflictError(conflicts);
  return seated;
}

/** Everybody seated at a service is committed to its time from now on. The service itself has moved already. */
export async function moveCommitments(tx: Tx, { id, startsAt, endsAt }: ServiceTime): Promise<void> {
  await tx.query(
    `update claims c set starts_at = $3, ends_at = $4, version = c.version + 1, updated_at = now()
       from seats s where s.org_id = $1 and s.schedule_item_id = $2 and c.org_id = $1 and c.id = s.claim_id`,
    [tx.scope.orgId, id, startsAt, endsAt],
  );
}

/** Everybody seated at a service is free again. @returns who was */
export async function emptyService(tx: Tx, itemId: string, reason: string): Promise<SeatedPerson[]> {
  const seated = await seatedAt(tx, [itemId]);
  await releaseClaims(
    tx,
    seated.map(({ claimId }) => claimId),
    reason,
    true,
  );
  return seated;
}

/** New services have the seats of each need that covers every service. */
export async function addServiceSeats(tx: Tx, engagementId: string, itemIds: readonly string[]): Promise<void> {
  if (itemIds.length === 0) return;
  // Locked, so that a need that is made or changed in this moment doesn't miss them, nor they the need.
  await tx.query('select from engagements where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    engagementId,
  ]);
  const needs = await tx.query<{ id: string; quantity: number }>(
    'select id, quantity from needs where org_id = $1 and engagement_id = $2 and every_service order by id for update',
    [tx.scope.orgId, engagementId],
  );
  await writeSeats(
    tx,
    engagementId,
    needs.flatMap(({ id: needId, quantity }) =>
      itemIds.flatMap((scheduleItemId) =>
        Array.from({ length: quantity }, (_, index) => ({ needId, scheduleItemId, number: index + 1 })),
      ),
    ),
  );
}

/** Takes the open seats of what is no service any more. */
export async function removeServiceSeats(tx: Tx, itemId: string): Promise<void> {
  await tx.query('delete from seats where org_id = $1 and schedule_item_id = $2 and resource_id is null', [
    tx.scope.orgId,
    itemId,
  ]);
}
