import { legName, modeLabel, roomName, type RoomKind, type TravelMode } from '#features/engagements/travel/kinds.ts';
import type { PdfBlock, TimelineRow } from '#platform/pdf/document.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { zoneCity } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { showDay } from '../show-day-rules.ts';
import { tableOf } from './sheet-blocks.ts';
import type { SheetClock } from './sheet-clock.ts';
import type { SheetReader, SheetSource } from './sheet-source.ts';

/** Somebody on a leg. */
export interface SheetTrip {
  engagementId: string;
  legId: string;
  personId: string;
  name: string;
  seat: string;
  mode: TravelMode;
  carrier: string;
  number: string;
  fromName: string;
  fromZone: string;
  toName: string;
  toZone: string;
  departsAt: string;
  arrivesAt: string;
}

/** Somebody's room. */
export interface SheetBed {
  engagementId: string;
  hotelId: string;
  personId: string;
  name: string;
  hotel: string;
  address: string;
  phone: string;
  checkInOn: string;
  checkOutOn: string;
  kind: RoomKind;
  label: string;
}

/** Everybody's for who may see all travel, else one's own. Without confirmation numbers: sheets are left lying about. */
export function listTrips(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<SheetTrip[]> {
  return tx.query<SheetTrip>(
    `select t.engagement_id as "engagementId", l.id as "legId", p.id as "personId", p.name, t.seat, l.mode, l.carrier,
            l.number, l.from_name as "fromName", l.from_zone as "fromZone", l.to_name as "toName", l.to_zone as "toZone",
            iso(l.departs_at) as "departsAt", iso(l.arrives_at) as "arrivesAt"
       from travellers t join travel_legs l on l.org_id = $1 and l.id = t.leg_id
       join resources p on p.org_id = $1 and p.id = t.person_id
      where t.org_id = $1 and t.engagement_id = any($2::uuid[]) and ($3 or p.user_id = $4::uuid or p.id = $5::uuid)
      order by l.departs_at, l.id, p.name, p.id`,
    readersValues(tx, ids, reader),
  );
}

export function listBeds(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<SheetBed[]> {
  return tx.query<SheetBed>(
    `select s.engagement_id as "engagementId", h.id as "hotelId", p.id as "personId", p.name, h.name as hotel, h.address,
            h.phone, h.check_in_on::text as "checkInOn", h.check_out_on::text as "checkOutOn", r.kind, r.label
       from room_sleepers s join hotel_stays h on h.org_id = $1 and h.id = s.hotel_id
       join hotel_rooms r on r.org_id = $1 and r.id = s.room_id
       join resources p on p.org_id = $1 and p.id = s.person_id
      where s.org_id = $1 and s.engagement_id = any($2::uuid[]) and ($3 or p.user_id = $4::uuid or p.id = $5::uuid)
      order by h.check_in_on, h.name, h.id, p.name, p.id`,
    readersValues(tx, ids, reader),
  );
}

function readersValues(tx: Tx, ids: readonly string[], { can, own }: SheetReader): unknown[] {
  const account = own && 'account' in own ? own.account : null;
  const person = own && 'person' in own ? own.person : null;
  return [tx.scope.orgId, ids, can('travel.read'), account, person];
}

/** How people travel on a day and where they sleep that night; nothing where nobody does. */
export function travelBlocks(source: SheetSource, day: string, clock: SheetClock, personId?: string): PdfBlock[] {
  const mine = <T extends { personId: string }>(all: readonly T[]) =>
    personId === undefined ? all : all.filter((one) => one.personId === personId);
  const trips = mine(source.trips).filter(({ departsAt, fromZone }) => showDay(departsAt, fromZone) === day);
  const beds = mine(source.beds).filter(({ checkInOn, checkOutOn }) => checkInOn <= day && day < checkOutOn);
  const legs = [...Map.groupBy(trips, ({ legId }) => legId).values()];
  const hotels = [...Map.groupBy(beds, ({ hotelId }) => hotelId).values()];
  const rows = legs.flatMap((on) => (on[0] ? [rowOf(on[0], on, source.engagement.zone, clock, personId)] : []));
  return [
    ...(rows.length > 0 ? [{ kind: 'timeline' as const, heading: 'Travel', rows, empty: '' }] : []),
    ...(hotels.length > 0
      ? [
          tableOf('Hotel', '', hotels, [
            { head: 'Hotel', share: 34, of: ([one]) => one?.hotel ?? '' },
            { head: 'Address', share: 36, of: ([one]) => one?.address ?? '' },
            { head: 'Phone', share: 20, of: ([one]) => one?.phone ?? '' },
            { head: personId ? 'Room' : 'Guests', share: 18, of: (all) => roomWords(all, personId) },
          ]),
        ]
      : []),
  ];
}

function roomWords(beds: readonly SheetBed[], personId?: string): string {
  const [own] = beds;
  return personId && own ? roomName(own) : String(beds.length);
}

function rowOf(
  leg: SheetTrip,
  on: readonly SheetTrip[],
  usualZone: string,
  clock: SheetClock,
  personId: string | undefined,
): TimelineRow {
  const { fromZone, toZone, departsAt, arrivesAt, mode } = leg;
  const [from, to] = [toWallClock(departsAt, fromZone).date, toWallClock(arrivesAt, toZone).date];
  const name = legName(leg);
  const strange = fromZone !== usualZone || toZone !== usualZone;
  const zones = fromZone === toZone ? zoneCity(fromZone) : `${zoneCity(fromZone)}, then ${zoneCity(toZone)}`;
  const people = personId
    ? leg.seat && `Seat ${leg.seat}`
    : on.map(({ name: who, seat }) => (seat ? `${who} (${seat})` : who)).join(', ');
  return {
    from: clock.time(departsAt, fromZone),
    until: clock.time(arrivesAt, toZone),
    mark: to === from ? '' : clock.day(to),
    what: `${leg.fromName} – ${leg.toName}`,
    where: name === modeLabel(mode) ? name : `${modeLabel(mode)} ${name}`,
    details: [strange ? `Times by the clocks there: ${zones}` : '', people].filter((text) => text !== ''),
  };
}
