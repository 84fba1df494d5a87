import { simpleParser, type ParsedMail } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { startMailServer, type MailServer } from '#platform/test/mail-server.ts';
import { messaging, type Message } from '../contract.ts';
import { messagingFeature } from './index.ts';
import { queueMessage } from './queue-message.ts';

const org = 'test';
const received = () => Promise.all(smtp.letters.map((letter) => simpleParser(letter)));
/** What the mail server answers to a reader's address; undefined: it takes the letter. */
let answer: { code: number; message: string } | undefined;
let smtp: MailServer;
let app: TestApp;

beforeAll(async () => {
  smtp = await startMailServer(() =>
    answer ? Object.assign(new Error(answer.message), { responseCode: answer.code }) : null,
  );
  // Without workers: each run of the job is ours.
  app = await startTestApp({ HOLDFAST_ROLES: 'api', ...smtp.settings });
});
afterAll(async () => {
  await app.stop();
  await smtp.close();
});

const api = () => app.client(messaging, 'manager');

async function queue(email: string): Promise<string> {
  await app.inTenant((tx) =>
    queueMessage(tx, {
      kind: 'notice',
      dedupeKey: email,
      to: { email, name: 'Ann, "the" Flute' },
      variables: { 'person.name': 'Ann', 'notice.text': 'It moved <up>.' },
      link: '/o/test/board',
      calendar: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
    }),
  );
  return (await find(email)).id;
}

async function find(email: string): Promise<Message> {
  const { items } = await api().list({ org, query: { q: email } });
  if (!items[0]) throw new Error(`Nothing was written to ${email}.`);
  return items[0];
}

/** The job as the worker runs it. */
function send(messageId: string): Promise<void> {
  const [task] = messagingFeature.tasks;
  if (!task) throw new Error('No task.');
  return runnerOf(app.app.services, task)({ orgId: app.org.id, messageId }, { job: { id: '1' } });
}

const due = (id: string) =>
  app.inTenant((tx) =>
    tx.query('update messages set next_attempt_at = now() where org_id = $1 and id = $2', [app.org.id, id]),
  );

/** Posts to a public address as somebody outside does. */
const post = (url: string, body?: object, type = 'application/json') =>
  fetch(new URL(new URL(url).pathname, app.baseUrl), {
    method: 'POST',
    headers: { 'content-type': type },
    body: body ? JSON.stringify(body) : 'List-Unsubscribe=One-Click',
  });

/** Between the angle brackets of the header, which mailparser shows as a structure. */
function unsubscribeUrl(mail: ParsedMail | undefined): string {
  const line = mail?.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? '';
  return /<([^>]+)>/.exec(line.replaceAll(/\r?\n\s+/g, ''))?.[1] ?? '';
}

test('a message goes out once, however often its job runs, from the organisation to its reader', async () => {
  await api().setSender({ org, body: { name: 'Test, Orchestra', replyTo: 'office@example.com' } });
  const id = await queue('ann@example.com');
  await Promise.all([send(id), send(id)]);
  await send(id);
  expect(smtp.letters).toHaveLength(1);
  const [mail] = await received();
  expect(mail?.from?.value).toEqual([{ name: 'Test, Orchestra', address: 'mail@holdfast.example' }]);
  expect(mail?.replyTo?.text).toBe('office@example.com');
  expect(mail?.subject).toBe('News for you');
  expect(mail?.text).toContain('It moved <up>.');
  expect(mail?.html).toContain('It moved &lt;up&gt;.');
  expect(mail?.html).toContain('/o/test/board"');
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');
  expect(await find('ann@example.com')).toMatchObject({ state: 'sent', attempts: 1, lastError: null });
});

test('the mail program’s button and the page stop a kind of mail, without signing in', async () => {
  const url = unsubscribeUrl((await received())[0]);
  const page = await fetch(new URL(new URL(url).pathname, app.baseUrl));
  expect(await page.json()).toMatchObject({ email: 'a…@example.com', stopped: false });
  expect(
    (
      await post(
        url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        undefined,
        'application/x-www-form-urlencoded',
      )
    ).status,
  ).toBe(404);
  expect((await post(url, undefined, 'application/x-www-form-urlencoded')).status).toBe(204);
  expect((await post(url, undefined, 'application/x-www-form-urlencoded')).status).toBe(204);
  expect((await api().listSuppressed({ org })).items).toMatchObject([
    { email: 'ann@example.com', kind: 'notice', reason: 'unsubscribed' },
  ]);
  await expect(api().sendAgain({ org, params: { id: (await find('ann@')).id } })).rejects.toMatchObject({
    code: 'not_sendable',
  });
});

test('what the server can’t take now is tried again later, with the same Message-ID, and given up after eight tries', async () => {
  const id = await queue('ben@example.com');
  answer = { code: 451, message: 'Mailbox busy' };
  await send(id);
  expect(await find('ben@')).toMatchObject({
    state: 'waiting',
    attempts: 1,
    lastError: expect.stringContaining('busy'),
  });
  await send(id);
  expect((await find('ben@')).attempts).toBe(1);
  for (let attempt = 2; attempt <= 8; attempt++) {
    await due(id);
    await send(id);
  }
  expect(await find('ben@')).toMatchObject({ state: 'failed', attempts: 8, nextAttemptAt: null });
  answer = undefined;
  await api().sendAgain({ org, params: { id } });
  await send(id);
  expect(await find('ben@')).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a worker that died with the letter in its hand is followed by another try', async () => {
  const id = await queue('eve@example.com');
  // As the claim of a worker that was killed leaves it.
  await app.inTenant((tx) =>
    tx.query(`update messages set attempts = 1, message_id = 'first@holdfast.example' where org_id = $1 and id = $2`, [
      app.org.id,
      id,
    ]),
  );
  await due(id);
  await send(id);
  expect((await received()).at(-1)?.messageId).toBe('<first@holdfast.example>');
  expect(await find('eve@')).toMatchObject({ state: 'sent', attempts: 2 });
});

test('an address that isn’t there gets nothing more; a refusal of one letter is only that', async () => {
  answer = { code: 550, message: '5.1.1 No such user' };
  await send(await queue('gone@example.com'));
  expect((await find('gone@')).state).toBe('bounced');
  answer = { code: 550, message: '5.7.1 Looks like spam' };
  await send(await queue('strict@example.com'));
  expect((await find('strict@')).state).toBe('failed');
  answer = undefined;
  const { items } = await api().listSuppressed({ org });
  expect(items.map(({ email, reason }) => [email, reason])).toContainEqual(['gone@example.com', 'bounced']);
  expect(items.map(({ email }) => email)).not.toContain('strict@example.com');
});

test('a mail service reports what came back; the address before ends with a new one', async () => {
  await send(await queue('fay@example.com'));
  const { url: old } = await api().openBounces({ org });
  const { url } = await api().openBounces({ org });
  const events = [
    { type: 'bounce', email: 'FAY@example.com', reason: 'Mailbox full' },
    { type: 'bounce', email: 'stranger@example.com' },
  ];
  expect((await post(old, { events })).status).toBe(404);
  expect((await post(url, { events })).status).toBe(204);
  expect((await post(url, { events })).status).toBe(204);
  expect(await find('fay@')).toMatchObject({ state: 'bounced', lastError: 'Mailbox full' });
  const emails = (await api().listSuppressed({ org })).items.map(({ email }) => email);
  expect(emails).toContain('fay@example.com');
  expect(emails).not.toContain('stranger@example.com');
  expect((await post(url, undefined, 'application/x-www-form-urlencoded')).status).toBe(415);
  await api().closeBounces({ org });
  expect((await post(url, { events })).status).toBe(404);
});
