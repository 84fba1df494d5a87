import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

/** Tasks and the guest list of the planted engagement. */
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
}
