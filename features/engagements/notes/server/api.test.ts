import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { history } from '#features/history/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { createClient } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { notes, type Visibility } from '../contract.ts';
import { readDocument, rootName } from '../document-rules.ts';
import { documentOf } from '../update-rules.ts';
import { notesFeature } from './index.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());

const api = () => app.client(notes, 'manager');
const staff = () => app.client(notes, 'staff');
const as = <C extends Contract>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytesOf = (update: string) => new Uint8Array(Buffer.from(update, 'base64'));

async function show(title = 'Gala') {
  const body = { title, startsAt: '2029-05-01T18:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  return app.client(engagements).create({ org, body });
}

async function note(visibility: Visibility = 'team', engagementId?: string) {
  const params = { id: engagementId ?? (await show()).id };
  const made = await api().create({ org, params, body: { title: 'Hospitality', visibility } });
  return { ...made, engagement: params, params: { id: made.id } };
}

/** A document with one paragraph more. */
function typed(doc: Y.Doc, text: string): Uint8Array {
  const before = Y.encodeStateVector(doc);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  const root = doc.getXmlFragment(rootName);
  root.insert(root.length, [paragraph]);
  return Y.encodeStateAsUpdate(doc, before);
}

const write = (id: string, update: Uint8Array, after = 0) =>
  api().write({ org, params: { id }, body: { after, update: base64(update) } });

async function wordsOf(id: string, after = 0): Promise<string> {
  const { update } = await api().document({ org, params: { id }, query: { after } });
  return readDocument(documentOf([bytesOf(update)])).words;
}

async function run(name: string, payload: object = {}): Promise<void> {
  const task = notesFeature.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  await runnerOf(app.app.services, task)({ orgId: app.org.id, ...payload }, { job: { id: '1' } });
}

test('notes stand in the order that people give them; a removed one can be restored', async () => {
  const first = await note();
  const { engagement } = first;
  const second = await note('team', engagement.id);
  const third = await note('team', engagement.id);
  const order = async () => (await api().list({ org, params: engagement })).items.map(({ id }) => id);
  expect(await order()).toEqual([first.id, second.id, third.id]);
  await api().move({ org, params: third.params, body: { after: null } });
  await api().move({ org, params: first.params, body: { after: second.id } });
  expect(await order()).toEqual([third.id, second.id, first.id]);
  await expect(api().move({ org, params: first.params, body: { after: nobody } })).rejects.toMatchObject({
    fields: [{ field: 'after' }],
  });
  await write(second.id, typed(new Y.Doc(), 'Keep me'));
  await api().remove({ org, params: second.params });
  expect(await order()).toEqual([third.id, first.id]);
  await expect(api().get({ org, params: second.params })).rejects.toMatchObject({ status: 404 });
  await expect(write(second.id, typed(new Y.Doc(), 'x'))).rejects.toMatchObject({ status: 404 });
  const { items } = await api().listRemoved({ org, params: engagement });
  expect(items).toMatchObject([{ id: second.id }]);
  await api().restore({ org, params: second.params });
  expect(await order()).toEqual([third.id, second.id, first.id]);
  expect(await wordsOf(second.id)).toBe('Keep me');
  await expect(api().restore({ org, params: second.params })).rejects.toMatchObject({ status: 404 });
});

test('many write at once and nothing is lost; who was away gets what they lack', async () => {
  const { id } = await note();
  const writers = Array.from({ length: 6 }, () => new Y.Doc());
  await Promise.all(
    writers.map(async (doc, writer) => {
      let after = 0;
      for (let n = 0; n < 12; n++) {
        const { number, update } = await write(id, typed(doc, `w${writer} l${n}`), after);
        if (update) Y.applyUpdate(doc, bytesOf(update));
        after = number;
      }
    }),
  );
  const lines = (await wordsOf(id)).split('\n');
  expect(lines.toSorted()).toEqual(
    Array.from({ length: 72 }, (_, n) => `w${Math.floor(n / 12)} l${n % 12}`).toSorted(),
  );
  const { number } = await api().document({ org, params: { id }, query: {} });
  expect(number).toBe(72);
  expect(await api().document({ org, params: { id }, query: { after: 72 } })).toEqual({ number: 72, update: '' });
  const late = await api().document({ org, params: { id }, query: { after: 70 } });
  expect(bytesOf(late.update).length).toBeLessThan(600);
  // Somebody whose number the server never gave gets everything.
  expect((await wordsOf(id, 9_000)).split('\n')).toHaveLength(72);
});

test('the same update again changes nothing; one that builds on what isn’t there is told so', async () => {
  const { id } = await note();
  const doc = new Y.Doc();
  const first = typed(doc, 'one');
  const second = typed(doc, 'two');
  await expect(write(id, second)).rejects.toMatchObject({ status: 409, code: 'note_behind' });
  expect(await write(id, first)).toEqual({ number: 1, update: '' });
  expect(await write(id, first, 1)).toEqual({ number: 1, update: '' });
  expect(await write(id, second, 1)).toEqual({ number: 2, update: '' });
  expect(await wordsOf(id)).toBe('one\ntwo');
});

test('updates are put into the state by the job, and the words reach the list and history', async () => {
  const { id, engagement } = await note();
  const doc = new Y.Doc();
  for (let n = 0; n < 130; n++) await write(id, typed(doc, `line ${n}`), n);
  await run('notes.settle', { noteId: id });
  const [beside] = await app.inTenant((tx) =>
    tx.query<{ count: number; state: number }>(
      `select (select count(*)::int from note_updates u where u.org_id = $1 and u.note_id = $2) as count, state_number as state
         from note_documents where org_id = $1 and id = $2`,
      [app.org.id, id],
    ),
  );
  expect(beside).toEqual({ count: 100, state: 130 });
  expect((await wordsOf(id)).split('\n')).toHaveLength(130);
  expect((await wordsOf(id, 5)).split('\n')).toHaveLength(130);
  const { update } = await api().document({ org, params: { id }, query: { after: 100 } });
  Y.applyUpdate(doc, bytesOf(update));
  expect(bytesOf(update).length).toBeLessThan(2_000);
  const [row] = (await api().list({ org, params: engagement })).items;
  expect(row).toMatchObject({ editedByName: 'API key “manager”', excerpt: expect.stringMatching(/^line 0 line 1 /) });
  const { items } = await app.client(history).list({ org, query: { entityId: id } });
  expect(items.map(({ operation }) => operation)).toEqual(['update', 'insert']);
  expect(items[0]).toMatchObject({ actorName: 'API key “manager”', before: { body: '' } });
  expect(JSON.stringify(items[0]?.after)).toContain('line 129');
  // Nothing new: nothing is written.
  await run('notes.settle', { noteId: id });
  expect((await app.client(history).list({ org, query: { entityId: id } })).total).toBe(2);
});

test('what no note may hold is refused, and nothing of it stays', async () => {
  const { id } = await note();
  const hostile = (fill: (doc: Y.Doc) => void) => {
    const doc = new Y.Doc();
    fill(doc);
    return Y.encodeStateAsUpdate(doc);
  };
  const refused = [
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0),
    hostile((doc) => doc.getXmlFragment(rootName).insert(0, [new Y.XmlElement('script')])),
    hostile((doc) => doc.getText('elsewhere').insert(0, 'hidden')),
    hostile((doc) => doc.getMap(rootName).set('x', new Uint8Array(9))),
  ];
  for (const update of refused)
    await expect(write(id, update)).rejects.toMatchObject({ status: 400, fields: [{ field: 'update' }] });
  const link = new Y.Doc();
  const update = typed(link, 'click');
  expect(update.length).toBeGreaterThan(0);
  const paragraph = link.getXmlFragment(rootName).get(0);
  const text: unknown = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
  if (text instanceof Y.XmlText) text.format(0, 5, { link: { href: 'javascript:alert(1)' } });
  await expect(write(id, Y.encodeStateAsUpdate(link))).rejects.toMatchObject({
    message: expect.stringContaining('link'),
  });
  await expect(api().write({ org, params: { id }, body: { update: '<script>' } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const [stored] = await app.inTenant((tx) =>
    tx.query<{ number: number }>('select number from note_documents where org_id = $1 and id = $2', [app.org.id, id]),
  );
  expect(stored?.number).toBe(0);
  await expect(write(id, typed(new Y.Doc(), 'x'.repeat(100_500)))).rejects.toMatchObject({ code: 'note_full' });
});

test('who reads and writes what', async () => {
  const crew = await addPerson(app, { role: 'crew', name: 'Cleo' });
  const { engagement, ...open } = await note('everyone');
  const team = await note('team', engagement.id);
  const secret = await note('managers', engagement.id);
  const theirs = () => as(crew, notes);
  await expect(theirs().list({ org, params: engagement })).rejects.toMatchObject({ status: 404 });
  await expect(theirs().get({ org, params: open.params })).rejects.toMatchObject({ status: 404 });
  const { id: partyId } = await app.client(parties).create({ org, body: { name: 'Cleo' } });
  await app.inTenant((tx) =>
    tx.query('update parties set user_id = $3 where org_id = $1 and id = $2', [app.org.id, partyId, crew.userId]),
  );
  await app.client(engagements).addParty({ org, params: engagement, body: { partyId, role: 'Crew' } });
  expect((await theirs().list({ org, params: engagement })).items.map(({ id }) => id)).toEqual([open.id]);
  expect((await theirs().document({ org, params: open.params, query: {} })).number).toBe(0);
  await expect(theirs().document({ org, params: team.params, query: {} })).rejects.toMatchObject({ status: 404 });
  await expect(
    theirs().write({ org, params: open.params, body: { update: base64(typed(new Y.Doc(), 'x')) } }),
  ).rejects.toMatchObject({ status: 403 });
  expect((await staff().list({ org, params: engagement })).items.map(({ id }) => id)).toEqual([open.id, team.id]);
  await expect(staff().get({ org, params: secret.params })).rejects.toMatchObject({ status: 404 });
  await expect(staff().remove({ org, params: secret.params })).rejects.toMatchObject({ status: 404 });
  await expect(
    staff().change({ org, params: team.params, body: { version: 1, visibility: 'managers' } }),
  ).rejects.toMatchObject({ status: 403, fields: [{ field: 'visibility' }] });
  await api().remove({ org, params: secret.params });
  expect((await staff().listRemoved({ org, params: engagement })).items).toEqual([]);
  await expect(staff().restore({ org, params: secret.params })).rejects.toMatchObject({ status: 404 });
  expect(await staff().change({ org, params: team.params, body: { version: 1, title: 'Tech' } })).toMatchObject({
    title: 'Tech',
    version: 2,
  });
});

function follow(cookie: string) {
  const received: Record<string, unknown>[] = [];
  const socket = new WebSocket(`${app.baseUrl.replace('http', 'ws')}/api/v1/orgs/test/live`, { headers: { cookie } });
  socket.addEventListener('message', ({ data }) => received.push(JSON.parse(String(data)) as Record<string, unknown>));
  const opened = new Promise((resolve) => socket.addEventListener('open', resolve));
  const of = (type: string) => received.filter((one) => one['type'] === type);
  return {
    of,
    async say(message: object) {
      await opened;
      socket.send(JSON.stringify(message));
    },
    close: () => socket.close(),
  };
}

test('who is in a note’s room hears of each update within a second; who may not read it is refused', async () => {
  const ann = await addPerson(app, { role: 'staff', name: 'Ann' });
  const ben = await addPerson(app, { role: 'promoter', name: 'Ben' });
  const { id, params } = await note();
  const [hers, his] = [follow(ann.cookie), follow(ben.cookie)];
  await hers.say({ type: 'enter', room: `notes/${id}`, state: {} });
  await his.say({ type: 'enter', room: `notes/${id}`, state: {} });
  await expect.poll(() => hers.of('room').at(-1)).toMatchObject({ visitors: [{ person: { name: 'Ann' } }] });
  await expect.poll(() => his.of('refused')).toEqual([{ type: 'refused', room: `notes/${id}` }]);
  await hers.say({ type: 'enter', room: `notes/${nobody}`, state: {} });
  await expect.poll(() => hers.of('refused')).toEqual([{ type: 'refused', room: `notes/${nobody}` }]);
  const began = performance.now();
  await write(id, typed(new Y.Doc(), 'Hello'));
  await expect.poll(() => hers.of('told'), { interval: 5 }).toMatchObject([{ data: { number: 1 } }]);
  expect(performance.now() - began).toBeLessThan(1_000);
  // Kept for managers from now on: she is shown out.
  await api().change({ org, params, body: { version: 1, visibility: 'managers' } });
  await expect.poll(() => hers.of('refused').length, { timeout: 10_000 }).toBe(2);
  await write(id, typed(new Y.Doc(), 'Secret'));
  await sleep(300);
  expect(hers.of('told')).toHaveLength(1);
  expect(his.of('told')).toEqual([]);
  hers.close();
  his.close();
}, 20_000);
