import { actorNames } from '#features/identity/server/actor-names.ts';
import { takesPart } from '#features/engagements/server/queries.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { getRow, rowColumns, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { csvLine } from '#platform/text/csv.ts';
import { allotment, guest, type Allotment, type DoorGuest, type Guest, type GuestList } from '../contract.ts';
import { bySurname, standTwice } from '../rules.ts';

export const allotmentShape: RowShape = {
  entity: allotment,
  joins: `cross join lateral (
      select coalesce(sum(1 + g.plus) filter (where g.state = 'approved'), 0)::int as approved,
             coalesce(sum(1 + g.plus) filter (where g.state = 'requested'), 0)::int as requested
        from guests g where g.org_id = r.org_id and g.allotment_id = r.id) taken`,
  computed: {
    givenBy: `coalesce((select p.name from parties p where p.org_id = r.org_id and p.id = r.party_id),
      (select p.name from resources p where p.org_id = r.org_id and p.id = r.person_id))`,
    approved: 'taken.approved',
    requested: 'taken.requested',
  },
};

/** Who asked is an actor here, and becomes a name in `finished`; whether they stand twice, only the whole list knows. */
export const guestShape: RowShape = {
  entity: guest,
  joins: 'join guest_allotments a on a.org_id = r.org_id and a.id = r.allotment_id',
  computed: {
    allotmentName: 'a.name',
    requestedByName: 'r.requested_by',
    twice: 'false',
  },
};

/** An allotment (alias r) out of which an account may ask for guests. */
export const givenTo = (account: string) => `(r.party_id in (
    select p.id from parties p where p.org_id = r.org_id and p.user_id = ${account})
  or r.person_id in (select p.id from resources p where p.org_id = r.org_id and p.user_id = ${account}))`;

export const nothingSet: GuestList = { closesAt: null, pickup: '', tellGuests: false, version: 0 };

/** What holds for the list of an engagement. */
export async function getList(tx: Tx, engagementId: string): Promise<GuestList> {
  const [found] = await tx.query<GuestList>(
    `select iso(closes_at) as "closesAt", pickup, tell_guests as "tellGuests", version
       from guest_lists where org_id = $1 and id = $2`,
    [tx.scope.orgId, engagementId],
  );
  return found ?? nothingSet;
}

/**
 * The whole list by surname.
 * @param own only allotments given to this account, and their guests; an engagement without any looks like one that
 * isn't there
 */
export async function getGuestList(tx: Tx, control: Databases['control'], engagementId: string, own?: string) {
  const key = [tx.scope.orgId, engagementId];
  const [engagement, list, allotments, guests] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', key),
    getList(tx, engagementId),
    tx.query<Allotment>(
      `select ${rowColumns(allotmentShape)} from guest_allotments r ${allotmentShape.joins}
        where r.org_id = $1 and r.engagement_id = $2 ${own ? `and ${givenTo('$3')}` : ''} order by r.name, r.id`,
      own ? [...key, own] : key,
    ),
    tx.query<Guest>(
      `select ${rowColumns(guestShape)} from guests r ${guestShape.joins} where r.org_id = $1 and r.engagement_id = $2
        ${own ? `and r.allotment_id in (select r.id from guest_allotments r where r.org_id = $1 and ${givenTo('$3')})` : ''}
        -- By bytes first: what is nearly in order takes people's order half as many comparisons or fewer.
        order by r.last_name collate "C", r.first_name collate "C"`,
      own ? [...key, own] : key,
    ),
  ]);
  if (engagement.length === 0 && !own) throw notFound('This engagement');
  return {
    list: own && allotments.length === 0 ? nothingSet : list,
    allotments,
    guests: await finished(tx, control, guests),
  };
}

/** In place: a list is long, and nobody else has its rows yet. */
async function finished(tx: Tx, control: Databases['control'], rows: Guest[]): Promise<Guest[]> {
  const twice = standTwice(rows);
  const names = await actorNames(
    control,
    tx.scope.orgId,
    rows.map(({ requestedByName }) => requestedByName),
  );
  for (const row of rows) {
    row.twice = twice.has(row.id);
    row.requestedByName = names.get(row.requestedByName) ?? row.requestedByName;
  }
  return rows.sort(bySurname);
}

export async function getGuest(tx: Tx, control: Databases['control'], id: string): Promise<Guest> {
  const row = await getRow<Guest>(tx, guestShape, id);
  const [whole] = await finished(tx, control, [row]);
  return whole ?? row;
}

export function getAllotment(tx: Tx, id: string): Promise<Allotment> {
  return getRow<Allotment>(tx, allotmentShape, id);
}

const doorColumns = `g.id, g.first_name as "firstName", g.last_name as "lastName", g.plus, g.pass_type as "passType", g.note,
  coalesce(nullif(g.pickup, ''), l.pickup, '') as pickup, a.name as "allotmentName", g.arrived, iso(g.arrived_at) as "arrivedAt"`;
const doorTables = `guests g
  join guest_allotments a on a.org_id = g.org_id and a.id = g.allotment_id
  left join guest_lists l on l.org_id = g.org_id and l.id = g.engagement_id`;

/** @param own only when this account takes part in the engagement. @throws AppError not_found */
export async function getDoor(
  tx: Tx,
  engagementId: string,
  own?: string,
): Promise<{ title: string; guests: DoorGuest[] }> {
  const key = [tx.scope.orgId, engagementId];
  const [engagements, guests] = await Promise.all([
    tx.query<{ title: string }>(
      `select r.title from engagements r where r.org_id = $1 and r.id = $2 ${own ? `and ${takesPart('$3')}` : ''}`,
      own ? [...key, own] : key,
    ),
    tx.query<DoorGuest>(
      `select ${doorColumns} from ${doorTables} where g.org_id = $1 and g.engagement_id = $2 and g.state = 'approved'`,
      key,
    ),
  ]);
  const [engagement] = engagements;
  // Worded as other reads of an engagement are: the printed list asks several at once.
  if (!engagement) throw notFound();
  return { title: engagement.title, guests: guests.sort(bySurname) };
}

/** Of an approved guest. @param own only when this account takes part in their engagement. @throws AppError not_found */
export async function getDoorGuest(tx: Tx, id: string, own?: string): Promise<DoorGuest> {
  const mine = own
    ? `and exists (select from engagements r where r.org_id = g.org_id and r.id = g.engagement_id and ${takesPart('$3')})`
    : '';
  const [found] = await tx.query<DoorGuest>(
    `select ${doorColumns} from ${doorTables} where g.org_id = $1 and g.id = $2 and g.state = 'approved' ${mine}`,
    own ? [tx.scope.orgId, id, own] : [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This guest');
  return found;
}

/** The list as a table, for spreadsheets and for paper. */
export async function exportGuests(tx: Tx, control: Databases['control'], engagementId: string): Promise<string> {
  const { guests } = await getGuestList(tx, control, engagementId);
  const heading = [
    'Surname',
    'First name',
    'More',
    'Pass',
    'Allotment',
    'State',
    'Pick-up',
    'E-mail',
    'Phone',
    'Note',
    'Asked for by',
    'Arrived',
  ];
  const lines = guests.map((each) =>
    csvLine([
      each.lastName,
      each.firstName,
      each.plus,
      each.passType,
      each.allotmentName,
      each.state,
      each.pickup,
      each.email,
      each.phone,
      each.note,
      each.requestedByName,
      each.arrived,
    ]),
  );
  return csvLine(heading) + lines.join('');
}
