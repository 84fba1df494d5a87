import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { needs, Seat } from '../contract.ts';
import { lackingSkills } from '../lacking-rules.ts';
import { seatJson } from './queries.ts';
import { leaveSeats, takeSeats } from './seats.ts';

type Routes = (typeof needs)['routes'];

interface Place {
  engagementId: string;
  skill: string;
  doubles: string[];
}

/** @throws AppError not_found */
async function getPlace(tx: Tx, needId: string): Promise<Place> {
  const [need] = await tx.query<Place>(
    'select engagement_id as "engagementId", skill, doubles from needs where org_id = $1 and id = $2 and dropped_at is null',
    [tx.scope.orgId, needId],
  );
  if (!need) throw notFound('This need');
  return need;
}

/** Seats somebody. @throws AppError seat_taken, conflict, invalid_input, not_found */
export async function seatByHand(
  tx: Tx,
  needId: string,
  { resourceId, scheduleItemIds, number }: RouteInput<Routes['take']>['body'],
): Promise<{ scheduleItemIds: string[]; lacking: string[] }> {
  const need = await getPlace(tx, needId);
  const [person] = await tx.query<{ kind: string; skills: string[] }>(
    `select kind, array(select s.skill from resource_skills s where s.org_id = r.org_id and s.resource_id = r.id) as skills
       from resources r where org_id = $1 and id = $2`,
    [tx.scope.orgId, resourceId],
  );
  if (person?.kind !== 'person') throw invalid('resourceId', 'There is no person with this id.');
  const services = scheduleItemIds ?? (await servicesToFill(tx, needId, resourceId));
  await takeSeats(tx, {
    engagementId: need.engagementId,
    needId,
    resourceId,
    source: 'hand',
    scheduleItemIds: services,
    number,
  });
  return { scheduleItemIds: services, lacking: lackingSkills(need, person.skills) };
}

/** Where the need has an open seat, and the person none yet. @throws AppError seat_taken */
async function servicesToFill(tx: Tx, needId: string, resourceId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct s.schedule_item_id as id from seats s
      where s.org_id = $1 and s.need_id = $2 and s.resource_id is null and not exists (
        select from seats o where o.org_id = $1 and o.schedule_item_id = s.schedule_item_id and o.resource_id = $3)`,
    [tx.scope.orgId, needId, resourceId],
  );
  if (rows.length === 0) throw new AppError('seat_taken', { message: 'No seat of this need is open for them.' });
  return rows.map(({ id }) => id);
}

/** Takes somebody off. @throws AppError not_found when they have no such seat */
export async function takeOff(
  tx: Tx,
  needId: string,
  { resourceId, scheduleItemIds, reason }: RouteInput<Routes['leave']>['body'],
): Promise<{ scheduleItemIds: string[] }> {
  await getPlace(tx, needId);
  const left = await leaveSeats(tx, { needId, resourceId, scheduleItemIds, reason });
  if (left.length === 0) throw notFound('Their seat');
  return { scheduleItemIds: left };
}

interface HeldSeat {
  id: string;
  scheduleItemId: string;
  resourceId: string | null;
  source: string | null;
  claimId: string | null;
}

/**
 * Moves who sits on one seat to another of the same service, with their commitment; who sits there comes back in exchange.
 * @throws AppError not_found, invalid_input
 */
export async function moveSeat(tx: Tx, fromId: string, toId: string): Promise<Seat[]> {
  const held = await tx.query<HeldSeat>(
    `select id, schedule_item_id as "scheduleItemId", resource_id as "resourceId", source, claim_id as "claimId"
       from seats where org_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.scope.orgId, [fromId, toId]],
  );
  const from = held.find(({ id }) => id === fromId);
  const to = held.find(({ id }) => id === toId);
  if (!from) throw notFound('This seat');
  if (!to || to.id === from.id || to.scheduleItemId !== from.scheduleItemId)
    throw invalid('seatId', 'Choose another seat at the same service.');
  if (from.resourceId === null) throw invalid('seatId', 'Nobody sits here who could move.');
  // Both empty first: nobody may have two seats at a service, not for an instant.
  await tx.query(
    `update seats set resource_id = null, source = null, claim_id = null, updated_at = now()
      where org_id = $1 and id = any($2::uuid[])`,
    [tx.scope.orgId, [fromId, toId]],
  );
  await tx.query(
    `update seats s set resource_id = w."resourceId", source = w.source, claim_id = w."claimId", updated_at = now()
       from json_to_recordset($2::json) as w(id uuid, "resourceId" uuid, source text, "claimId" uuid)
      where s.org_id = $1 and s.id = w.id`,
    [
      tx.scope.orgId,
      JSON.stringify([
        { ...from, id: toId },
        { ...to, id: fromId },
      ]),
    ],
  );
  const rows = await tx.query<{ seat: Seat }>(
    `select ${seatJson} as seat from seats s where s.org_id = $1 and s.id = any($2::uuid[]) order by s.number`,
    [tx.scope.orgId, [fromId, toId]],
  );
  return rows.map(({ seat }) => seat);
}
