import { requireEngagement } from '#features/engagements/guests/server/allotments.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { travel } from '../contract.ts';
import { requirePeople } from './legs.ts';
import { hotelShape, roomShape } from './queries.ts';

type Routes = (typeof travel)['routes'];

/** @returns the id. @throws AppError not_found */
export async function addHotel(
  tx: Tx,
  engagementId: string,
  input: RouteInput<Routes['addHotel']>['body'],
): Promise<string> {
  await requireEngagement(tx, engagementId);
  return insertRow(tx, hotelShape, input, { engagement_id: engagementId });
}

export function changeHotel(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['changeHotel']>['body'],
): Promise<void> {
  return patchRow(tx, hotelShape, id, version, changes);
}

export async function removeHotel(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from hotel_stays where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw notFound('This hotel');
}

export async function addRooms(
  tx: Tx,
  hotelId: string,
  { kind, label, count }: RouteInput<Routes['addRooms']>['body'],
): Promise<void> {
  const { orgId } = tx.scope;
  const [hotel] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from hotel_stays where org_id = $1 and id = $2 for key share',
    [orgId, hotelId],
  );
  if (!hotel) throw notFound('This hotel');
  await tx.query(
    `insert into hotel_rooms (org_id, id, engagement_id, hotel_id, kind, label)
     select $1, w.id, $2, $3, $4, $5 from unnest($6::uuid[]) as w(id)`,
    [orgId, hotel.engagementId, hotelId, kind, label, Array.from({ length: count }, () => uuidv7())],
  );
}

/** @returns the id of its hotel. @throws AppError not_found */
export async function changeRoom(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['changeRoom']>['body'],
): Promise<string> {
  await patchRow(tx, roomShape, id, version, changes);
  return (await lockHotelOf(tx, id)).hotelId;
}

export async function removeRoom(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from hotel_rooms where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw notFound('This room');
}

/** Puts people into a room; each has one in a hotel. @returns the id of the hotel */
export async function setSleepers(tx: Tx, roomId: string, personIds: readonly string[]): Promise<string> {
  const { hotelId, engagementId } = await lockHotelOf(tx, roomId);
  await requirePeople(tx, personIds, 'personIds');
  await tx.query(
    `insert into room_sleepers (org_id, id, engagement_id, hotel_id, room_id, person_id)
     select $1, w.id, $2, $3, $4, w."personId"
       from json_to_recordset($5::json) as w(id uuid, "personId" uuid)
     on conflict on constraint room_sleepers_once
       do update set room_id = excluded.room_id, updated_at = now() where room_sleepers.room_id <> excluded.room_id`,
    [
      tx.scope.orgId,
      engagementId,
      hotelId,
      roomId,
      JSON.stringify([...new Set(personIds)].map((personId) => ({ id: uuidv7(), personId }))),
    ],
  );
  return hotelId;
}

export async function removeSleeper(tx: Tx, roomId: string, personId: string): Promise<void> {
  const gone = await tx.query(
    'delete from room_sleepers where org_id = $1 and room_id = $2 and person_id = $3 returning id',
    [tx.scope.orgId, roomId, personId],
  );
  if (gone.length === 0) throw notFound('This person');
}

/** Whoever sorts the rooms of a hotel at the same time waits: nobody is left over between two. */
async function lockHotelOf(tx: Tx, roomId: string): Promise<{ hotelId: string; engagementId: string }> {
  const [found] = await tx.query<{ hotelId: string; engagementId: string }>(
    `select id as "hotelId", engagement_id as "engagementId" from hotel_stays
      where org_id = $1 and id = (select hotel_id from hotel_rooms where org_id = $1 and id = $2) for no key update`,
    [tx.scope.orgId, roomId],
  );
  if (!found) throw notFound('This room');
  return found;
}
