import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { history } from '#features/history/contract.ts';
import { moveOrganisation } from '#platform/db/moving/move.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { notes } from '../contract.ts';
import { readDocument, rootName } from '../document-rules.ts';
import { documentOf } from '../update-rules.ts';
import { notesFeature } from './index.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());

const api = () => app.client(notes);

async function note() {
  const body = { title: 'Gala', startsAt: '2029-05-01T18:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  const show = await app.client(engagements).create({ org, body });
  return api().create({ org, params: { id: show.id }, body: { title: 'Tech' } });
}

async function type(id: string, doc: Y.Doc, text: string): Promise<void> {
  const before = Y.encodeStateVector(doc);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(rootName).push([paragraph]);
  const update = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
  await api().write({ org, params: { id }, body: { update } });
}

async function settle(noteId: string): Promise<void> {
  const task = notesFeature.tasks.find(({ name }) => name === 'notes.settle');
  if (task) await runnerOf(app.app.services, task)({ orgId: app.org.id, noteId }, { job: { id: '1' } });
}

async function words(id: string): Promise<string> {
  const { update } = await api().document({ org, params: { id }, query: {} });
  return readDocument(documentOf([new Uint8Array(Buffer.from(update, 'base64'))])).words;
}

test('a note moves to another database with its document, and is written on there', { timeout: 60_000 }, async () => {
  const { id } = await note();
  const doc = new Y.Doc();
  for (let n = 0; n < 25; n++) await type(id, doc, `line ${n}`);
  await settle(id);
  await type(id, doc, 'beside the state');
  const before = await words(id);
  const home = await app.databases.databaseOf(app.org.id);
  const away = await app.databases.createTenantDatabase({ name: `${home.name}_away`, kind: 'dedicated' });
  const by = { actor: 'command', requestId: 'test' };
  await moveOrganisation(app.databases, {
    organisationId: app.org.id,
    toDatabaseId: away.id,
    by,
    onProgress: () => Promise.resolve(),
  });
  expect(await words(id)).toBe(before);
  await type(id, doc, 'written there');
  expect(await words(id)).toBe(`${before}\nwritten there`);
});

test('as of an instant its words stand as they stood', async () => {
  const { id, engagementId } = await note();
  const doc = new Y.Doc();
  await type(id, doc, 'Before');
  await settle(id);
  await sleep(3);
  const at = new Date().toISOString();
  await sleep(3);
  await type(id, doc, 'After');
  await settle(id);
  const then = await app.client(history).asOf({ org, params: { id: engagementId }, query: { at } });
  expect(then.notes).toEqual([{ id, title: 'Tech', body: 'Before' }]);
  await api().remove({ org, params: { id } });
  await sleep(3);
  const gone = { at: new Date().toISOString() };
  expect((await app.client(history).asOf({ org, params: { id: engagementId }, query: gone })).notes).toEqual([]);
});
