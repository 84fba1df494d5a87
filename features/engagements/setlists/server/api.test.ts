import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { setlists } from '../contract.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const api = () => app.client(setlists, 'manager');
const addShow = async (title: string, day = '2029-05-01') =>
  (
    await app.client(engagements).create({
      org,
      body: { title, startsAt: `${day}T18:00:00.000Z`, endsAt: `${day}T21:00:00.000Z`, zone: 'Europe/Berlin' },
    })
  ).id;
const addSong = (title: string, more: object = {}) => api().createSong({ org, body: { title, ...more } });
const addSet = (id: string, name: string, more: object = {}) =>
  api().addSet({ org, params: { id }, body: { name, ...more } });
const addEntry = (id: string, body: Parameters<ReturnType<typeof api>['addEntry']>[0]['body']) =>
  api().addEntry({ org, params: { id }, body });
const get = (id: string) => api().get({ org, params: { id } });
const namesIn = async (show: string, setId: string) =>
  (await get(show)).entries.filter((one) => one.setId === setId).map(({ name }) => name);

test('songs with versions; what holds in a set is the entry’s, else the version’s, else the song’s', async () => {
  const made = await addSong('Blue Train', { songKey: 'Cm', bpm: 136, seconds: 640, writers: ['John Coltrane'] });
  const save = (versions: Parameters<ReturnType<typeof api>['setVersions']>[0]['body']['versions']) =>
    api().setVersions({ org, params: { id: made.id }, body: { versions } });
  const { versions } = await save([
    { name: 'Short', seconds: 300 },
    { name: 'Low', songKey: 'Bm' },
  ]);
  expect(versions.map(({ name }) => name)).toEqual(['Low', 'Short']);
  const [low, short] = versions;
  if (!low || !short) throw new Error('There are no versions.');
  await expect(save([{ name: 'A' }, { name: 'A' }])).rejects.toMatchObject({ code: 'duplicate' });
  await expect(save([{ id: nobody, name: 'A' }])).rejects.toMatchObject({ fields: [{ field: 'versions' }] });
  const show = await addShow('Versions');
  const { id: setId } = await addSet(show, 'Set 1', { slotMinutes: 45 });
  const plain = await addEntry(setId, { songId: made.id });
  expect(plain).toMatchObject({ name: 'Blue Train', inKey: 'Cm', bpm: 136, lasts: 640, versionName: null });
  const other = await addEntry(setId, { songId: made.id, songVersionId: short.id, songKey: 'Dm' });
  expect(other).toMatchObject({ inKey: 'Dm', lasts: 300, versionName: 'Short' });
  // The two change names; the one that goes takes nothing with it but itself.
  const after = await save([
    { id: low.id, name: 'Short', songKey: 'Bm' },
    { id: short.id, name: 'Low', seconds: 310 },
  ]);
  expect(after.versions.map(({ name, seconds }) => [name, seconds])).toEqual([
    ['Low', 310],
    ['Short', null],
  ]);
  await save([]);
  expect((await get(show)).entries[1]).toMatchObject({ versionName: null, lasts: 640, inKey: 'Dm' });
  await expect(api().removeSong({ org, params: { id: made.id } })).rejects.toMatchObject({ code: 'in_use' });
  expect(await api().archiveSong({ org, params: { id: made.id }, body: { archived: true } })).toMatchObject({
    archivedAt: expect.any(String),
    uses: 2,
  });
  const listed = async (archived: string) =>
    (await api().listSongs({ org, query: { q: 'coltrane', archived } })).items.map(({ title }) => title);
  expect([await listed('false'), await listed('true')]).toEqual([[], ['Blue Train']]);
});

test('what makes no sense is refused with its field', async () => {
  const show = await addShow('Odd');
  const [{ id: setId }, song, other] = await Promise.all([
    addSet(show, 'Set'),
    addSong('One'),
    addSong('Two').then(({ id }) => api().setVersions({ org, params: { id }, body: { versions: [{ name: 'Live' }] } })),
  ]);
  for (const [field, body] of [
    ['songId', { kind: 'song' }],
    ['songId', { kind: 'break', songId: song.id }],
    ['songId', { songId: nobody }],
    ['songVersionId', { songId: song.id, songVersionId: other.versions[0]?.id ?? '' }],
    ['songVersionId', { kind: 'talk', songVersionId: other.versions[0]?.id ?? '' }],
  ] as const)
    await expect(addEntry(setId, body), JSON.stringify(body)).rejects.toMatchObject({
      status: 400,
      fields: [{ field }],
    });
  await expect(addEntry(nobody, { songId: song.id })).rejects.toMatchObject({ status: 404 });
});

test('two who order at once lose nothing, within sets and across them', async () => {
  const show = await addShow('Order');
  const [one, two] = [await addSet(show, 'Set 1'), await addSet(show, 'Encore', { kind: 'encore' })];
  const song = await addSong('Any');
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      addEntry(index % 2 ? one.id : two.id, { songId: song.id, notes: `N${index}` }),
    ),
  );
  const ids = made.map(({ id }) => id);
  const moves = fc.sample(
    fc.record({
      id: fc.constantFrom(...ids),
      setId: fc.constantFrom(one.id, two.id),
      after: fc.option(fc.constantFrom(...ids)),
    }),
    { numRuns: 60, seed: 11 },
  );
  const done = await Promise.allSettled(
    moves.map(({ id, setId, after }) => api().moveEntry({ org, params: { id }, body: { setId, after } })),
  );
  // Behind something that has gone to the other set meanwhile.
  for (const each of done)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ fields: [{ field: 'after' }] });
  const { entries } = await get(show);
  expect(entries.map(({ notes }) => notes).toSorted()).toEqual(made.map(({ notes }) => notes).toSorted());
  const first = entries.find(({ setId }) => setId === one.id) ?? entries[0];
  const last = entries.findLast(({ setId }) => setId === two.id) ?? entries.at(-1);
  if (!first || !last) throw new Error('There are no entries.');
  await api().moveEntry({ org, params: { id: last.id }, body: { setId: first.setId, after: first.id } });
  const inFirst = (await get(show)).entries.filter(({ setId }) => setId === first.setId);
  expect(inFirst.slice(0, 2).map(({ id }) => id)).toEqual([first.id, last.id]);
  await api().moveSet({ org, params: { id: two.id }, body: { after: null } });
  expect((await get(show)).sets.map(({ name }) => name)).toEqual(['Encore', 'Set 1']);
  const elsewhere = await addSet(await addShow('Elsewhere'), 'Set');
  await expect(
    api().moveEntry({ org, params: { id: first.id }, body: { setId: elsewhere.id, after: null } }),
  ).rejects.toMatchObject({ fields: [{ field: 'setId' }] });
});

test('sets in another order, by two hands at once; behind what isn’t there is refused', async () => {
  const show = await addShow('Sets');
  const made = [];
  for (const name of ['Set 1', 'Set 2', 'Set 3', 'Encore']) made.push(await addSet(show, name));
  const [one, two, three, encore] = made.map(({ id }) => id);
  if (!one || !two || !three || !encore) throw new Error('There are no sets.');
  const move = (id: string, after: string | null) => api().moveSet({ org, params: { id }, body: { after } });
  const order = async () => (await get(show)).sets.map(({ name }) => name);
  await Promise.all([move(encore, one), move(three, null)]);
  expect(await order()).toEqual(['Set 3', 'Set 1', 'Encore', 'Set 2']);
  await move(two, two);
  await move(one, two);
  expect(await order()).toEqual(['Set 3', 'Encore', 'Set 2', 'Set 1']);
  const elsewhere = await addSet(await addShow('Other sets'), 'Set');
  for (const after of [elsewhere.id, nobody])
    await expect(move(one, after)).rejects.toMatchObject({ status: 400, fields: [{ field: 'after' }] });
  await expect(move(nobody, null)).rejects.toMatchObject({ status: 404 });
  await expect(
    app.client(setlists, 'crew').moveSet({ org, params: { id: one }, body: { after: null } }),
  ).rejects.toMatchObject({ status: 403 });
});

test('planned and played; the report says what went, and runs nothing in a spreadsheet', async () => {
  const show = await addShow('Played', '2030-01-01');
  const set = await addSet(show, 'Set 1');
  const hit = await addSong('=HIT()', {
    seconds: 185,
    writers: ['Ann A', 'Bo B'],
    publisher: '@pub',
    workNumber: 'T-1',
  });
  const cut = await addSong('Cut', { seconds: 60 });
  const [first, second] = [await addEntry(set.id, { songId: hit.id }), await addEntry(set.id, { songId: cut.id })];
  await addEntry(set.id, { kind: 'break', title: 'Tuning', seconds: 90 });
  const report = async () => (await api().report({ org, query: { engagementId: show } })).trim().split('\r\n').slice(1);
  expect(await report()).toEqual([
    "2030-01-01,Played,,'=HIT(),,Ann A; Bo B,'@pub,T-1,3:05,1,planned",
    '2030-01-01,Played,,Cut,,,,,1:00,1,planned',
  ]);
  const say = (id: string, played: 'played' | 'skipped' | null) =>
    api().setPlayed({ org, params: { id }, body: { played } });
  await say(first.id, 'played');
  await say(second.id, 'skipped');
  expect(await addEntry(set.id, { songId: hit.id, live: true })).toMatchObject({ planned: false, played: 'played' });
  expect(await report()).toEqual(["2030-01-01,Played,,'=HIT(),,Ann A; Bo B,'@pub,T-1,3:05,2,played"]);
  await expect(api().report({ org, query: { engagementId: nobody } })).rejects.toMatchObject({ status: 404 });

  // Another night takes the plan over, not what came on stage.
  const next = await addShow('Next', '2030-01-02');
  await api().copy({ org, params: { id: next }, body: { from: show } });
  const { sets, entries } = await api().copy({ org, params: { id: next }, body: { from: show } });
  expect([sets.length, entries.length]).toEqual([2, 6]);
  expect(await namesIn(next, sets[1]?.id ?? '')).toEqual(['=HIT()', 'Cut', 'Tuning']);
  expect(entries.every(({ planned, played }) => planned && played === null)).toBe(true);
  await expect(api().copy({ org, params: { id: next }, body: { from: nobody } })).rejects.toMatchObject({
    fields: [{ field: 'from' }],
  });
  const span = { from: '2030-01-01T00:00:00Z', to: '2030-01-02T00:00:00Z' };
  expect((await api().report({ org, query: span })).trim().split('\r\n')).toHaveLength(2);
});

test('crew say on stage what was played where they are committed, and change nothing else', async () => {
  const show = await addShow('Crew');
  const set = await addSet(show, 'Set 1');
  const entry = await addEntry(set.id, { songId: (await addSong('Crewed')).id });
  const kim = await addPerson(app, { role: 'crew', name: 'Kim Crew' });
  const own = createClient(setlists, { baseUrl: app.baseUrl, headers: { cookie: kim.cookie } });
  const gone = { status: 404 };
  await expect(own.get({ org, params: { id: show } })).rejects.toMatchObject(gone);
  const played = { org, params: { id: entry.id }, body: { played: 'played' as const } };
  await expect(own.setPlayed(played)).rejects.toMatchObject(gone);
  await app.inTenant(async (tx) => {
    const { orgId } = tx.scope;
    await tx.query(
      "insert into parties (org_id, id, kind, name, user_id) values ($1, gen_random_uuid(), 'person', 'Kim', $2)",
      [orgId, kim.userId],
    );
    await tx.query(
      `insert into engagement_parties (org_id, id, engagement_id, party_id, role)
       select $1, gen_random_uuid(), $2, id, 'crew' from parties where org_id = $1 and user_id = $3`,
      [orgId, show, kim.userId],
    );
  });
  expect((await own.get({ org, params: { id: show } })).entries).toHaveLength(1);
  expect(await own.setPlayed(played)).toMatchObject({ played: 'played' });
  await expect(own.removeEntry({ org, params: { id: entry.id } })).rejects.toMatchObject({ status: 403 });
  await expect(own.listSongs({ org, query: {} })).rejects.toMatchObject({ status: 403 });
});

test('two who edit one entry merge their fields; a set goes with what is in it', async () => {
  const show = await addShow('Merge');
  const set = await addSet(show, 'Set 1');
  const entry = await addEntry(set.id, { songId: (await addSong('Merged')).id });
  const change = (body: object) => api().changeEntry({ org, params: { id: entry.id }, body: { version: 1, ...body } });
  await change({ songKey: 'G' });
  expect(await change({ notes: 'Capo 2' })).toMatchObject({ songKey: 'G', notes: 'Capo 2', version: 3 });
  await expect(change({ songKey: 'A' })).rejects.toMatchObject({ code: 'version_conflict' });
  await api().removeSet({ org, params: { id: set.id } });
  expect(await get(show)).toEqual({ sets: [], entries: [] });
  await expect(api().removeEntry({ org, params: { id: entry.id } })).rejects.toMatchObject({ status: 404 });
});
