import type { Tx } from '#platform/db/tenant.ts';
import { toWallClock, fromWallClock } from '#platform/time/wall-clock.ts';
import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import type { TravelConflict } from '../travel-contract.ts';
import { findConflicts, nightsOf, type Journey, type PersonTravel, type Wanted } from '../rules.ts';
import type { Sight, TravelRows } from './queries.ts';

export interface Travelling {
  personId: string;
  name: string;
  onRoster: boolean;
}

/** Who is booked for an engagement or stands on its roster, and who travels or sleeps without; by name. */
export function listPeople(tx: Tx, engagementId: string, sight: Sight): Promise<Travelling[]> {
  return tx.query<Travelling>(
    `with booked as (
       select c.resource_id as id from claims c
        where c.org_id = $1 and c.engagement_id = $2 and c.status = 'commit'
       union select e.resource_id from engagement_people e
        where e.org_id = $1 and e.engagement_id = $2 and e.resource_id is not null
          and not exists (select from engagement_people other where other.org_id = $1 and other.stands_in_for = e.id))
     select p.id as "personId", p.name, p.id in (select id from booked) as "onRoster" from resources p
      where p.org_id = $1 and p.kind = 'person' and p.id in (
         select id from booked
         union select t.person_id from travellers t where t.org_id = $1 and t.engagement_id = $2
         union select s.person_id from room_sleepers s where s.org_id = $1 and s.engagement_id = $2
         union select d.person_id from per_diems d where d.org_id = $1 and d.engagement_id = $2 and $5)
        and ($3 or p.user_id = $4::uuid)
      order by p.name, p.id`,
    [tx.scope.orgId, engagementId, sight.all, sight.account, sight.money === 'all'],
  );
}

/** What can’t go as planned, for these people. */
export async function conflictsOf(
  tx: Tx,
  engagementId: string,
  people: readonly Travelling[],
  { legs, hotels }: TravelRows,
  sight: Sight,
  titles: boolean,
): Promise<TravelConflict[]> {
  const ids = people.map(({ personId }) => personId);
  const span = {
    from: legs.map(({ departsAt }) => departsAt).toSorted()[0],
    to: legs
      .map(({ arrivesAt }) => arrivesAt)
      .toSorted()
      .at(-1),
  };
  const known = { engagementId, ids, from: span.from ?? null, to: span.to ?? null };
  const [items, commitments, otherLegs, otherBeds] = await Promise.all([
    listItems(tx, known, sight),
    listCommitments(tx, known, titles),
    listOtherLegs(tx, known),
    listOtherBeds(tx, known),
  ]);
  const wanted = Map.groupBy([...items, ...commitments], ({ personId }) => personId);
  const others = Map.groupBy(otherLegs, ({ personId }) => personId);
  const beds = Map.groupBy(otherBeds, ({ personId }) => personId);
  const rooms = hotels.flatMap((hotel) => hotel.rooms.map((room) => ({ ...room, hotel, hotelName: hotel.name })));
  const travels = people.map((person): PersonTravel => {
    const slept = rooms.filter(({ sleepers }) => sleepers.some(({ personId }) => personId === person.personId));
    return {
      ...person,
      legs: legs.filter(({ travellers }) => travellers.some(({ personId }) => personId === person.personId)),
      otherLegs: others.get(person.personId) ?? [],
      wanted: wanted.get(person.personId) ?? [],
      nights: new Set([...slept.map(({ hotel }) => hotel), ...(beds.get(person.personId) ?? [])].flatMap(nightsOf)),
    };
  });
  return findConflicts(travels, rooms);
}

interface Known {
  engagementId: string;
  ids: readonly string[];
  /** Of all legs; null where there are none. */
  from: string | null;
  to: string | null;
}

type OfPerson<T> = T & { personId: string };

/**
 * The items of the schedule at which somebody has to be: those of their seats; without a seat those for everybody, for
 * their group or for them. Travel itself is on the schedule too, and in nobody's way.
 */
async function listItems(tx: Tx, { engagementId, ids }: Known, { all, account }: Sight): Promise<OfPerson<Wanted>[]> {
  const rows = await tx.query<
    OfPerson<{ kind: string; title: string; startsAt: string; endsAt: string; zone: string }>
  >(
    `select p.id as "personId", i.kind, i.title, iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt", i.zone
       from schedule_items i cross join unnest($3::uuid[]) as p(id)
       left join engagement_people e on e.org_id = $1 and e.engagement_id = $2 and e.resource_id = p.id
      where i.org_id = $1 and i.engagement_id = $2 and i.kind <> 'travel' and ($4 or sees_item(i, $5::uuid, null))
        and case when exists (select from seats s where s.org_id = $1 and s.engagement_id = $2 and s.resource_id = p.id)
              then exists (select from seats s where s.org_id = $1 and s.schedule_item_id = i.id and s.resource_id = p.id)
              else (i.for_all or e.group_key = any(i.for_groups) or e.id = any(i.person_ids))
               and (e.id is not null or exists (select from claims c where c.org_id = $1 and c.engagement_id = $2
                     and c.resource_id = p.id and c.status = 'commit'))
            end
      order by i.starts_at, i.id`,
    [tx.scope.orgId, engagementId, ids, all, account],
  );
  return rows.map(({ kind, title, ...rest }) => ({ ...rest, what: itemName({ kind, title }), elsewhere: false }));
}

interface Committed {
  personId: string;
  title: string | null;
  startsAt: string;
  endsAt: string;
  zone: string;
  together: boolean;
}

/**
 * What these people are committed to beside this engagement. A whole day of the calendar begins in the morning: whoever
 * comes home from another show at two in the night is there in time. One of the same series is where the travel goes,
 * and only in the way where it says a time.
 */
async function listCommitments(
  tx: Tx,
  { engagementId, ids, from, to }: Known,
  titles: boolean,
): Promise<OfPerson<Wanted>[]> {
  if (!from || !to) return [];
  const rows = await tx.query<Committed>(
    `select c.resource_id as "personId", e.title, iso(c.starts_at) as "startsAt", iso(c.ends_at) as "endsAt", c.zone,
            coalesce(e.series_id = this.series_id, false) as together
       from claims c join engagements this on this.org_id = $1 and this.id = $2
       left join engagements e on e.org_id = $1 and e.id = c.engagement_id
      where c.org_id = $1 and c.resource_id = any($3::uuid[]) and c.status = 'commit'
        and c.engagement_id is distinct from $2 and c.starts_at < $5::timestamptz + interval '2 hours'
        and c.ends_at > $4 and c.starts_at > $4::timestamptz - interval '371 days'
      order by c.starts_at, c.id`,
    [tx.scope.orgId, engagementId, ids, from, to],
  );
  return rows.flatMap(({ title, together, startsAt, ...rest }) => {
    const { date, time } = toWallClock(startsAt, rest.zone);
    const wholeDay = time === '00:00';
    if (wholeDay && together) return [];
    const begins = wholeDay ? (fromWallClock({ date, time: '04:00' }, rest.zone) ?? startsAt) : startsAt;
    const what = (titles && title) || 'something else';
    return [{ ...rest, startsAt: begins, what, elsewhere: !together }];
  });
}

function listOtherLegs(tx: Tx, { engagementId, ids, from, to }: Known): Promise<OfPerson<Journey>[]> {
  return tx.query<OfPerson<Journey>>(
    `select t.person_id as "personId", l.id, l.mode, l.carrier, l.number, l.from_zone as "fromZone", l.to_zone as "toZone",
            iso(l.departs_at) as "departsAt", iso(l.arrives_at) as "arrivesAt"
       from travellers t join travel_legs l on l.org_id = $1 and l.id = t.leg_id
      where t.org_id = $1 and t.person_id = any($3::uuid[]) and t.engagement_id <> $2
        and l.departs_at < $5 and l.arrives_at > $4
      order by l.departs_at, l.id`,
    [tx.scope.orgId, engagementId, ids, from, to],
  );
}

/** On a tour tonight's bed may stand with tomorrow's show. */
function listOtherBeds(
  tx: Tx,
  { engagementId, ids, from, to }: Known,
): Promise<OfPerson<{ checkInOn: string; checkOutOn: string }>[]> {
  return tx.query<OfPerson<{ checkInOn: string; checkOutOn: string }>>(
    `select s.person_id as "personId", h.check_in_on::text as "checkInOn", h.check_out_on::text as "checkOutOn"
       from room_sleepers s join hotel_stays h on h.org_id = $1 and h.id = s.hotel_id
      where s.org_id = $1 and s.person_id = any($3::uuid[]) and s.engagement_id <> $2
        and h.check_in_on <= $5::timestamptz and h.check_out_on >= $4::timestamptz - interval '1 day'`,
    [tx.scope.orgId, engagementId, ids, from, to],
  );
}
