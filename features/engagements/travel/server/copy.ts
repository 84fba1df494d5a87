import { requireEngagement } from '#features/engagements/guests/server/allotments.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { travel } from '../contract.ts';

type Wanted = RouteInput<(typeof travel)['routes']['copy']>['body'];

/**
 * The legs, hotels and rooms of another engagement, so many days later: each leg departs at the same time by the clock of
 * where it departs, and takes as long. What somebody confirmed was the other booking.
 * @throws AppError not_found, invalid_input
 */
export async function copyTravel(
  tx: Tx,
  engagementId: string,
  { from, days, people }: Wanted,
): Promise<{ legs: number; hotels: number }> {
  await requireEngagement(tx, engagementId);
  if (from === engagementId) throw invalid('from', 'Choose another engagement: this one has its own travel already.');
  await requireInTime(tx, from, days);
  const [legs, hotels, rooms] = await Promise.all([
    copiesOf(tx, 'travel_legs', from),
    copiesOf(tx, 'hotel_stays', from),
    copiesOf(tx, 'hotel_rooms', from),
  ]);
  const key = [tx.scope.orgId, engagementId];
  await tx.query(
    `insert into travel_legs (org_id, id, engagement_id, mode, carrier, number, from_name, from_zone, to_name, to_zone,
                              departs_at, arrives_at, notes)
     select $1, w.copy, $2, l.mode, l.carrier, l.number, l.from_name, l.from_zone, l.to_name, l.to_zone,
            later.departs_at, later.departs_at + (l.arrives_at - l.departs_at), l.notes
       from ${copies('$3')} join travel_legs l on l.org_id = $1 and l.id = w.id
      cross join lateral (select wall_instant((l.departs_at at time zone l.from_zone) + make_interval(days => $4::int),
                                              l.from_zone) as departs_at) later`,
    [...key, legs.json, days],
  );
  await tx.query(
    `insert into hotel_stays (org_id, id, engagement_id, name, address, phone, check_in_on, check_out_on, notes)
     select $1, w.copy, $2, h.name, h.address, h.phone, h.check_in_on + $4::int, h.check_out_on + $4::int, h.notes
       from ${copies('$3')} join hotel_stays h on h.org_id = $1 and h.id = w.id`,
    [...key, hotels.json, days],
  );
  await tx.query(
    `insert into hotel_rooms (org_id, id, engagement_id, hotel_id, kind)
     select $1, w.copy, $2, h.copy, r.kind from ${copies('$3')} join hotel_rooms r on r.org_id = $1 and r.id = w.id
       join json_to_recordset($4::json) as h(id uuid, copy uuid) on h.id = r.hotel_id`,
    [...key, rooms.json, hotels.json],
  );
  if (people) await copyPeople(tx, engagementId, { legs, hotels, rooms });
  return { legs: legs.count, hotels: hotels.count };
}

/** The same people on the copies of their legs and in the copies of their rooms. */
async function copyPeople(
  tx: Tx,
  engagementId: string,
  { legs, hotels, rooms }: Record<'legs' | 'hotels' | 'rooms', Copies>,
): Promise<void> {
  const key = [tx.scope.orgId, engagementId];
  // Seats were those of the other train.
  await tx.query(
    `insert into travellers (org_id, id, engagement_id, leg_id, person_id)
     select $1, gen_random_uuid(), $2, w.copy, t.person_id
       from ${copies('$3')} join travellers t on t.org_id = $1 and t.leg_id = w.id`,
    [...key, legs.json],
  );
  await tx.query(
    `insert into room_sleepers (org_id, id, engagement_id, hotel_id, room_id, person_id)
     select $1, gen_random_uuid(), $2, h.copy, w.copy, s.person_id
       from ${copies('$3')} join room_sleepers s on s.org_id = $1 and s.room_id = w.id
       join json_to_recordset($4::json) as h(id uuid, copy uuid) on h.id = s.hotel_id`,
    [...key, rooms.json, hotels.json],
  );
}

interface Copies {
  count: number;
  /** Of each record its id and that of its copy. */
  json: string;
}

const copies = (mark: string) => `json_to_recordset(${mark}::json) as w(id uuid, copy uuid)`;

async function copiesOf(
  tx: Tx,
  table: 'travel_legs' | 'hotel_stays' | 'hotel_rooms',
  engagementId: string,
): Promise<Copies> {
  const rows = await tx.query<{ id: string }>(
    `select id from ${table} where org_id = $1 and engagement_id = $2 order by created_at, id`,
    [tx.scope.orgId, engagementId],
  );
  return { count: rows.length, json: JSON.stringify(rows.map(({ id }) => ({ id, copy: uuidv7() }))) };
}

/** @throws AppError invalid_input for an engagement that isn’t there, and for days that no calendar here has */
async function requireInTime(tx: Tx, from: string, days: number): Promise<void> {
  const [source] = await tx.query<{ fits: boolean }>(
    `select not exists (
              select from travel_legs l where l.org_id = $1 and l.engagement_id = e.id
                 and (l.departs_at + make_interval(days => $3::int) not between '1900-01-02' and '2199-12-30'))
        and not exists (
              select from hotel_stays h where h.org_id = $1 and h.engagement_id = e.id
                 and (h.check_in_on + $3::int not between '1900-01-02' and '2198-12-30')) as fits
       from engagements e where e.org_id = $1 and e.id = $2`,
    [tx.scope.orgId, from, days],
  );
  if (!source) throw invalid('from', 'There is no engagement with this id.');
  if (!source.fits) throw invalid('days', 'The copies would be before 1900 or after 2199. Choose fewer days.');
}
