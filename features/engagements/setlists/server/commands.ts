import { takesPart } from '#features/engagements/server/queries.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { orderKeyBetween, orderKeysAfter } from '#platform/text/order-key.ts';
import type { playedStates, setlists } from '../contract.ts';
import { engagementOf, lastSort, lockSetlist } from './order.ts';
import { entryShape, getSetlist, setShape } from './queries.ts';

type Routes = (typeof setlists)['routes'];
type NewEntry = RouteInput<Routes['addEntry']>['body'];

/** @returns the id */
export async function addSet(
  tx: Tx,
  engagementId: string,
  input: RouteInput<Routes['addSet']>['body'],
): Promise<string> {
  await lockSetlist(tx, engagementId);
  const sort = orderKeyBetween(await lastSort(tx, { engagementId }), null);
  return insertRow(tx, setShape, input, { engagement_id: engagementId, sort });
}

export function changeSet(tx: Tx, id: string, { version, ...changes }: RouteInput<Routes['changeSet']>['body']) {
  return patchRow(tx, setShape, id, version, changes);
}

export async function removeSet(tx: Tx, id: string): Promise<void> {
  await lockSetlist(tx, await engagementOf(tx, 'setlist_sets', id, 'This set'));
  await tx.query('delete from setlist_sets where org_id = $1 and id = $2', [tx.scope.orgId, id]);
}

/** At the end of the set. @returns the id. @throws AppError not_found, invalid_input */
export async function addEntry(tx: Tx, setId: string, { kind, songId, live, ...input }: NewEntry): Promise<string> {
  if ((kind === 'song') !== (songId !== null))
    throw invalid('songId', kind === 'song' ? 'Choose a song.' : 'Only an entry of the kind song has one.');
  const engagementId = await engagementOf(tx, 'setlist_sets', setId, 'This set');
  await lockSetlist(tx, engagementId);
  const sort = orderKeyBetween(await lastSort(tx, { setId }), null);
  return insertRow(tx, entryShape, input, {
    engagement_id: engagementId,
    set_id: setId,
    kind,
    song_id: songId,
    planned: !live,
    played: live ? 'played' : null,
    sort,
  });
}

export function changeEntry(tx: Tx, id: string, { version, ...changes }: RouteInput<Routes['changeEntry']>['body']) {
  return patchRow(tx, entryShape, id, version, changes);
}

/** @param own only when this account takes part in the engagement. @throws AppError not_found */
export async function setPlayed(
  tx: Tx,
  id: string,
  played: (typeof playedStates)[number] | null,
  own: string | undefined,
): Promise<void> {
  const mine = own
    ? `and exists (select from engagements r where r.org_id = e.org_id and r.id = e.engagement_id and ${takesPart('$4')})`
    : '';
  const [found] = await tx.query(
    `update setlist_entries e set played = $3, updated_at = now() where e.org_id = $1 and e.id = $2 ${mine} returning e.id`,
    own ? [tx.scope.orgId, id, played, own] : [tx.scope.orgId, id, played],
  );
  if (!found) throw notFound('This entry');
}

export async function removeEntry(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from setlist_entries where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw notFound('This entry');
}

/** The planned setlist of another engagement, behind what is there. @throws AppError not_found, invalid_input */
export async function copySetlist(tx: Tx, engagementId: string, from: string): Promise<void> {
  await lockSetlist(tx, engagementId);
  const { sets, entries } = await getSetlist(tx, from).catch(() => {
    throw invalid('from', 'There is no engagement with this id.');
  });
  const setKeys = orderKeysAfter(await lastSort(tx, { engagementId }), sets.length);
  const copies = sets.map((one, index) => ({ ...one, copy: uuidv7(), sort: setKeys[index] }));
  await tx.query(
    `insert into setlist_sets (org_id, id, engagement_id, name, kind, slot_minutes, sort)
     select $1, w.copy, $2, w.name, w.kind, w."slotMinutes", w.sort
       from json_to_recordset($3::json) as w(copy uuid, name text, kind text, "slotMinutes" int, sort text)`,
    [tx.scope.orgId, engagementId, JSON.stringify(copies)],
  );
  const copied = copies.flatMap((one) => {
    const its = entries.filter(({ setId, planned }) => planned && setId === one.id);
    const keys = orderKeysAfter(null, its.length);
    return its.map((each, index) => ({ ...each, id: uuidv7(), setId: one.copy, sort: keys[index] }));
  });
  await tx.query(
    `insert into setlist_entries (org_id, id, engagement_id, set_id, kind, song_id, song_version_id, title, song_key, seconds, notes, sort)
     select $1, w.id, $2, w."setId", w.kind, w."songId", w."songVersionId", w.title, w."songKey", w.seconds, w.notes, w.sort
       from json_to_recordset($3::json) as w(id uuid, "setId" uuid, kind text, "songId" uuid, "songVersionId" uuid, title text,
                                             "songKey" text, seconds int, notes text, sort text)`,
    [tx.scope.orgId, engagementId, JSON.stringify(copied)],
  );
}
