import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { setlists } from '../contract.ts';
import { songShape } from './queries.ts';

type Routes = (typeof setlists)['routes'];

/** With its versions. @returns the id. @throws AppError duplicate */
export async function createSong(
  tx: Tx,
  { versions, ...input }: RouteInput<Routes['createSong']>['body'],
): Promise<string> {
  const id = await insertRow(tx, songShape, input);
  if (versions.length > 0) await setVersions(tx, id, { versions });
  return id;
}

export function changeSong(tx: Tx, id: string, { version, ...changes }: RouteInput<Routes['changeSong']>['body']) {
  return patchRow(tx, songShape, id, version, changes);
}

/** Out of the repertoire, or back in it. */
export async function archiveSong(tx: Tx, id: string, archived: boolean): Promise<void> {
  const [found] = await tx.query(
    `update songs set archived_at = case when $3 then coalesce(archived_at, $4) end, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 returning id`,
    [tx.scope.orgId, id, archived, tx.scope.now],
  );
  if (!found) throw notFound('This song');
}

/** @throws AppError in_use while it stands on a setlist */
export async function removeSong(tx: Tx, id: string): Promise<void> {
  const key = [tx.scope.orgId, id];
  // Against an entry that is being added: that waits for this lock.
  const [found] = await tx.query('select id from songs where org_id = $1 and id = $2 for update', key);
  if (!found) throw notFound('This song');
  const [used] = await tx.query<{ count: number }>(
    'select count(distinct engagement_id)::int as count from setlist_entries where org_id = $1 and song_id = $2',
    key,
  );
  if (used && used.count > 0) {
    throw new AppError('in_use', {
      message: `It stands on ${used.count === 1 ? 'a setlist' : `${used.count} setlists`}, and that must stay known. Take it out of the repertoire instead.`,
    });
  }
  await tx.query('delete from songs where org_id = $1 and id = $2', key);
}

/** Changes, adds and removes versions in one go. @throws AppError not_found, duplicate, invalid_input */
export async function setVersions(
  tx: Tx,
  songId: string,
  { versions }: RouteInput<Routes['setVersions']>['body'],
): Promise<void> {
  const key = [tx.scope.orgId, songId];
  const [song] = await tx.query('select id from songs where org_id = $1 and id = $2 for no key update', key);
  if (!song) throw notFound('This song');
  const held = await tx.query<{ id: string }>('select id from song_versions where org_id = $1 and song_id = $2', key);
  const known = new Set(held.map(({ id }) => id));
  const kept = versions.flatMap(({ id }) => (id ? [id] : []));
  if (kept.some((id) => !known.has(id)) || new Set(kept).size < kept.length)
    throw invalid('versions', 'The song has no such version.');
  await tx.query('delete from song_versions where org_id = $1 and song_id = $2 and id <> all($3::uuid[])', [
    ...key,
    kept,
  ]);
  // Names may change places among themselves: they step aside first.
  await tx.query(`update song_versions set name = id::text where org_id = $1 and song_id = $2`, key);
  await tx.query(
    `insert into song_versions (org_id, id, song_id, name, song_key, bpm, seconds)
     select $1, w.id, $2, w.name, w."songKey", w.bpm, w.seconds
       from json_to_recordset($3::json) as w(id uuid, name text, "songKey" text, bpm int, seconds int)
     on conflict (org_id, id) do update set name = excluded.name, song_key = excluded.song_key, bpm = excluded.bpm,
            seconds = excluded.seconds, version = song_versions.version + 1, updated_at = now()`,
    [...key, JSON.stringify(versions.map((one) => ({ ...one, id: one.id ?? uuidv7() })))],
  );
}
