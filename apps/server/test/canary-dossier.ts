import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

export const dossierIds = () => ({
  todo: randomUUID(),
  todoStep: randomUUID(),
  allotment: randomUUID(),
  guest: randomUUID(),
  song: randomUUID(),
  songVersion: randomUUID(),
  set: randomUUID(),
  setEntry: randomUUID(),
});

/** Tasks, the guest list and the setlist of the planted engagement. */
export async function plantDossier(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
) {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const ofEngagement = { engagement_id: ids['engagement'] };
  await inOrg('tasks', { ...ofEngagement, id: ids['todo'], title: word, notes: word, zone: 'UTC', sort: 'V' });
  await inOrg('task_steps', { id: ids['todoStep'], task_id: ids['todo'], title: word, sort: 'V' });
  await inOrg('task_templates', {
    id: randomUUID(),
    key: `own-${word}`,
    pack: 'venue',
    name: word,
    automatic: false,
    items: JSON.stringify([]),
  });
  await inOrg('detail_sets', {
    id: randomUUID(),
    pack: 'venue',
    fields: JSON.stringify([{ key: 'word', label: word, kind: 'line', choices: [], hint: word, shared: true }]),
  });
  await inOrg('engagement_details', { ...ofEngagement, id: randomUUID(), key: 'word', value: word });
  await inOrg('guest_lists', { id: ids['engagement'], pickup: word });
  await inOrg('guest_allotments', { ...ofEngagement, id: ids['allotment'], name: word, places: 5 });
  await inOrg('guests', {
    ...ofEngagement,
    id: ids['guest'],
    allotment_id: ids['allotment'],
    first_name: word,
    last_name: word,
    email: `${word.toLowerCase()}@example.com`,
    phone: word,
    note: word,
    pickup: word,
    state: 'approved',
    requested_by: 'command',
    decided_by: 'command',
    decided_at: '2029-01-01',
  });
  await inOrg('songs', { id: ids['song'], title: word, writers: [word], publisher: word, notes: word });
  await inOrg('song_versions', { id: ids['songVersion'], song_id: ids['song'], name: word });
  await inOrg('setlist_sets', { ...ofEngagement, id: ids['set'], name: word, kind: 'set', sort: 'V' });
  await inOrg('setlist_entries', {
    ...ofEngagement,
    id: ids['setEntry'],
    set_id: ids['set'],
    kind: 'song',
    song_id: ids['song'],
    song_version_id: ids['songVersion'],
    notes: word,
    sort: 'V',
  });
}
