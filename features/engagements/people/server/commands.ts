import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';
import type { people, Standing } from '../contract.ts';
import type { GroupKey } from '../group-words.ts';
import { keyAfter, lastKey, lockRoster, requireRoom } from './order.ts';
import { entryShape } from './queries.ts';

type Routes = (typeof people)['routes'];
type NewEntry = RouteInput<Routes['add']>['body'];
type EntryPatch = RouteInput<Routes['change']>['body'];
type Place = RouteInput<Routes['move']>['body'];
type Somebody = Pick<NewEntry, 'resourceId' | 'partyId'>;

interface Locked {
  id: string;
  engagementId: string;
  groupKey: GroupKey;
  role: string;
  standing: Standing;
  confirmed: boolean;
}

/** With the lock of its roster. @throws AppError not_found */
async function lockEntry(tx: Tx, id: string): Promise<Locked> {
  const key = [tx.scope.orgId, id];
  const [place] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from engagement_people where org_id = $1 and id = $2',
    key,
  );
  if (!place) throw notFound('This person');
  await lockRoster(tx, place.engagementId);
  const [entry] = await tx.query<Locked>(
    `select r.id, r.engagement_id as "engagementId", r.group_key as "groupKey", r.role, standing_of(r) as standing,
            r.confirmed_at is not null as confirmed
       from engagement_people r where r.org_id = $1 and r.id = $2`,
    key,
  );
  if (!entry) throw notFound('This person');
  return entry;
}

/** @throws AppError invalid_input for a place or a thing */
async function requirePerson(tx: Tx, { resourceId }: Somebody): Promise<void> {
  if (resourceId === null) return;
  const [found] = await tx.query("select from resources where org_id = $1 and id = $2 and kind = 'person'", [
    tx.scope.orgId,
    resourceId,
  ]);
  if (!found) throw invalid('resourceId', 'There is no person with this id.');
}

/** @returns the id. @throws AppError not_found, invalid_input, duplicate, limit_reached */
export async function addEntry(tx: Tx, engagementId: string, body: NewEntry): Promise<string> {
  const { resourceId, partyId, ...fields } = body;
  await lockRoster(tx, engagementId);
  await requireRoom(tx, engagementId, 1);
  await requirePerson(tx, body);
  const sort = orderKeyBetween(await lastKey(tx, engagementId, fields.groupKey), null);
  const place = { engagement_id: engagementId, resource_id: resourceId, party_id: partyId, sort };
  return insertRow(tx, entryShape, fields, place);
}

/** Into another group somebody comes last. @throws AppError not_found, version_conflict */
export async function changeEntry(tx: Tx, id: string, { version, ...changes }: EntryPatch): Promise<void> {
  const entry = await lockEntry(tx, id);
  await patchRow(tx, entryShape, id, version, changes);
  if (changes.groupKey === undefined || changes.groupKey === entry.groupKey) return;
  const last = await lastKey(tx, entry.engagementId, changes.groupKey, id);
  await setPlace(tx, id, changes.groupKey, orderKeyBetween(last, null));
}

function setPlace(tx: Tx, id: string, groupKey: GroupKey, sort: string): Promise<unknown> {
  return tx.query(
    'update engagement_people set group_key = $3, sort = $4, updated_at = now() where org_id = $1 and id = $2',
    [tx.scope.orgId, id, groupKey, sort],
  );
}

/** @param after null: first. @throws AppError not_found, invalid_input */
export async function moveEntry(tx: Tx, id: string, { groupKey, after }: Place): Promise<void> {
  const { engagementId } = await lockEntry(tx, id);
  if (after === id) return;
  await setPlace(tx, id, groupKey, await keyAfter(tx, engagementId, groupKey, after, id));
}

/** @throws AppError booked, replaced, not_found */
export async function setConfirmed(tx: Tx, id: string, confirmed: boolean): Promise<void> {
  const { standing } = await lockEntry(tx, id);
  if (standing === 'booked')
    throw new AppError('booked', { message: 'They are booked, and that says it. Release the booking first.' });
  if (standing === 'replaced')
    throw new AppError('replaced', { message: 'Somebody stands in for them. Take the stand-in off first.' });
  await tx.query(
    `update engagement_people
        set confirmed_at = case when $3 then coalesce(confirmed_at, $4) end, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and (confirmed_at is not null) <> $3`,
    [tx.scope.orgId, id, confirmed, tx.scope.now],
  );
}

/**
 * Somebody takes another one's place; the schedule's names follow by a trigger.
 * @returns the id. @throws AppError replaced, duplicate, invalid_input, limit_reached, not_found
 */
export async function substitute(tx: Tx, id: string, body: Somebody): Promise<string> {
  const entry = await lockEntry(tx, id);
  if (entry.standing === 'replaced')
    throw new AppError('replaced', { message: 'Somebody stands in for them already.' });
  await requireRoom(tx, entry.engagementId, 1);
  await requirePerson(tx, body);
  const { engagementId, groupKey, role } = entry;
  const sort = await keyAfter(tx, engagementId, groupKey, id);
  const standIn = await insertRow(
    tx,
    entryShape,
    { groupKey, role, callNote: '' },
    {
      engagement_id: engagementId,
      resource_id: body.resourceId,
      party_id: body.partyId,
      stands_in_for: id,
      sort,
    },
  );
  if (entry.confirmed) {
    await tx.query(
      'update engagement_people set confirmed_at = null, version = version + 1, updated_at = now() where org_id = $1 and id = $2',
      [tx.scope.orgId, id],
    );
  }
  return standIn;
}

/** @throws AppError not_found */
export async function removeEntry(tx: Tx, id: string): Promise<void> {
  await lockEntry(tx, id);
  await tx.query('delete from engagement_people where org_id = $1 and id = $2', [tx.scope.orgId, id]);
}
