import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { notes } from '#features/engagements/notes/contract.ts';
import { notesFeature } from '#features/engagements/notes/server/index.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { notices } from '#features/notices/contract.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { createClient } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { comments } from '../contract.ts';
import type { Subject } from '../subject-kinds.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
let ann: Person;
let ben: Person;
let crew: Person;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
  ann = await addPerson(app, { role: 'manager', name: 'Ann' });
  ben = await addPerson(app, { role: 'staff', name: 'Ben' });
  crew = await addPerson(app, { role: 'crew', name: 'Cleo' });
});
afterAll(() => app.stop());

const as = <C extends Contract>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });

async function stage() {
  const body = { title: 'Gala', startsAt: '2029-05-01T18:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  const show = await app.client(engagements).create({ org, body });
  const note = await app
    .client(notes)
    .create({ org, params: { id: show.id }, body: { title: 'Fees', visibility: 'managers' } });
  const task = await app.client(tasks).create({ org, body: { engagementId: show.id, title: 'Book the van' } });
  return { show, note, task };
}

const say = (person: Person, subject: Subject, subjectId: string, body: string, more: object = {}) =>
  as(person, comments).write({ org, body: { subject, subjectId, body, ...more } });
const listed = async (person: Person, subject: Subject, subjectId: string) =>
  (await as(person, comments).list({ org, query: { subject, subjectId } })).items;
const told = async (person: Person) =>
  (await as(person, notices).list({ org })).items
    .filter(({ kind }) => kind === 'mentioned')
    .map(({ message }) => message);

test('a thread is begun, answered, edited, resolved and opened again', async () => {
  const { show } = await stage();
  const first = await say(ann, 'engagements', show.id, '  Who drives?  ');
  expect(first).toMatchObject({ body: 'Who drives?', writtenByName: 'Ann', mine: true, engagementId: show.id });
  const answer = await say(ben, 'engagements', show.id, 'I do.', { parentId: first.id });
  expect((await listed(ann, 'engagements', show.id)).map(({ body, mine }) => [body, mine])).toEqual([
    ['Who drives?', true],
    ['I do.', false],
  ]);
  const edit = { org, params: { id: answer.id }, body: { version: 1, body: 'I do not.' } };
  await expect(as(ann, comments).change(edit)).rejects.toMatchObject({ status: 403 });
  expect(await as(ben, comments).change(edit)).toMatchObject({ body: 'I do not.', editedAt: expect.any(String) });
  const resolve = (id: string, resolved: boolean) =>
    as(ben, comments).setResolved({ org, params: { id }, body: { resolved } });
  expect(await resolve(first.id, true)).toMatchObject({ resolvedByName: 'Ben' });
  expect(await as(ann, comments).countOpen({ org, params: { id: show.id } })).toEqual({ items: [] });
  expect(await resolve(first.id, false)).toMatchObject({ resolvedAt: null, resolvedByName: null });
  await expect(resolve(answer.id, true)).rejects.toMatchObject({ fields: [{ field: 'resolved' }] });
  await expect(as(ann, comments).remove({ org, params: { id: first.id } })).rejects.toMatchObject({ code: 'in_use' });
  await expect(as(ann, comments).remove({ org, params: { id: answer.id } })).rejects.toMatchObject({ status: 403 });
  await as(ben, comments).remove({ org, params: { id: answer.id } });
  await as(ann, comments).remove({ org, params: { id: first.id } });
  expect(await listed(ann, 'engagements', show.id)).toEqual([]);
});

test('an answer belongs to a thread of the same thing', async () => {
  const { show, task } = await stage();
  const thread = await say(ann, 'engagements', show.id, 'Here');
  await expect(say(ann, 'tasks', task.id, 'There', { parentId: thread.id })).rejects.toMatchObject({
    fields: [{ field: 'parentId' }],
  });
  const answer = await say(ann, 'engagements', show.id, 'Yes', { parentId: thread.id });
  await expect(say(ann, 'engagements', show.id, 'Deeper', { parentId: answer.id })).rejects.toMatchObject({
    fields: [{ field: 'parentId' }],
  });
  await expect(say(ann, 'engagements', show.id, '   ')).rejects.toMatchObject({ fields: [{ field: 'body' }] });
  await expect(say(ann, 'engagements', nobody, 'x')).rejects.toMatchObject({ status: 404 });
});

test('who doesn’t see a thing sees nothing of what is said about it', async () => {
  const { show, note, task } = await stage();
  const secret = await say(ann, 'notes', note.id, 'Ten thousand');
  await say(ben, 'tasks', task.id, 'Diesel, please');
  await expect(listed(ben, 'notes', note.id)).rejects.toMatchObject({ status: 404 });
  await expect(say(ben, 'notes', note.id, 'x')).rejects.toMatchObject({ status: 404 });
  const params = { id: secret.id };
  const resolve = as(ben, comments).setResolved({ org, params, body: { resolved: true } });
  await expect(resolve).rejects.toMatchObject({ status: 404 });
  await expect(listed(crew, 'engagements', show.id)).rejects.toMatchObject({ status: 403 });
  const count = async (person: Person) =>
    (await as(person, comments).countOpen({ org, params: { id: show.id } })).items.map(({ subject }) => subject);
  expect(await count(ann)).toEqual(['notes', 'tasks']);
  expect(await count(ben)).toEqual(['tasks']);
  // With the task goes what was said about it.
  await app.client(tasks).remove({ org, params: { id: task.id } });
  expect(await count(ben)).toEqual([]);
});

test('who is mentioned is told once, and nobody of what they may not see', async () => {
  const { show, note } = await stage();
  const readers = async (subject: Subject, subjectId: string) =>
    (await as(ann, comments).listReaders({ org, query: { subject, subjectId } })).items.map(({ name }) => name);
  expect(await readers('engagements', show.id)).toEqual(['Ann', 'Ben']);
  expect(await readers('notes', note.id)).toEqual(['Ann']);
  const mentioned = [ben.userId];
  await expect(say(ann, 'notes', note.id, '@Ben look', { mentioned })).rejects.toMatchObject({
    fields: [{ field: 'mentioned' }],
  });
  await expect(say(ann, 'engagements', show.id, '@Cleo look', { mentioned: [crew.userId] })).rejects.toMatchObject({
    fields: [{ field: 'mentioned' }],
  });
  await expect(say(ann, 'engagements', show.id, '@x', { mentioned: [nobody] })).rejects.toMatchObject({
    fields: [{ field: 'mentioned' }],
  });
  const before = (await told(ben)).length;
  const { id } = await say(ann, 'engagements', show.id, '@Ben @Ann look', { mentioned: [ben.userId, ann.userId] });
  await expect.poll(async () => (await told(ben)).length, { timeout: 8_000 }).toBe(before + 1);
  expect((await told(ben))[0]).toBe('Ann mentions you in Gala.');
  await as(ann, comments).change({ org, params: { id }, body: { version: 1, body: '@Ben look again', mentioned } });
  await say(ann, 'engagements', show.id, 'And here, @Ben', { mentioned });
  await expect.poll(async () => (await told(ben)).length, { timeout: 8_000 }).toBe(before + 2);
  expect(await told(ann)).toEqual([]);
});

test('who is mentioned in a note is told once, if they may read it', async () => {
  const { show } = await stage();
  const body = { title: 'Parking' };
  const { id: noteId } = await app.client(notes).create({ org, params: { id: show.id }, body });
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  doc.getXmlFragment('text').push([paragraph]);
  for (const { userId } of [ben, crew, { userId: 'nobody' }]) {
    const mention = new Y.XmlElement('mention');
    mention.setAttribute('id', userId);
    mention.setAttribute('label', 'Somebody');
    paragraph.push([mention]);
  }
  const write = () =>
    as(ann, notes).write({
      org,
      params: { id: noteId },
      body: { update: Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64') },
    });
  const settle = notesFeature.tasks.find(({ name }) => name === 'notes.settle');
  if (!settle) throw new Error('There is no such task.');
  const run = () => runnerOf(app.app.services, settle)({ orgId: app.org.id, noteId }, { job: { id: '1' } });
  const message = 'Ann mentions you in “Parking” for Gala.';
  const times = async (person: Person) => (await told(person)).filter((one) => one === message).length;
  await write();
  await run();
  await expect.poll(() => times(ben), { timeout: 8_000 }).toBe(1);
  paragraph.push([new Y.XmlText('more')]);
  await write();
  await run();
  const later = await say(ann, 'engagements', show.id, 'Last, @Ben', { mentioned: [ben.userId] });
  await expect.poll(() => told(ben), { timeout: 8_000 }).toContain('Ann mentions you in Gala.');
  expect(later.mentioned).toEqual([ben.userId]);
  expect([await times(ben), await times(crew)]).toEqual([1, 0]);
});
