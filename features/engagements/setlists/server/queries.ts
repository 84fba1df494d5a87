import { takesPart } from '#features/engagements/server/queries.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowColumns, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { entry, set, song, type setlists, type SetlistEntry, type SetlistSet, type Song } from '../contract.ts';

export const songShape: RowShape = {
  entity: song,
  computed: {
    versions: `coalesce((select json_agg(json_build_object('id', v.id, 'name', v.name, 'songKey', v.song_key, 'bpm', v.bpm,
        'seconds', v.seconds) order by v.name, v.id) from song_versions v where v.org_id = r.org_id and v.song_id = r.id), '[]'::json)`,
    uses: '(select count(*)::int from setlist_entries e where e.org_id = r.org_id and e.song_id = r.id)',
  },
};

export const setShape: RowShape = { entity: set };

/** What holds for an entry: its own, else its version’s, else the song’s. */
export const entryShape: RowShape = {
  entity: entry,
  joins: `left join songs s on s.org_id = r.org_id and s.id = r.song_id
    left join song_versions v on v.org_id = r.org_id and v.id = r.song_version_id`,
  computed: {
    name: 'coalesce(s.title, r.title)',
    versionName: 'v.name',
    inKey: "coalesce(r.song_key, v.song_key, s.song_key, '')",
    bpm: 'coalesce(v.bpm, s.bpm)',
    lasts: 'coalesce(r.seconds, v.seconds, s.seconds)',
  },
};

type SongFilter = RouteInput<(typeof setlists)['routes']['listSongs']>['query'];

export function listSongs(tx: Tx, filter: SongFilter): Promise<RawJson> {
  const wanted = new Filter(tx, `r.archived_at is ${filter.archived ? 'not ' : ''}null`).add(
    (mark) => `(r.title ilike ${mark} or array_to_string(r.writers, ' ') ilike ${mark})`,
    containing(filter.q),
  );
  return listJson(tx, {
    from: 'songs r',
    filter: wanted,
    order: [
      { column: 'r.title', type: 'text' },
      { column: 'r.id', type: 'uuid' },
    ],
    item: rowJson(songShape),
    page: filter,
  });
}

export function getSong(tx: Tx, id: string): Promise<Song> {
  return getRow<Song>(tx, songShape, id);
}

export function getSet(tx: Tx, id: string): Promise<SetlistSet> {
  return getRow<SetlistSet>(tx, setShape, id);
}

export function getEntry(tx: Tx, id: string): Promise<SetlistEntry> {
  return getRow<SetlistEntry>(tx, entryShape, id);
}

/** @param own only when this account takes part in the engagement. @throws AppError not_found */
export async function getSetlist(
  tx: Tx,
  engagementId: string,
  own?: string,
): Promise<{ sets: SetlistSet[]; entries: SetlistEntry[] }> {
  const key = [tx.scope.orgId, engagementId];
  const [engagement, sets, entries] = await Promise.all([
    tx.query(
      `select from engagements r where r.org_id = $1 and r.id = $2 ${own ? `and ${takesPart('$3')}` : ''}`,
      own ? [...key, own] : key,
    ),
    tx.query<SetlistSet>(
      `select ${rowColumns(setShape)} from setlist_sets r where r.org_id = $1 and r.engagement_id = $2 order by r.sort, r.id`,
      key,
    ),
    tx.query<SetlistEntry>(
      `select ${rowColumns(entryShape)} from setlist_entries r ${entryShape.joins} where r.org_id = $1 and r.engagement_id = $2 order by r.sort, r.id`,
      key,
    ),
  ]);
  if (engagement.length === 0) throw notFound('This engagement');
  return { sets, entries };
}
