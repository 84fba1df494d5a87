import type { RouteInput } from '#platform/contract/contract.ts';
import { invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { needs } from '../contract.ts';
import { sortAmong } from '../demand-rules.ts';
import { changeSeats } from '../need-plan-rules.ts';
import { applySeatChange, removeSeats } from './change-seats.ts';
import { dropNeeds } from './drop-needs.ts';
import { lockNeeds, needShape, serviceIds } from './queries.ts';

type Routes = (typeof needs)['routes'];
type NewNeed = RouteInput<Routes['create']>['body'];
type NeedPatch = RouteInput<Routes['change']>['body'];

/** @returns the id. @throws AppError duplicate, invalid_input, not_found */
export async function createNeed(
  tx: Tx,
  engagementId: string,
  { scheduleItemIds, ...input }: NewNeed,
): Promise<string> {
  const others = await lockNeeds(tx, engagementId);
  const services = await chosenServices(tx, engagementId, scheduleItemIds);
  const id = await insertRow(
    tx,
    needShape,
    // Behind what formulas made of the same instrument.
    { ...input, sort: input.sort || sortAmong(input.skill, 50 + others.length) },
    { engagement_id: engagementId, source: 'hand', every_service: scheduleItemIds === null },
  );
  await applySeatChange(tx, engagementId, id, changeSeats([], countsOf(services, input.quantity)), unasked);
  return id;
}

/** Nothing is taken away. */
const unasked = { release: false, reason: '' };

async function chosenServices(tx: Tx, engagementId: string, wanted: readonly string[] | null): Promise<string[]> {
  const all = await serviceIds(tx, engagementId);
  if (wanted === null) return all;
  if (!wanted.every((id) => all.includes(id)))
    throw invalid('scheduleItemIds', 'One of these is no service of this engagement.');
  return [...new Set(wanted)];
}

function countsOf(services: readonly string[], quantity: number): Map<string, number> {
  return new Map(services.map((service) => [service, quantity]));
}

/** The engagement of a need. @throws AppError not_found */
export async function engagementOf(tx: Tx, needId: string): Promise<string> {
  const [row] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from needs where org_id = $1 and id = $2 and dropped_at is null',
    [tx.scope.orgId, needId],
  );
  if (!row) throw notFound('This need');
  return row.engagementId;
}

/**
 * Changes the given fields. Its seats change with the quantity and the services, at all of its services alike.
 * @throws AppError in_use, version_conflict, duplicate, invalid_input, not_found
 */
export async function changeNeed(
  tx: Tx,
  id: string,
  { version, release, scheduleItemIds, ...changes }: NeedPatch,
): Promise<void> {
  const engagementId = await engagementOf(tx, id);
  const need = (await lockNeeds(tx, engagementId)).find((each) => each.id === id);
  if (!need) throw notFound('This need');
  await patchRow(tx, needShape, id, version, changes);
  if (scheduleItemIds !== undefined) {
    await tx.query('update needs set every_service = $3 where org_id = $1 and id = $2', [
      tx.scope.orgId,
      id,
      scheduleItemIds === null,
    ]);
  }
  if (changes.quantity === undefined && scheduleItemIds === undefined) return;
  const [row] = await tx.query<{ quantity: number }>('select quantity from needs where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
  ]);
  const services =
    scheduleItemIds === undefined
      ? [...new Set(need.seats.map((seat) => seat.scheduleItemId))]
      : await chosenServices(tx, engagementId, scheduleItemIds);
  const change = changeSeats(need.seats, countsOf(services, row?.quantity ?? 0));
  await applySeatChange(tx, engagementId, id, change, { release, reason: `${need.title} is needed less.` });
}

/** @throws AppError in_use, not_found */
export async function removeNeed(tx: Tx, id: string, release: boolean): Promise<void> {
  const engagementId = await engagementOf(tx, id);
  const need = (await lockNeeds(tx, engagementId)).find((each) => each.id === id);
  if (!need) throw notFound('This need');
  await removeSeats(tx, need.seats, { release, reason: `${need.title} is not needed any more.` });
  await dropNeeds(tx, [id]);
}
