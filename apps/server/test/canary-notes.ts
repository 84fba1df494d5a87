import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import * as Y from 'yjs';
import { insert, type Row } from './canaries.ts';

export const noteIds = () => ({
  note: randomUUID(),
  removedNote: randomUUID(),
  comment: randomUUID(),
  reply: randomUUID(),
});

/** Notes of the planted engagement, one of them removed, and what is said about it. */
export async function plantNotes(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const ofEngagement = { engagement_id: ids['engagement'] };
  const written = { ...ofEngagement, title: word, body: word, visibility: 'everyone' };
  await inOrg('notes', { ...written, id: ids['note'], sort: 'V' });
  const removal = { removed_at: '2026-01-01T00:00:00Z', removed_by: 'command' };
  await inOrg('notes', { ...written, ...removal, id: ids['removedNote'], sort: 'W' });
  const content = Buffer.from(documentSaying(word));
  const document = { state: content, state_number: 0, number: 1 };
  await inOrg('note_documents', { ...document, id: ids['note'] });
  await inOrg('note_documents', { ...document, id: ids['removedNote'] });
  await inOrg('note_updates', { note_id: ids['note'], number: 1, content });
  const said = { ...ofEngagement, subject: 'engagements', subject_id: ids['engagement'], body: word };
  await inOrg('comments', { ...said, id: ids['comment'], written_by: 'command' });
  await inOrg('comments', { ...said, id: ids['reply'], parent_id: ids['comment'], written_by: 'command' });
}

function documentSaying(word: string): Uint8Array {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(word)]);
  doc.getXmlFragment('text').insert(0, [paragraph]);
  return Y.encodeStateAsUpdate(doc);
}
