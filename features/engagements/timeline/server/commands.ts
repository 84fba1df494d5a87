import type * as z from 'zod';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import {
  addServiceSeats,
  emptyService,
  moveCommitments,
  removeServiceSeats,
  requireSeatedFree,
  seatedAt,
} from '#features/calls/needs/server/service-seats.ts';
import type { scheduleItem } from '../contract.ts';
import { movedWith, onDay, shifted } from '../day-rules.ts';
import { isService, itemName, kindLabel } from '../item-kinds.ts';
import { requireNotCalledTwice } from './called-twice.ts';
import { itemShape, lockItem, lockSchedule, type LockedItem } from './queries.ts';
import { describeServices, tellCancelled, tellChanged } from './tell-seated.ts';

type NewItem = z.output<typeof scheduleItem.create>;
type ItemPatch = z.output<typeof scheduleItem.patch>;

/** More than the longest tour day has; a list stays one look. */
const itemsAtMost = 500;

/** @returns the id. @throws AppError not_found, invalid_input, limit_reached */
export async function createItem(tx: Tx, engagementId: string, input: NewItem): Promise<string> {
  await requireRoom(tx, engagementId, 1);
  const zone = await zoneFor(tx, engagementId, input.placeId);
  const id = await insertRow(tx, itemShape, input, { engagement_id: engagementId, zone });
  if (isService(input.kind)) await addServiceSeats(tx, engagementId, [id]);
  return id;
}

/** Counts under a lock of the engagement, whose row also says that it is there. @throws AppError not_found, limit_reached */
export async function requireRoom(tx: Tx, engagementId: string, more: number): Promise<void> {
  const key = [tx.scope.orgId, engagementId];
  const [engagement] = await tx.query('select from engagements where org_id = $1 and id = $2 for no key update', key);
  if (!engagement) throw notFound('This engagement');
  const [held] = await tx.query<{ count: number }>(
    'select count(*)::int as count from schedule_items where org_id = $1 and engagement_id = $2',
    key,
  );
  if ((held?.count ?? 0) + more > itemsAtMost)
    throw new AppError('limit_reached', { message: `A schedule has at most ${itemsAtMost} items.` });
}

/** @throws AppError invalid_input where there is no such place */
async function zoneFor(tx: Tx, engagementId: string, placeId: string | null): Promise<string> {
  const [found] = await tx.query<{ zone: string | null }>(
    `select case when $3::uuid is null then e.zone
                 else (select p.zone from resources p where p.org_id = $1 and p.id = $3 and p.kind = 'place') end as zone
       from engagements e where e.org_id = $1 and e.id = $2`,
    [tx.scope.orgId, engagementId, placeId],
  );
  if (!found?.zone) throw invalid('placeId', 'There is no place with this id.');
  return found.zone;
}

/**
 * Changes the given fields. Another time takes everybody seated there along, and the calls for it.
 * @throws AppError conflict (who is committed elsewhere), called_twice, in_use, version_conflict, not_found
 */
export async function changeItem(tx: Tx, id: string, { version, ...changes }: ItemPatch): Promise<void> {
  const item = await lockItem(tx, id);
  const next = {
    id,
    kind: changes.kind ?? item.kind,
    placeId: changes.placeId === undefined ? item.placeId : changes.placeId,
    startsAt: changes.startsAt ?? item.startsAt,
    endsAt: changes.endsAt ?? item.endsAt,
  };
  if (next.startsAt >= next.endsAt) throw invalid('endsAt', 'The end must be after the start.');
  const was = await describeServices(tx, [id]);
  const moves = next.startsAt !== item.startsAt || next.endsAt !== item.endsAt;
  if (moves) await requireNotCalledTwice(tx, [next]);
  const seated = moves ? await requireSeatedFree(tx, [next]) : await seatedAt(tx, [id]);
  const serves = isService(next.kind);
  if (item.service && !serves) requireEmpty(seated.length, next.kind);
  await patchRow(tx, itemShape, id, version, changes);
  if (next.placeId !== item.placeId) await setZone(tx, id, await zoneFor(tx, item.engagementId, next.placeId));
  if (moves) await moveCommitments(tx, next);
  if (!item.service && serves) await addServiceSeats(tx, item.engagementId, [id]);
  if (item.service && !serves) await removeServiceSeats(tx, id);
  await tellChanged(tx, item.engagementId, was, seated);
}

/** What isn't a service has no seats. */
function requireEmpty(seated: number, kind: string): void {
  if (seated === 0) return;
  const people = seated === 1 ? '1 person is seated there' : `${seated} people are seated there`;
  const message = `${people}. Take them off first: “${kindLabel(kind)}” has no seats.`;
  throw new AppError('in_use', { message, fields: [{ field: 'kind', message }] });
}

async function setZone(tx: Tx, id: string, zone: string): Promise<void> {
  await tx.query('update schedule_items set zone = $3 where org_id = $1 and id = $2', [tx.scope.orgId, id, zone]);
}

/** Takes it off the schedule; whoever is seated there is free again. @throws AppError not_found */
export async function removeItem(tx: Tx, id: string): Promise<void> {
  const item = await lockItem(tx, id);
  const was = await describeServices(tx, [id]);
  const seated = await emptyService(tx, id, `${itemName(item)} was cancelled.`);
  await tellCancelled(tx, item.engagementId, was, seated);
  await tx.query('delete from schedule_items where org_id = $1 and id = $2', [tx.scope.orgId, id]);
}

/**
 * Moves an item and everything that comes after it.
 * @returns the ids of what moved
 * @throws AppError conflict, called_twice, not_found
 */
export async function shiftItems(
  tx: Tx,
  id: string,
  { minutes, until }: { minutes: number; until: 'day' | 'end' },
): Promise<string[]> {
  const schedule = await lockSchedule(tx, id);
  const first = schedule.find((item) => item.id === id);
  if (!first) throw notFound('This item');
  const before = movedWith(schedule, first, until);
  const after = before.map((item) => shifted(item, minutes));
  const ids = after.map((item) => item.id);
  const was = await describeServices(tx, ids);
  await requireNotCalledTwice(tx, after);
  const seated = await requireSeatedFree(tx, after);
  // Those that go ahead first: nobody may stand in their own way for a moment.
  const order = after.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1) * (minutes > 0 ? -1 : 1));
  await Promise.all(order.flatMap((item) => [setTimes(tx, item), moveCommitments(tx, item)]));
  await tellChanged(tx, first.engagementId, was, seated);
  return ids;
}

async function setTimes(tx: Tx, { id, startsAt, endsAt }: LockedItem): Promise<void> {
  await tx.query(
    `update schedule_items set starts_at = $3, ends_at = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id, startsAt, endsAt],
  );
}

/** The same on other days. @returns the ids. @throws AppError not_found, limit_reached */
export async function copyItem(tx: Tx, id: string, days: readonly string[]): Promise<string[]> {
  const item = await lockItem(tx, id);
  await requireRoom(tx, item.engagementId, days.length);
  const copies = days.map((day) => ({ ...item, ...onDay(item, day), id: uuidv7() }));
  await Promise.all(
    copies.map((copy) => insertRow(tx, itemShape, copy, { engagement_id: item.engagementId, zone: item.zone })),
  );
  const ids = copies.map((copy) => copy.id);
  if (item.service) await addServiceSeats(tx, item.engagementId, ids);
  return ids;
}
