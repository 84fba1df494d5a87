import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

export const advanceIds = () => ({ advanceItem: randomUUID(), advanceLink: randomUUID() });

/** The advance of the planted engagement, sent to somebody; and wordings of the organisation's own. */
export async function plantAdvance(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const ofEngagement = { engagement_id: ids['engagement'] };
  const template = { id: randomUUID(), key: `own-${word}`, pack: 'venue', name: word };
  await inOrg('advance_templates', { ...template, items: JSON.stringify([]) });
  await inOrg('contract_templates', { ...template, body: word });
  await inOrg('advances', { id: ids['engagement'], due_days: 14, remind_days: '{7}', open_days: 7 });
  await inOrg('advance_links', {
    ...ofEngagement,
    id: ids['advanceLink'],
    name: word,
    email: `${word.toLowerCase()}@example.com`,
    sent_by: 'command',
    sent_at: '2029-01-01',
  });
  await inOrg('advance_items', {
    ...ofEngagement,
    id: ids['advanceItem'],
    section: word,
    title: word,
    hint: word,
    kind: 'text',
    side: 'them',
    state: 'answered',
    answer: word,
    answered_link_id: ids['advanceLink'],
    answered_at: '2029-01-02',
    sort: 'V',
  });
  await inOrg('advance_comments', {
    ...ofEngagement,
    id: randomUUID(),
    item_id: ids['advanceItem'],
    body: word,
    internal: true,
    written_by: 'command',
  });
}
