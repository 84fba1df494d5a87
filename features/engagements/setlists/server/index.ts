import { RawJson } from '#platform/contract/raw-json.ts';
import { feature } from '#platform/http/feature.ts';
import { setlists } from '../contract.ts';
import {
  addEntry,
  addSet,
  changeEntry,
  changeSet,
  copySetlist,
  removeEntry,
  removeSet,
  setPlayed,
} from './commands.ts';
import { moveEntry, moveSet } from './order.ts';
import { getEntry, getSet, getSetlist, getSong, listSongs } from './queries.ts';
import { reportPlayed } from './report.ts';
import { archiveSong, changeSong, createSong, removeSong, setVersions } from './songs.ts';

export const setlistsFeature = feature(setlists, {
  listSongs: ({ tx }, { query }) => listSongs(tx, query),
  createSong: async ({ tx }, { body }) => getSong(tx, await createSong(tx, body)),
  async changeSong({ tx }, { params, body }) {
    await changeSong(tx, params.id, body);
    return getSong(tx, params.id);
  },
  async archiveSong({ tx }, { params, body }) {
    await archiveSong(tx, params.id, body.archived);
    return getSong(tx, params.id);
  },
  removeSong: ({ tx }, { params }) => removeSong(tx, params.id).then(() => undefined),
  async setVersions({ tx }, { params, body }) {
    await setVersions(tx, params.id, body);
    return getSong(tx, params.id);
  },
  get: async ({ tx, own }, { params }) => RawJson.of(await getSetlist(tx, params.id, own)),
  async copy({ tx }, { params, body }) {
    await copySetlist(tx, params.id, body.from);
    return getSetlist(tx, params.id);
  },
  addSet: async ({ tx }, { params, body }) => getSet(tx, await addSet(tx, params.id, body)),
  async changeSet({ tx }, { params, body }) {
    await changeSet(tx, params.id, body);
    return getSet(tx, params.id);
  },
  async moveSet({ tx }, { params, body }) {
    await moveSet(tx, params.id, body.after);
    return getSet(tx, params.id);
  },
  removeSet: ({ tx }, { params }) => removeSet(tx, params.id).then(() => undefined),
  addEntry: async ({ tx }, { params, body }) => getEntry(tx, await addEntry(tx, params.id, body)),
  async changeEntry({ tx }, { params, body }) {
    await changeEntry(tx, params.id, body);
    return getEntry(tx, params.id);
  },
  async moveEntry({ tx }, { params, body }) {
    await moveEntry(tx, params.id, body);
    return getEntry(tx, params.id);
  },
  async setPlayed({ tx, own }, { params, body }) {
    await setPlayed(tx, params.id, body.played, own);
    return getEntry(tx, params.id);
  },
  removeEntry: ({ tx }, { params }) => removeEntry(tx, params.id).then(() => undefined),
  report: ({ tx }, { query }) => reportPlayed(tx, query),
});
