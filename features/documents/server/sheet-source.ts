import { isForCircle, type Audience, type Circle } from '#features/engagements/timeline/audience-rules.ts';
import type { GroupNames } from '#features/engagements/people/group-words.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import type { ClaimStatus } from '#features/scheduling/claims/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Spent } from '../show-day-rules.ts';
import { copyWords, groupNamesOf, listSheetPeople, type SheetPerson } from './sheet-people.ts';
import { listBeds, listTrips, type SheetBed, type SheetTrip } from './sheet-travel.ts';

/** What documents of one engagement are made of, cut to what their reader may see. */
export interface SheetSource {
  engagement: SheetEngagement;
  items: SheetItem[];
  bookings: Booking[];
  contacts: Contact[];
  trips: SheetTrip[];
  beds: SheetBed[];
  /** On its roster, by group and order. */
  people: SheetPerson[];
  groups: GroupNames;
  /** “Team copy”, where not everybody may read it. */
  copy: string;
}

export interface SheetEngagement {
  id: string;
  title: string;
  pack: PackName;
  stage: string;
  zone: string;
  startsAt: string;
  endsAt: string;
  notes: string;
  series: string | null;
  placeId: string | null;
  place: string | null;
  address: string | null;
}

export interface SheetItem extends Spent, Audience {
  id: string;
  engagementId: string;
  kind: string;
  title: string;
  placeId: string | null;
  place: string | null;
  address: string | null;
  dress: string;
  notes: string;
}

/** Somebody's or something's time, promised or only held. */
export interface Booking extends Spent {
  engagementId: string;
  resourceId: string;
  kind: 'person' | 'place' | 'thing';
  name: string;
  status: ClaimStatus;
  rank: number | null;
  units: number;
  exclusive: boolean;
  /** Null where the reader may not see it. */
  phone: string | null;
  email: string | null;
  /** What they do there: the chairs and positions that they sit on, each with its services. */
  seats: { title: string; itemId: string }[];
}

/** A contact of the engagement. */
export interface Contact {
  engagementId: string;
  name: string;
  role: string;
  phone: string | null;
  email: string | null;
}

/** As far as somebody may see: what `Caller` says of them. */
export interface SheetReader {
  can(permission: string): boolean;
  /** Whose commitments they see where they may not see every claim: those of an account’s person, or of one person. */
  own: { account: string } | { person: string } | undefined;
  /** Only what all of these may know of: for copies that are handed out. */
  circle?: Circle | undefined;
}

/** Of all these engagements, at once. */
export async function readSources(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<SheetSource[]> {
  const { circle } = reader;
  const [engagements, all, bookings, contacts, people, namesFor, trips, beds] = await Promise.all([
    listEngagements(tx, ids, reader),
    listItems(tx, ids, reader),
    listBookings(tx, ids, reader),
    listContacts(tx, ids, reader),
    listSheetPeople(tx, ids, reader),
    groupNamesOf(tx),
    // What is handed out says nothing of who sleeps where.
    circle ? [] : listTrips(tx, ids, reader),
    circle ? [] : listBeds(tx, ids, reader),
  ]);
  const items = circle ? all.filter((item) => isForCircle(item, circle)) : all;
  const of = <T extends { engagementId: string }>(all: T[]) => Map.groupBy(all, ({ engagementId }) => engagementId);
  const [itemsOf, bookingsOf, contactsOf, peopleOf] = [of(items), of(bookings), of(contacts), of(people)];
  const [tripsOf, bedsOf] = [of(trips), of(beds)];
  return engagements.map((engagement) => {
    const groups = namesFor(engagement.pack);
    const its = itemsOf.get(engagement.id) ?? [];
    return {
      engagement,
      items: its,
      bookings: bookingsOf.get(engagement.id) ?? [],
      contacts: contactsOf.get(engagement.id) ?? [],
      trips: tripsOf.get(engagement.id) ?? [],
      beds: bedsOf.get(engagement.id) ?? [],
      people: peopleOf.get(engagement.id) ?? [],
      groups,
      copy: copyWords(circle, groups, {
        holdsMore: its.some((item) => item.seenBy !== 'everyone'),
        ofTeam: reader.can('timeline.read'),
      }),
    };
  });
}

function listEngagements(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<SheetEngagement[]> {
  return tx.query<SheetEngagement>(
    `select e.id, e.title, e.pack, e.stage, e.zone, iso(e.starts_at) as "startsAt", iso(e.ends_at) as "endsAt",
            case when $3 then e.notes else '' end as notes, s.name as series, p.id as "placeId", p.name as place, p.address
       from engagements e
       left join series s on s.org_id = $1 and s.id = e.series_id
       left join resources p on p.org_id = $1 and p.id = e.place_id
      where e.org_id = $1 and e.id = any($2::uuid[]) order by e.starts_at, e.id`,
    [tx.scope.orgId, ids, reader.can('engagements.read')],
  );
}

/** Who may not see every schedule sees what they may know of. */
function listItems(tx: Tx, ids: readonly string[], { can, own }: SheetReader): Promise<SheetItem[]> {
  return tx.query<SheetItem>(
    `select i.id, i.engagement_id as "engagementId", i.kind, i.title, i.zone, iso(i.starts_at) as "startsAt",
            iso(i.ends_at) as "endsAt", p.id as "placeId", p.name as place, p.address, i.dress, i.notes,
            i.for_all as "forAll", i.for_groups as "forGroups", i.person_ids as "personIds", i.seen_by as "seenBy",
            i.seen_by_groups as "seenByGroups"
       from schedule_items i left join resources p on p.org_id = $1 and p.id = i.place_id
      where i.org_id = $1 and i.engagement_id = any($2::uuid[]) and ($3 or sees_item(i, $4, $5))
      order by i.starts_at, i.ends_at, i.id`,
    [
      tx.scope.orgId,
      ids,
      can('timeline.read'),
      own && 'account' in own ? own.account : null,
      own && 'person' in own ? own.person : null,
    ],
  );
}

/** Who may not see every claim sees their own commitments. */
function listBookings(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<Booking[]> {
  const { own } = reader;
  const account = own && 'account' in own ? own.account : null;
  const person = own && 'person' in own ? own.person : null;
  return tx.query<Booking>(
    `select c.engagement_id as "engagementId", c.resource_id as "resourceId", r.kind, r.name, c.status, c.rank, c.units,
            c.exclusive, c.zone, iso(c.starts_at) as "startsAt", iso(c.ends_at) as "endsAt",
            case when $5 then r.phone end as phone, case when $5 then r.email end as email,
            coalesce((select json_agg(json_build_object('title', n.title, 'itemId', s.schedule_item_id) order by n.title)
              from seats s join needs n on n.org_id = $1 and n.id = s.need_id
             where s.org_id = $1 and s.claim_id = c.id), '[]'::json) as seats
       from claims c join resources r on r.org_id = $1 and r.id = c.resource_id
      where c.org_id = $1 and c.engagement_id = any($2::uuid[])
        and ($3 or (c.status = 'commit' and (r.user_id = $4::uuid or r.id = $6::uuid)))
      order by r.name, r.id, c.starts_at, c.id`,
    [tx.scope.orgId, ids, reader.can('claims.read'), account, reader.can('resources.contacts'), person],
  );
}

function listContacts(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<Contact[]> {
  return tx.query<Contact>(
    `select e.engagement_id as "engagementId", p.name, e.role, case when $3 then p.phone end as phone,
            case when $3 then p.email end as email
       from engagement_parties e join parties p on p.org_id = $1 and p.id = e.party_id
      where e.org_id = $1 and e.engagement_id = any($2::uuid[]) order by e.role, p.name, e.id`,
    [tx.scope.orgId, ids, reader.can('parties.contacts')],
  );
}
