import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { inquiries } from '#features/intake/inquiries/contract.ts';
import { notices } from '#features/notices/contract.ts';
import { noticesFeature } from '#features/notices/server/index.ts';
import { parties } from '#features/parties/contract.ts';
import { merges } from '#features/parties/merges/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { addDays, today } from '#platform/time/wall-clock.ts';
import { followUps } from '../contract.ts';
import { followUpsFeature } from './index.ts';

const org = 'test';
let app: TestApp;
let ann: Person;
let day: string;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
  // Where it is past seven in the morning and not yet midnight for hours to come.
  const zone = new Date().getUTCHours() < 10 ? 'Asia/Tokyo' : 'UTC';
  await app.databases.control.updateTable('organisations').set({ zone }).where('id', '=', app.org.id).execute();
  ann = await addPerson(app, { role: 'staff', name: 'Ann' });
  day = today(zone);
});
afterAll(() => app.stop());

const own = () => createClient(followUps, { baseUrl: app.baseUrl, headers: { cookie: ann.cookie } });
const bell = () => createClient(notices, { baseUrl: app.baseUrl, headers: { cookie: ann.cookie } }).list({ org });
const newParty = async (name: string) => (await app.client(parties).create({ org, body: { name } })).id;

test('planned, found by whom and by whose, ticked once, and changed by two', async () => {
  const partyId = await newParty('Zoe');
  const made = await own().create({
    org,
    body: { partyId, note: 'Call her', dueOn: '2029-05-01', userId: ann.userId },
  });
  expect(made).toMatchObject({ partyName: 'Zoe', userName: 'Ann', engagementId: null, doneAt: null, version: 1 });
  expect((await own().list({ org, query: { whose: 'mine' } })).items).toEqual([made]);
  expect((await app.client(followUps).list({ org, query: { whose: 'mine' } })).items).toEqual([]);
  expect((await app.client(followUps).list({ org, query: { partyId } })).items).toEqual([made]);

  const moved = await own().change({ org, params: { id: made.id }, body: { version: 1, dueOn: '2029-05-02' } });
  expect(moved).toMatchObject({ dueOn: '2029-05-02', note: 'Call her', version: 2 });
  await expect(
    own().change({ org, params: { id: made.id }, body: { version: 1, dueOn: '2029-05-09' } }),
  ).rejects.toMatchObject({ code: 'version_conflict' });

  const done = await own().setDone({ org, params: { id: made.id }, body: { done: true } });
  expect(await own().setDone({ org, params: { id: made.id }, body: { done: true } })).toEqual(done);
  expect((await own().list({ org, query: { partyId } })).items).toEqual([]);
  expect((await own().list({ org, query: { partyId, state: 'done' } })).items).toEqual([done]);
  await own().setDone({ org, params: { id: made.id }, body: { done: false } });
  await own().remove({ org, params: { id: made.id } });
  await expect(own().remove({ org, params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
});

test('is about something that is there, and for a member', async () => {
  const body = { note: 'Call', dueOn: '2029-05-01' };
  const nowhere = '00000000-0000-4000-8000-000000000000';
  const refused = (fields: object, field: string) =>
    expect(own().create({ org, body: { ...body, ...fields } })).rejects.toMatchObject({
      status: 400,
      fields: [expect.objectContaining({ field })],
    });
  await refused({}, 'partyId');
  await refused({ partyId: nowhere }, 'partyId');
  await refused({ engagementId: nowhere }, 'engagementId');
  await refused({ inquiryId: nowhere }, 'inquiryId');
  await refused({ partyId: await newParty('Bo'), userId: nowhere }, 'userId');
  await refused({ partyId: await newParty('Bo'), dueOn: '2029-02-30' }, 'dueOn');
  const partyId = await newParty('Gone');
  const made = await own().create({ org, body: { ...body, partyId } });
  await expect(
    own().change({ org, params: { id: made.id }, body: { version: 1, partyId: null } }),
  ).rejects.toMatchObject({ status: 400 });
});

test('its member is told on the day, once; moved to another day, once more', async () => {
  const partyId = await newParty('Max');
  const plan = (dueOn: string, fields: object = {}) =>
    own().create({ org, body: { partyId, note: 'Offer', dueOn, userId: ann.userId, ...fields } });
  const due = await plan(day);
  await plan(addDays(day, 1));
  await plan(addDays(day, -30));
  await plan(day, { userId: null });
  await remind();
  await remind();
  expect(await heard()).toEqual(['To follow up with Max: Offer']);
  await own().change({ org, params: { id: due.id }, body: { version: 1, dueOn: addDays(day, -1) } });
  await remind();
  expect(await heard()).toHaveLength(2);
});

test('what was told leads to the contact, also after a merge; to the engagement or the inquiry where it is about one', async () => {
  const led = async (note: string) => {
    const told = (await bell()).items.find(({ message }) => message.endsWith(`: ${note}`));
    return told && { engagementId: told.engagementId, inquiryId: told.inquiryId, partyId: told.partyId };
  };
  const partyId = await newParty('Lee');
  const show = await app.client(engagements).create({
    org,
    body: { title: 'Gala', startsAt: '2031-05-01T18:00:00.000Z', endsAt: '2031-05-01T21:00:00.000Z' },
  });
  const asked = await app.client(inquiries).create({ org, body: { title: 'A ball' } });
  const plan = (note: string, about: object) =>
    own().create({ org, body: { note, dueOn: day, userId: ann.userId, ...about } });
  const alone = await plan('Alone', { partyId });
  await plan('For the show', { partyId, engagementId: show.id });
  await plan('For the inquiry', { inquiryId: asked.id });
  await remind();
  expect(await led('Alone')).toEqual({ engagementId: null, inquiryId: null, partyId });
  expect(await led('For the show')).toEqual({ engagementId: show.id, inquiryId: null, partyId });
  expect(await led('For the inquiry')).toEqual({ engagementId: null, inquiryId: asked.id, partyId: null });
  const survivorId = await newParty('Lee Chan');
  await app
    .client(merges)
    .merge({ org, params: { id: survivorId }, body: { otherId: partyId, version: 1, otherVersion: 1 } });
  expect((await led('Alone'))?.partyId).toBe(survivorId);
  await own().remove({ org, params: { id: alone.id } });
  expect(await led('Alone')).toEqual({ engagementId: null, inquiryId: null, partyId: null });
});

const heard = async () =>
  (await bell()).items.filter(({ kind }) => kind === 'follow_up_due').map(({ message }) => message);

/** What the clock does, and what is told by it. */
async function remind(): Promise<void> {
  await run(followUpsFeature, 'followUps.remind', {});
  const ids = await app.inTenant((tx) =>
    tx.query<{ id: string }>('select id from follow_ups where org_id = $1 and reminded_on = due_on', [app.org.id]),
  );
  await run(noticesFeature, 'notices.onFollowUpDue', { followUpIds: ids.map(({ id }) => id) });
}

async function run(feature: typeof followUpsFeature, name: string, payload: object): Promise<void> {
  const task = feature.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  await runnerOf(app.app.services, task)({ orgId: app.org.id, ...payload }, { job: { id: '1' } });
}
