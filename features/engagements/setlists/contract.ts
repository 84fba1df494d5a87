import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { id, instant, instantOut, line, page, pageOf, text } from '#platform/contract/fields.ts';

/** One line that may be empty. */
const short = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

const bpm = z.int().min(1).max(999).nullable().default(null);
const seconds = z.int().min(1).max(36_000).nullable().default(null);

const songVersion = z.object({
  id,
  name: z.string(),
  songKey: z.string().nullable(),
  bpm: z.int().nullable(),
  seconds: z.int().nullable(),
});
export type SongVersion = z.output<typeof songVersion>;

export const song = entity(
  'songs',
  'Song',
  {
    title: line(300),
    songKey: short(20).default('').describe('E minor; B♭.'),
    bpm,
    seconds,
    writers: z.array(line(120)).max(40).default([]),
    publisher: short(300).default(''),
    workNumber: short(40).default('').describe('ISWC (T-345246800-1), or the society’s own number.'),
    notes: text(5_000).default(''),
  },
  {
    archivedAt: instantOut.nullable(),
    versions: z.array(songVersion),
    uses: z.int().describe('On how many places of setlists it stands.'),
  },
);
export type Song = z.output<typeof song.row>;

const versions = z
  .array(
    z.strictObject({
      id: id.optional().describe('Of a version that is there.'),
      name: line(120),
      songKey: short(20).nullable().default(null),
      bpm,
      seconds,
    }),
  )
  .max(30);

export const setKinds = ['set', 'encore'] as const;
export const set = entity(
  'setlist_sets',
  'SetlistSet',
  {
    name: line(120),
    kind: z.enum(setKinds).default('set'),
    slotMinutes: z.int().min(1).max(1440).nullable().default(null).describe('How long it may take.'),
  },
  { engagementId: id },
);
export type SetlistSet = z.output<typeof set.row>;

export const entryKinds = ['song', 'break', 'talk'] as const;
export const playedStates = ['played', 'skipped'] as const;

const entryFields = {
  songVersionId: id.nullable().default(null).describe('Another way to play the song.'),
  title: short(300).default('').describe('Of a break or of talk.'),
  songKey: short(20).nullable().default(null).describe('Only here; null: as in the song.'),
  seconds: seconds.describe('Only here; null: as in the song.'),
  notes: text(1_000).default(''),
};

export const entry = entity('setlist_entries', 'SetlistEntry', entryFields, {
  engagementId: id,
  setId: id,
  kind: z.enum(entryKinds),
  songId: id.nullable(),
  planned: z.boolean().describe('False: it came on stage.'),
  played: z.enum(playedStates).nullable(),
  name: z.string().describe('The song’s title, or what the break or talk is called.'),
  versionName: z.string().nullable(),
  inKey: z.string().describe('The key that holds here.'),
  bpm: z.int().nullable(),
  lasts: z.int().nullable().describe('Seconds that hold here; null: nobody knows.'),
});
export type SetlistEntry = z.output<typeof entry.row>;

const setlist = z.object({ sets: z.array(set.row), entries: z.array(entry.row) });
const byId = { params: z.object({ id }) };
const place = { after: id.nullable().describe('Behind this one; null: first.') };

export const setlists = defineContract({
  name: 'setlists',
  permissions: {
    'setlists.read': { may: 'see setlists and songs', roles: ['owner', 'manager', 'staff'], own: ['crew'] },
    'setlists.play': { may: 'say on stage what was played', roles: ['owner', 'manager', 'staff'], own: ['crew'] },
    'setlists.write': { may: 'change setlists and songs', roles: ['owner', 'manager', 'staff'] },
  },
  errors: { duplicate: 409, in_use: 409 },
  constraints: {
    song_versions_name_once: {
      code: 'duplicate',
      message: 'The song has a version of this name. Choose another one.',
      field: 'name',
    },
    setlist_entries_song_exists: { code: 'invalid_input', message: 'There is no song with this id.', field: 'songId' },
    setlist_entries_version_exists: {
      code: 'invalid_input',
      message: 'The song has no version with this id.',
      field: 'songVersionId',
    },
    setlist_entries_version_of_song: {
      code: 'invalid_input',
      message: 'Only a song has versions.',
      field: 'songVersionId',
    },
  },
  routes: {
    listSongs: {
      method: 'GET',
      path: '/songs',
      permission: 'setlists.read',
      summary: 'Songs by title.',
      query: z.strictObject({
        ...page,
        q: z.string().max(200).optional().describe('Part of the title or of a writer’s name.'),
        archived: z.stringbool().default(false).describe('Those out of the repertoire instead.'),
      }),
      output: pageOf(song.row),
    },
    createSong: {
      method: 'POST',
      path: '/songs',
      permission: 'setlists.write',
      summary: 'Adds a song.',
      body: song.create.extend({ versions: versions.default([]) }),
      status: 201,
      output: song.row,
      errors: ['duplicate'],
    },
    changeSong: {
      method: 'PATCH',
      path: '/songs/:id',
      permission: 'setlists.write',
      summary: 'Changes the given fields.',
      ...byId,
      body: song.patch,
      output: song.row,
      errors: ['version_conflict'],
    },
    archiveSong: {
      method: 'PUT',
      path: '/songs/:id/archived',
      permission: 'setlists.write',
      summary: 'Takes a song out of the repertoire, or back into it.',
      ...byId,
      body: z.strictObject({ archived: z.boolean() }),
      output: song.row,
    },
    removeSong: {
      method: 'DELETE',
      path: '/songs/:id',
      permission: 'setlists.write',
      summary: 'Removes a song that stands on no setlist.',
      ...byId,
      status: 204,
      errors: ['in_use'],
    },
    setVersions: {
      method: 'PUT',
      path: '/songs/:id/versions',
      permission: 'setlists.write',
      summary: 'Says in which other ways the song is played; those left out go, and entries fall back to the song.',
      ...byId,
      body: z.strictObject({
        versions,
      }),
      output: song.row,
      errors: ['duplicate'],
    },
    get: {
      method: 'GET',
      path: '/engagements/:id/setlist',
      permission: 'setlists.read',
      own: true,
      summary: 'The sets of an engagement and what is in them, in order.',
      ...byId,
      output: setlist,
    },
    copy: {
      method: 'POST',
      path: '/engagements/:id/setlist/copy',
      permission: 'setlists.write',
      summary: 'Puts the planned setlist of another engagement behind what is there.',
      ...byId,
      body: z.strictObject({ from: id }),
      output: setlist,
    },
    addSet: {
      method: 'POST',
      path: '/engagements/:id/sets',
      permission: 'setlists.write',
      summary: 'Adds a set or an encore at the end.',
      ...byId,
      body: set.create,
      status: 201,
      output: set.row,
    },
    changeSet: {
      method: 'PATCH',
      path: '/sets/:id',
      permission: 'setlists.write',
      summary: 'Changes the given fields.',
      ...byId,
      body: set.patch,
      output: set.row,
      errors: ['version_conflict'],
    },
    moveSet: {
      method: 'POST',
      path: '/sets/:id/move',
      permission: 'setlists.write',
      summary: 'Puts a set behind another one, or first.',
      ...byId,
      body: z.strictObject(place),
      output: set.row,
    },
    removeSet: {
      method: 'DELETE',
      path: '/sets/:id',
      permission: 'setlists.write',
      summary: 'Removes a set with what is in it.',
      ...byId,
      status: 204,
    },
    addEntry: {
      method: 'POST',
      path: '/sets/:id/entries',
      permission: 'setlists.write',
      summary: 'Adds a song, a break or talk at the end of a set; on stage, as played.',
      ...byId,
      body: entry.create.extend({
        kind: z.enum(entryKinds).default('song'),
        songId: id.nullable().default(null),
        live: z.boolean().default(false).describe('It wasn’t planned: it is being played.'),
      }),
      status: 201,
      output: entry.row,
    },
    changeEntry: {
      method: 'PATCH',
      path: '/setlist-entries/:id',
      permission: 'setlists.write',
      summary: 'Changes the given fields.',
      ...byId,
      body: entry.patch,
      output: entry.row,
      errors: ['version_conflict'],
    },
    moveEntry: {
      method: 'POST',
      path: '/setlist-entries/:id/move',
      permission: 'setlists.write',
      summary: 'Puts an entry behind another one, or first, in its set or in another set of the engagement.',
      ...byId,
      body: z.strictObject({ setId: id, ...place }),
      output: entry.row,
    },
    setPlayed: {
      method: 'PUT',
      path: '/setlist-entries/:id/played',
      permission: 'setlists.play',
      own: true,
      summary: 'Says how it went; null takes that back.',
      ...byId,
      body: z.strictObject({ played: z.enum(playedStates).nullable() }),
      output: entry.row,
    },
    removeEntry: {
      method: 'DELETE',
      path: '/setlist-entries/:id',
      permission: 'setlists.write',
      summary: 'Takes an entry off the setlist.',
      ...byId,
      status: 204,
    },
    report: {
      method: 'GET',
      path: '/setlist-report',
      permission: 'setlists.read',
      summary:
        'What was played, for rights societies, as CSV: a line for each song of each engagement. Where nobody said what was played, what was planned.',
      query: z.strictObject({
        engagementId: id.optional(),
        seriesId: id.optional(),
        from: instant.optional(),
        to: instant.optional(),
      }),
      produces: 'text/csv; charset=utf-8',
    },
  },
});
