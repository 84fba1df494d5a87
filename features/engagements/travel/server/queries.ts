import { notFound } from '#platform/contract/errors.ts';
import { rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { OrgContext } from '#platform/http/feature.ts';
import { hotelRoom, hotelStay, travelLeg, type HotelRoom } from '../travel-contract.ts';
import type { HotelStay, PerDiem, TravelLeg, TravelOf } from '../travel-contract.ts';

/** How much of travel somebody may see. */
export interface Sight {
  /** Everybody's; else what their own account is on. */
  all: boolean;
  account: string | null;
  confirmations: Reach;
  money: Reach;
}
type Reach = 'all' | 'own' | 'none';

export function sightOf({ caller, own }: Pick<OrgContext, 'caller' | 'own'>): Sight {
  const reach = (permission: string): Reach =>
    caller.can(permission) ? 'all' : caller.can(permission, 'own') ? 'own' : 'none';
  return {
    all: own === undefined,
    account: own ?? caller.userId ?? null,
    confirmations: reach('travel.confirmations'),
    money: reach('travel.money'),
  };
}

/** The same reader, of nothing but their own. */
export function ownSight(sight: Sight): Sight {
  const least = (reach: Reach): Reach => (reach === 'none' ? 'none' : 'own');
  return { ...sight, all: false, confirmations: least(sight.confirmations), money: least(sight.money) };
}

export interface TravelRows {
  legs: TravelLeg[];
  hotels: HotelStay[];
  perDiems: PerDiem[];
}

/** Whether a row of travellers, sleepers or per diems (alias) is of an account. */
const isOf = (alias: string, account: string) => `exists (select from resources p
  where p.org_id = ${alias}.org_id and p.id = ${alias}.person_id and p.user_id = ${account}::uuid)`;

const isOn = (account: string) =>
  `exists (select from travellers t where t.org_id = r.org_id and t.leg_id = r.id and ${isOf('t', account)})`;
const sleepsIn = (account: string, key: 'hotel_id' | 'room_id') =>
  `exists (select from room_sleepers s where s.org_id = r.org_id and s.${key} = r.id and ${isOf('s', account)})`;

/** To write by; what is read is made for its reader. */
export const legShape: RowShape = {
  entity: travelLeg,
  computed: {
    travellers: `coalesce((select json_agg(json_build_object('personId', t.person_id, 'name', p.name, 'seat', t.seat)
        order by p.name, p.id)
      from travellers t join resources p on p.org_id = t.org_id and p.id = t.person_id
     where t.org_id = r.org_id and t.leg_id = r.id), '[]'::json)`,
  },
};
export const roomShape: RowShape = {
  entity: hotelRoom,
  computed: {
    sleepers: `coalesce((select json_agg(json_build_object('personId', s.person_id, 'name', p.name) order by p.name, p.id)
      from room_sleepers s join resources p on p.org_id = s.org_id and p.id = s.person_id
     where s.org_id = r.org_id and s.room_id = r.id), '[]'::json)`,
  },
};
export const hotelShape: RowShape = { entity: hotelStay, computed: { rooms: `'[]'::json` } };

/** A confirmation number only for who may see it, or is on it. */
function shownTo(shape: RowShape, mine: string): string {
  const confirmation = `case when $3::boolean or ${mine} then r.confirmation else '' end`;
  return rowJson({ ...shape, computed: { ...shape.computed, confirmation } });
}

/** Which rows: by engagement, or a single one by its id. */
type Which = { engagements: readonly string[] } | { id: string };

function readLegs(tx: Tx, which: Which, sight: Sight): Promise<{ row: TravelLeg }[]> {
  return tx.query<{ row: TravelLeg }>(
    `select ${shownTo(legShape, isOn('$4'))} as row from travel_legs r
      where r.org_id = $1 and ${conditionOf(which)} ${sight.all ? '' : `and ${isOn('$5')}`}
      order by r.departs_at, r.arrives_at, r.id`,
    valuesOf(tx, which, sight),
  );
}

function readHotels(tx: Tx, which: Which, sight: Sight): Promise<{ row: HotelStay }[]> {
  return tx.query<{ row: HotelStay }>(
    `select ${shownTo(hotelShape, sleepsIn('$4', 'hotel_id'))} as row from hotel_stays r
      where r.org_id = $1 and ${conditionOf(which)} ${sight.all ? '' : `and ${sleepsIn('$5', 'hotel_id')}`}
      order by r.check_in_on, r.name, r.id`,
    valuesOf(tx, which, sight),
  );
}

const conditionOf = (which: Which) => ('id' in which ? 'r.id = $2' : 'r.engagement_id = any($2::uuid[])');

function valuesOf(tx: Tx, which: Which, { all, account, confirmations }: Sight): unknown[] {
  const what = 'id' in which ? which.id : which.engagements;
  const values = [tx.scope.orgId, what, confirmations === 'all', confirmations === 'none' ? null : account];
  return all ? values : [...values, account];
}

function readRooms(tx: Tx, which: Which, { all, account }: Sight): Promise<{ row: HotelRoom }[]> {
  const condition = 'id' in which ? 'r.hotel_id = $2' : 'r.engagement_id = any($2::uuid[])';
  const what = 'id' in which ? which.id : which.engagements;
  return tx.query<{ row: HotelRoom }>(
    `select ${rowJson(roomShape)} as row from hotel_rooms r
      where r.org_id = $1 and ${condition} ${all ? '' : `and ${sleepsIn('$3', 'room_id')}`}
      order by r.created_at, r.kind, r.label, r.id`,
    all ? [tx.scope.orgId, what] : [tx.scope.orgId, what, account],
  );
}

function readPerDiems(tx: Tx, engagements: readonly string[], sight: Sight): Promise<PerDiem[]> {
  const all = sight.all && sight.money === 'all';
  return tx.query<PerDiem>(
    `select d.id, d.engagement_id as "engagementId", d.person_id as "personId", p.name, d.day::text as day,
            d.amount_minor as "amountMinor", d.currency, iso(d.paid_at) as "paidAt"
       from per_diems d join resources p on p.org_id = $1 and p.id = d.person_id
      where d.org_id = $1 and d.engagement_id = any($2::uuid[]) and ($3 or p.user_id = $4::uuid)
      order by p.name, p.id, d.day`,
    [tx.scope.orgId, engagements, all, sight.money === 'none' ? null : sight.account],
  );
}

/** Of all these engagements at once, cut to what their reader may see. */
export async function readTravel(tx: Tx, engagements: readonly string[], sight: Sight): Promise<TravelRows> {
  const which = { engagements };
  const [legs, hotels, rooms, perDiems] = await Promise.all([
    readLegs(tx, which, sight),
    readHotels(tx, which, sight),
    readRooms(tx, which, sight),
    readPerDiems(tx, engagements, sight),
  ]);
  const roomsOf = Map.groupBy(
    rooms.map(({ row }) => row),
    ({ hotelId }) => hotelId,
  );
  return {
    legs: legs.map(({ row }) => row),
    hotels: hotels.map(({ row }) => ({ ...row, rooms: roomsOf.get(row.id) ?? [] })),
    perDiems,
  };
}

/** Of one engagement. @throws AppError not_found, to who sees all travel, where there is no such engagement */
export async function requireTravel(tx: Tx, id: string, sight: Sight): Promise<TravelRows> {
  const [found, rows] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', [tx.scope.orgId, id]),
    readTravel(tx, [id], sight),
  ]);
  if (found.length === 0 && sight.all) throw notFound('This engagement');
  return rows;
}

/** @throws AppError not_found */
export async function getLeg(tx: Tx, id: string, sight: Sight): Promise<TravelLeg> {
  const [found] = await readLegs(tx, { id }, sight);
  if (!found) throw notFound('This leg');
  return found.row;
}

/** @throws AppError not_found */
export async function getHotel(tx: Tx, id: string, sight: Sight): Promise<HotelStay> {
  const [[found], rooms] = await Promise.all([readHotels(tx, { id }, sight), readRooms(tx, { id }, sight)]);
  if (!found) throw notFound('This hotel');
  return { ...found.row, rooms: rooms.map(({ row }) => row) };
}

type Head = TravelOf['engagement'];

const heads = `select r.id, r.title, r.zone, iso(r.starts_at) as "startsAt", iso(r.ends_at) as "endsAt" from engagements r`;

/** The engagements in which somebody travels, sleeps or is paid for a day, and what of it. */
export async function listMine(tx: Tx, sight: Sight, from: string): Promise<TravelOf[]> {
  const { account } = sight;
  if (!account) return [];
  const engagements = await tx.query<Head>(
    `${heads} where r.org_id = $1 and r.id in (
       select x.engagement_id from resources p
         cross join lateral (
           select t.engagement_id, l.arrives_at as until from travellers t
             join travel_legs l on l.org_id = t.org_id and l.id = t.leg_id
            where t.org_id = $1 and t.person_id = p.id
           union all select s.engagement_id, h.check_out_on + 1 from room_sleepers s
             join hotel_stays h on h.org_id = s.org_id and h.id = s.hotel_id
            where s.org_id = $1 and s.person_id = p.id
           union all select d.engagement_id, d.day + 1 from per_diems d
            where d.org_id = $1 and d.person_id = p.id and $4) x
        where p.org_id = $1 and p.user_id = $2::uuid and x.until > $3::timestamptz)
      order by r.starts_at, r.id limit 200`,
    [tx.scope.orgId, account, from, sight.money !== 'none'],
  );
  return together(tx, engagements, ownSight(sight));
}

/** @throws AppError not_found */
export async function listOfSeries(tx: Tx, id: string, sight: Sight): Promise<{ name: string; items: TravelOf[] }> {
  const [[series], engagements] = await Promise.all([
    tx.query<{ name: string }>('select name from series where org_id = $1 and id = $2', [tx.scope.orgId, id]),
    tx.query<Head>(`${heads} where r.org_id = $1 and r.series_id = $2 order by r.starts_at, r.id limit 500`, [
      tx.scope.orgId,
      id,
    ]),
  ]);
  if (!series) throw notFound('This series');
  return { name: series.name, items: await together(tx, engagements, sight) };
}

async function together(tx: Tx, engagements: readonly Head[], sight: Sight): Promise<TravelOf[]> {
  const rows = await readTravel(
    tx,
    engagements.map(({ id }) => id),
    sight,
  );
  return engagements.map((engagement) => {
    const its = <T extends { engagementId: string }>(all: readonly T[]) =>
      all.filter(({ engagementId }) => engagementId === engagement.id);
    return { engagement, legs: its(rows.legs), hotels: its(rows.hotels), perDiems: its(rows.perDiems) };
  });
}
