import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

export const crmIds = () => ({
  company: randomUUID(),
  belonging: randomUUID(),
  merge: randomUUID(),
  followUp: randomUUID(),
});

/** A company of the planted contact, a merge, and a follow-up. */
export async function plantCrm(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const [first, second] = [ids['company'] ?? '', ids['party'] ?? ''].toSorted();
  await inOrg('parties', { id: ids['company'], kind: 'company', name: word, roles: [word], address: word });
  await inOrg('party_people', {
    id: ids['belonging'],
    company_id: ids['company'],
    person_id: ids['party'],
    position: word,
  });
  await inOrg('party_distinctions', { id: randomUUID(), first_id: first, second_id: second });
  await inOrg('party_merges', {
    id: ids['merge'],
    survivor_id: ids['party'],
    merged_id: randomUUID(),
    merged_name: word,
    kept: JSON.stringify({ merged: { id: randomUUID(), version: 1, name: word }, changed: {}, moved: [], folded: [] }),
    merged_by: 'command',
    merged_at: '2029-01-01',
  });
  await inOrg('follow_ups', { id: ids['followUp'], party_id: ids['party'], note: word, due_on: '2029-03-01' });
}
