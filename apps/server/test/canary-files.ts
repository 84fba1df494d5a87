import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

/** A file of the planted engagement in a folder, and an upload under way. */
export async function plantFiles(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const place = { engagement_id: ids['engagement'], folder_id: ids['folder'] };
  await inOrg('folders', { id: ids['folder'], engagement_id: ids['engagement'], name: word });
  await inOrg('files', { ...place, id: ids['file'], name: `${word}.txt`, shared: true });
  await inOrg('file_versions', {
    id: ids['fileVersion'],
    file_id: ids['file'],
    number: 1,
    size: 8,
    type: 'text/plain',
    object_key: `${org}/${randomUUID()}`,
    state: 'clean',
    problem: word,
    current: true,
    uploaded_by: 'command',
  });
  await inOrg('file_uploads', {
    ...place,
    id: ids['upload'],
    name: `${word}.txt`,
    size: 8,
    object_key: `${org}/${randomUUID()}`,
    started_by: word,
  });
  await inOrg('file_upload_parts', { upload_id: ids['upload'], number: 1, size: 8, tag: word });
}
