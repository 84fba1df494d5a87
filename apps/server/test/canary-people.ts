import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

export const peopleIds = () => ({ rosterEntry: randomUUID() });

/** Who is on the planted engagement, what the organisation says of rosters, and a schedule of its own. */
export async function plantPeople(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  await inOrg('roster_settings', { id: org, group_names: JSON.stringify({ venue: { a: word } }) });
  await inOrg('engagement_people', {
    id: ids['rosterEntry'],
    engagement_id: ids['engagement'],
    resource_id: ids['person'],
    group_key: 'a',
    role: word,
    call_note: word,
    confirmed_at: '2029-01-01',
    sort: 'V',
  });
  // Named by what refers to nobody by a foreign key: whatever brings rows elsewhere must bring these in this order.
  await client.query('update schedule_items set for_all = false, person_ids = array[$2::uuid] where org_id = $1', [
    org,
    ids['rosterEntry'],
  ]);
  await inOrg('timeline_templates', {
    id: randomUUID(),
    key: `own-${word}`,
    pack: 'venue',
    name: word,
    items: JSON.stringify([{ id: word, kind: 'other', title: word, from: '19:00', until: '20:00', notes: word }]),
  });
}
