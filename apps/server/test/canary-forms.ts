import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

export const formIds = () => ({ form: randomUUID() });

/** A form that was published, and that something was sent to, with a planted file. */
export async function plantForms(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const said = { title: word, intro: word, thanks: word, fields: '[]' };
  await inOrg('forms', { ...said, id: ids['form'], slug: `planted-${org.slice(0, 8)}` });
  await inOrg('form_revisions', {
    ...said,
    id: randomUUID(),
    form_id: ids['form'],
    number: 1,
    published_by: 'command',
    published_at: '2029-01-01',
  });
  await inOrg('form_files', { id: ids['file'], form_id: ids['form'], added_at: '2029-01-01', sent_at: '2029-01-01' });
  await inOrg('form_submissions', {
    id: randomUUID(),
    form_id: ids['form'],
    digest: word,
    inquiry_id: randomUUID(),
    sent_at: '2029-01-01',
  });
}
