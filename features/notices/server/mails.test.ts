import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { messaging } from '#features/messaging/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { followUps } from '#features/parties/follow-ups/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { notices, type NoticePreferences } from '../contract.ts';
import { noticeKinds, preferences } from '../kinds.ts';
import { noticesFeature } from './index.ts';

const org = 'test';
const never = preferences.parse(Object.fromEntries(noticeKinds.map((kind) => [kind, 'never'])));
let app: TestApp;
let ann: Person;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
  // Where it is past seven in the morning and not yet midnight for hours to come.
  const zone = new Date().getUTCHours() < 10 ? 'Asia/Tokyo' : 'UTC';
  await app.databases.control.updateTable('organisations').set({ zone }).where('id', '=', app.org.id).execute();
  ann = await addPerson(app, { role: 'staff', name: 'Ann' });
});
afterAll(() => app.stop());

const own = () => createClient(notices, { baseUrl: app.baseUrl, headers: { cookie: ann.cookie } });
const prefer = (mail: Partial<NoticePreferences>) =>
  own().setPreferences({ org, body: { mail: { ...never, ...mail } } });
const outbox = async () => (await app.client(messaging).list({ org, query: { q: ann.email } })).items;

async function tell(kind: string, message: string): Promise<string> {
  const id = uuidv7();
  await app.inTenant((tx) =>
    tx.query('insert into notices (org_id, id, user_id, kind, message, source) values ($1, $2, $3, $4, $5, $6)', [
      app.org.id,
      id,
      ann.userId,
      kind,
      message,
      id,
    ]),
  );
  return id;
}

function run(name: string, payload: object = {}): Promise<void> {
  const task = noticesFeature.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  return runnerOf(app.app.services, task)({ orgId: app.org.id, ...payload }, { job: { id: '1' } });
}

test('nothing is mailed until somebody says so; programs have no notices', async () => {
  expect(await own().getPreferences({ org })).toEqual({ mail: never });
  await tell('released', 'Untold.');
  await run('notices.digest');
  expect(await outbox()).toEqual([]);
  await expect(app.client(notices).setPreferences({ org, body: { mail: never } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('the digest holds what is unread, once a day', async () => {
  await prefer({ released: 'daily' });
  await tell('promoted', 'Not chosen.');
  await tell('released', 'Second.');
  await Promise.all([run('notices.digest'), run('notices.digest')]);
  await tell('released', 'Later.');
  await run('notices.digest');
  const [digest, ...rest] = await outbox();
  expect(rest).toEqual([]);
  const { text, subject } = await app.client(messaging).get({ org, params: { id: digest?.id ?? '' } });
  expect(subject).toBe('Unread notices: 2');
  expect(text).toContain('Untold.\nSecond.');
});

test('a mail leads to what its notice is about: the contact of a follow-up too', async () => {
  await prefer({ follow_up_due: 'now' });
  const { id: partyId } = await app.client(parties).create({ org, body: { name: 'Zoe' } });
  const { id: followUpId } = await app
    .client(followUps)
    .create({ org, body: { partyId, note: 'Offer', dueOn: '2029-05-01', userId: ann.userId } });
  const noticeId = await tell('follow_up_due', 'To follow up with Zoe: Offer');
  await app.inTenant((tx) =>
    tx.query('update notices set follow_up_id = $3 where org_id = $1 and id = $2', [app.org.id, noticeId, followUpId]),
  );
  await run('notices.mail', { noticeId });
  // What the outbox shows leaves out the reader’s own link.
  const [mail] = await app.inTenant((tx) =>
    tx.query<{ text: string }>(
      `select to_jsonb(m)::text as text from messages m where org_id = $1 and kind = 'notice' order by id desc limit 1`,
      [app.org.id],
    ),
  );
  expect(mail?.text).toContain(`/o/test/contacts/${partyId}`);
});

test('one at once goes to its reader, once, and no more when they have left', async () => {
  await prefer({ promoted: 'now' });
  const noticeId = await tell('promoted', 'It moved up.');
  const before = (await outbox()).length;
  await run('notices.mail', { noticeId });
  await run('notices.mail', { noticeId });
  expect(await outbox()).toHaveLength(before + 1);
  const after = await tell('promoted', 'Too late.');
  await app.databases.control.deleteFrom('memberships').where('user_id', '=', ann.userId).execute();
  await run('notices.mail', { noticeId: after });
  expect(await outbox()).toHaveLength(before + 1);
});
