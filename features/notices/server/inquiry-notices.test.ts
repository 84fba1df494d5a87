import { afterAll, beforeAll, expect, test } from 'vitest';
import { inquiryWorld } from '#apps/server/test/inquiry-world.ts';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { inquiries } from '#features/intake/inquiries/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { notices } from '../contract.ts';
import { noticesFeature } from './index.ts';

const org = 'test';
let app: TestApp;
let ann: Person;
let staff: Person;
let crew: Person;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
  ann = await addPerson(app, { role: 'manager', name: 'Ann' });
  staff = await addPerson(app, { role: 'staff', name: 'Stan' });
  crew = await addPerson(app, { role: 'crew', name: 'Cleo' });
});
afterAll(() => app.stop());

const { received } = inquiryWorld(() => app);
const as = ({ cookie }: Person) => ({ baseUrl: app.baseUrl, headers: { cookie } });

/** What stands under somebody’s bell about an inquiry. */
async function heard(person: Person, inquiryId: string): Promise<string[]> {
  const { items } = await createClient(notices, as(person)).list({ org });
  return items.filter((notice) => notice.inquiryId === inquiryId).map(({ message }) => message);
}

async function run(name: string, payload: object): Promise<void> {
  const task = noticesFeature.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  const job = runnerOf(app.app.services, task);
  // A job may run twice.
  for (let time = 0; time < 2; time++) await job({ orgId: app.org.id, ...payload }, { job: { id: '1' } });
}

test('a new one is told to those who watch the inbox, and to nobody who may not open it', async () => {
  const { id } = await received({ contactName: 'Petra' });
  await run('notices.onInquiryReceived', { inquiryId: id, by: 'token:form' });
  expect(await heard(ann, id)).toEqual(['New from Petra: Summer party.']);
  expect([await heard(staff, id), await heard(crew, id)]).toEqual([[], []]);
  await createClient(inquiries, as(staff)).setWatching({ org, body: { watching: true } });
  await createClient(inquiries, as(ann)).setWatching({ org, body: { watching: false } });
  const second = await received();
  await run('notices.onInquiryReceived', { inquiryId: second.id, by: '' });
  expect([await heard(ann, second.id), (await heard(staff, second.id)).length]).toEqual([[], 1]);
  const entered = await received();
  await run('notices.onInquiryReceived', { inquiryId: entered.id, by: `user:${staff.userId}` });
  expect(await heard(staff, entered.id)).toEqual([]);
});

test('who sees to it hears of it, and of what its sender writes', async () => {
  const { id, params } = await received({ contactName: 'Petra' });
  const { inquiry } = await app.client(inquiries).get({ org, params });
  const body = { version: inquiry.version, assigneeUserId: ann.userId };
  await app.client(inquiries).change({ org, params, body });
  await run('notices.onInquiryAssigned', { inquiryId: id, userId: ann.userId, by: `user:${staff.userId}` });
  await run('notices.onInquiryAnswered', { inquiryId: id, withdrawn: false });
  await run('notices.onInquiryAnswered', { inquiryId: id, withdrawn: true });
  expect((await heard(ann, id)).toSorted()).toEqual([
    'Petra has taken “Summer party” back.',
    'Petra has written about “Summer party”.',
    '“Summer party” is yours to see to.',
  ]);
  expect(await heard(staff, id)).toEqual([]);
});

test('nobody hears of one that they may not open, although it is theirs to see to', async () => {
  const { id, params } = await received({ contactName: 'Petra' });
  await createClient(inquiries, as(ann)).setWatching({ org, body: { watching: true } });
  const { inquiry } = await app.client(inquiries).get({ org, params });
  const body = { version: inquiry.version, assigneeUserId: crew.userId };
  await app.client(inquiries).change({ org, params, body });
  await run('notices.onInquiryAssigned', { inquiryId: id, userId: crew.userId, by: '' });
  await run('notices.onInquiryAnswered', { inquiryId: id, withdrawn: false });
  expect([await heard(crew, id), await heard(ann, id)]).toEqual([[], ['Petra has written about “Summer party”.']]);
});
