import type { Sealer } from '#platform/crypto/seal.ts';
import { rowJson } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { partyShape } from '#features/parties/server/queries.ts';
import { getHours, listTimeOff } from '#features/scheduling/availability/server/queries.ts';
import { fieldsOf, openDetails } from '#features/scheduling/personal-details/server/queries.ts';
import { resourceShape } from '#features/scheduling/resources/server/queries.ts';
import type { OrganisationData } from '../contract.ts';

export type OwnData = Omit<OrganisationData, 'id' | 'slug' | 'name' | 'status' | 'role' | 'memberSince' | 'problem'>;
type Row = Record<string, unknown>;

/** What an organisation keeps about the person and the contact behind an account, and about the account itself. */
export async function getOwnData(tx: Tx, sealer: Sealer, userId: string): Promise<OwnData> {
  const key = [tx.scope.orgId, userId];
  const [person] = await tx.query<{ id: string; row: Row }>(
    `select r.id, ${rowJson(resourceShape)} as row from resources r where r.org_id = $1 and r.user_id = $2`,
    key,
  );
  const [contact] = await tx.query<{ id: string; row: Row }>(
    `select r.id, ${rowJson(partyShape)} as row from parties r where r.org_id = $1 and r.user_id = $2`,
    key,
  );
  return {
    ...(await bookedPerson(tx, sealer, person)),
    contact: contact ? withoutNotes(contact.row) : null,
    contactOf: contact ? await engagementsOf(tx, contact.id) : [],
    notices: await rowsOf(
      tx,
      `select json_build_object('kind', kind, 'message', message, 'readAt', iso(read_at), 'createdAt', iso(created_at)) as row
         from notices where org_id = $1 and user_id = $2 order by created_at`,
      key,
    ),
    actions: await actionsOf(tx, `user:${userId}`),
  };
}

async function bookedPerson(tx: Tx, sealer: Sealer, person: { id: string; row: Row } | undefined) {
  if (!person) return { person: null, personalDetails: null, hours: [], timeOff: [], calendars: [], bookings: [] };
  const { id, row } = person;
  const details = await openDetails(tx, sealer, id, [...fieldsOf('emergency'), ...fieldsOf('identity')]);
  return {
    person: withoutNotes(row),
    personalDetails: details.fields,
    hours: (await getHours(tx, id)).hours,
    timeOff: (await listTimeOff(tx, { resourceId: id })).items,
    calendars: await rowsOf(
      tx,
      `select json_build_object('name', name, 'url', url) as row from calendars
        where org_id = $1 and resource_id = $2 order by name, id`,
      [tx.scope.orgId, id],
    ),
    bookings: await bookingsOf(tx, id),
  };
}

/** An organisation's notes and rates are its own: the person's page doesn't show them to the person either. */
function withoutNotes({ notes: _, rateMinor: __, rateCurrency: ___, rateUnit: ____, ...row }: Row): Row {
  return row;
}

/** Like on the person's own pages: whose holds they are is the organisation's planning, until it commits. */
function bookingsOf(tx: Tx, resourceId: string): Promise<Row[]> {
  return rowsOf(
    tx,
    `select json_build_object('status', c.status, 'startsAt', iso(c.starts_at), 'endsAt', iso(c.ends_at), 'zone', c.zone,
              'units', c.units, 'title', case when c.status = 'commit' then e.title end,
              'note', case when c.status = 'commit' then c.note end) as row
       from claims c left join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
      where c.org_id = $1 and c.resource_id = $2 order by c.starts_at`,
    [tx.scope.orgId, resourceId],
  );
}

function engagementsOf(tx: Tx, partyId: string): Promise<Row[]> {
  return rowsOf(
    tx,
    `select json_build_object('title', e.title, 'role', p.role, 'startsAt', iso(e.starts_at), 'endsAt', iso(e.ends_at)) as row
       from engagement_parties p join engagements e on e.org_id = p.org_id and e.id = p.engagement_id
      where p.org_id = $1 and p.party_id = $2 order by e.starts_at`,
    [tx.scope.orgId, partyId],
  );
}

async function actionsOf(tx: Tx, actor: string): Promise<OwnData['actions']> {
  const [row] = await tx.query<OwnData['actions']>(
    `select count(*)::int as count, iso(min(at)) as first, iso(max(at)) as last from changes
      where org_id = $1 and actor = $2`,
    [tx.scope.orgId, actor],
  );
  return row ?? { count: 0, first: null, last: null };
}

async function rowsOf(tx: Tx, text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await tx.query<{ row: Row }>(text, values)).map(({ row }) => row);
}
