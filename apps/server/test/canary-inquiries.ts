import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

/** An inquiry for which a hold of the planted ones stands, what was said about it, and a decision. */
export async function plantInquiries(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const ofInquiry = { inquiry_id: ids['inquiry'] };
  await inOrg('inquiries', {
    id: ids['inquiry'],
    source: 'mail',
    title: word,
    contact_name: word,
    company: word,
    email: `${word.toLowerCase()}@example.com`,
    phone: word,
    message: word,
    labels: [word],
    state: 'hold',
    received_at: '2029-01-01',
  });
  await inOrg('inquiry_decisions', {
    ...ofInquiry,
    id: randomUUID(),
    from_state: 'new',
    to_state: 'hold',
    reason: word,
    decided_by: 'command',
    decided_at: '2029-01-01',
  });
  await inOrg('inquiry_messages', {
    ...ofInquiry,
    id: randomUUID(),
    kind: 'note',
    body: word,
    written_by: 'command',
    written_at: '2029-01-01',
  });
  await inOrg('inquiry_claims', { ...ofInquiry, id: randomUUID(), claim_id: ids['hold'] });
  await inOrg('inquiry_watchers', { id: randomUUID(), user_id: randomUUID(), watching: true });
}
