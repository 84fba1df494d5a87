import { requireEngagement } from '#features/engagements/guests/server/allotments.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { travel } from '../contract.ts';
import { legShape } from './queries.ts';

type Routes = (typeof travel)['routes'];

/** @returns the id. @throws AppError not_found, invalid_input */
export async function addLeg(
  tx: Tx,
  engagementId: string,
  { personIds, ...leg }: RouteInput<Routes['addLeg']>['body'],
): Promise<string> {
  await requireEngagement(tx, engagementId);
  const id = await insertRow(tx, legShape, leg, { engagement_id: engagementId });
  await setTravellers(
    tx,
    id,
    personIds.map((personId) => ({ personId })),
    'personIds',
  );
  return id;
}

export function changeLeg(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['changeLeg']>['body'],
): Promise<void> {
  return patchRow(tx, legShape, id, version, changes);
}

export async function removeLeg(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from travel_legs where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw notFound('This leg');
}

/** Puts people on a leg; who is on it already keeps their seat, unless another one is given. */
export async function setTravellers(
  tx: Tx,
  legId: string,
  people: readonly { personId: string; seat?: string | undefined }[],
  field = 'people',
): Promise<void> {
  const { orgId } = tx.scope;
  // Two who put people on it at once wait for each other here, and not across each other for the people.
  const [leg] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from travel_legs where org_id = $1 and id = $2 for no key update',
    [orgId, legId],
  );
  if (!leg) throw notFound('This leg');
  if (people.length === 0) return;
  await requirePeople(
    tx,
    people.map(({ personId }) => personId),
    field,
  );
  const rows = JSON.stringify(people.map((one) => ({ ...one, id: uuidv7() })));
  const given = `json_to_recordset($3::json) as w(id uuid, "personId" uuid, seat text)`;
  await tx.query(
    `insert into travellers (org_id, id, engagement_id, leg_id, person_id, seat)
     select distinct on (w."personId") $1::uuid, w.id, $4::uuid, $2::uuid, w."personId", coalesce(w.seat, '') from ${given}
     on conflict on constraint travellers_once do nothing`,
    [orgId, legId, rows, leg.engagementId],
  );
  await tx.query(
    `update travellers t set seat = w.seat, updated_at = now() from ${given}
      where t.org_id = $1 and t.leg_id = $2 and t.person_id = w."personId" and w.seat is not null and t.seat <> w.seat`,
    [orgId, legId, rows],
  );
}

export async function removeTraveller(tx: Tx, legId: string, personId: string): Promise<void> {
  const gone = await tx.query(
    'delete from travellers where org_id = $1 and leg_id = $2 and person_id = $3 returning id',
    [tx.scope.orgId, legId, personId],
  );
  if (gone.length === 0) throw notFound('This traveller');
}

/** @throws AppError invalid_input where one of them isn't a person of the organisation */
export async function requirePeople(tx: Tx, personIds: readonly string[], field: string): Promise<void> {
  const ids = [...new Set(personIds)];
  const found = await tx.query(
    `select id from resources where org_id = $1 and id = any($2::uuid[]) and kind = 'person' for key share`,
    [tx.scope.orgId, ids],
  );
  if (found.length < ids.length)
    throw invalid(field, ids.length === 1 ? 'There is no person with this id.' : 'One of these is no person known.');
}
