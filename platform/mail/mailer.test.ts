import { afterAll, beforeAll, expect, test } from 'vitest';
import { pino } from 'pino';
import { cloneDatabases, type TestDatabases } from '../test/databases.ts';
import { startMailServer, type MailServer } from '../test/mail-server.ts';
import { OutboxMailer } from './mailer.ts';

let cloned: TestDatabases;
let smtp: MailServer;
let accepting = true;

beforeAll(async () => {
  smtp = await startMailServer(() => (accepting ? null : new Error('Mailbox busy')));
  cloned = await cloneDatabases(smtp.settings);
});
afterAll(async () => {
  await smtp.close();
  await cloned.databases.close();
});

test('what opens something is gone from the outbox once it is sent', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  const text = 'Open it.\n\nhttps://holdfast.example/invitation?token=s3cret-tok_en\n\nBye';
  await mailer.send({ to: 'link@example.com', subject: 'Join', text });
  await mailer.deliver();
  expect(smtp.letters.pop()).toMatch(/token=3?D?s3cret-tok_en|token=3Ds3cret/);
  const { body } = await cloned.databases.control
    .selectFrom('outgoing_mails')
    .select('body')
    .where('recipient', '=', 'link@example.com')
    .executeTakeFirstOrThrow();
  expect(body).toBe('Open it.\n\nhttps://holdfast.example/invitation?token=…\n\nBye');
});

test('mail goes out over SMTP once; what is refused waits and is tried again', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  await mailer.send({ to: 'ann@example.com', subject: 'Grüße', text: 'Hello Ann' });
  await Promise.all([mailer.deliver(), mailer.deliver()]);
  expect(smtp.letters).toHaveLength(1);
  expect(smtp.letters[0]).toContain('Hello Ann');

  accepting = false;
  await mailer.send({ to: 'ben@example.com', subject: 'Later', text: 'Hello Ben' });
  await mailer.deliver();
  const waiting = await cloned.databases.control
    .selectFrom('outgoing_mails')
    .selectAll()
    .where('recipient', '=', 'ben@example.com')
    .executeTakeFirstOrThrow();
  expect(waiting).toMatchObject({ attempts: 1, sent_at: null, last_error: expect.stringContaining('Mailbox busy') });
  accepting = true;
  await mailer.deliver();
  expect(smtp.letters).toHaveLength(1);
  await cloned.databases.control
    .updateTable('outgoing_mails')
    .set({ next_attempt_at: new Date(0).toISOString() })
    .where('id', '=', waiting.id)
    .execute();
  await mailer.deliver();
  expect(smtp.letters).toHaveLength(2);
});

test('a header that would become two is refused', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  await expect(mailer.send({ to: 'ann@example.com', subject: 'Hi\r\nBcc: all@example.com', text: '' })).rejects.toThrow(
    'one line',
  );
});

test('a mail to be forgotten leaves nothing: not sent, not given up, not where nobody sends mail', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  const rows = () =>
    cloned.databases.control.selectFrom('outgoing_mails').selectAll().where('recipient', 'like', 'gone%').execute();
  await mailer.send({ to: 'gone@example.com', subject: 'Farewell', text: 'Bye', forget: true });
  await mailer.deliver();
  expect(smtp.letters.at(-1)).toContain('Bye');
  expect(await rows()).toEqual([]);

  accepting = false;
  await mailer.send({ to: 'gone@example.com', subject: 'Farewell', text: 'Bye', forget: true });
  for (let attempt = 1; attempt <= 8; attempt++) {
    expect(await rows()).toMatchObject([{ attempts: attempt - 1 }]);
    await cloned.databases.control
      .updateTable('outgoing_mails')
      .set({ next_attempt_at: new Date(0).toISOString() })
      .where('recipient', '=', 'gone@example.com')
      .execute();
    await mailer.deliver();
  }
  expect(await rows()).toEqual([]);
  accepting = true;

  const silent = new OutboxMailer(
    { ...cloned.config, smtpUrl: undefined },
    cloned.databases,
    pino({ level: 'silent' }),
  );
  await silent.send({ to: 'gone@example.com', subject: 'Farewell', text: 'Bye', forget: true });
  expect(await rows()).toEqual([]);
});

test('mails that were sent are kept for thirty days', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  const sent = (days: number) => ({
    id: crypto.randomUUID(),
    recipient: `old-${days}@example.com`,
    subject: 'Old',
    body: 'Old',
    sent_at: new Date(Date.now() - days * 86_400_000).toISOString(),
  });
  const { control } = cloned.databases;
  await control
    .insertInto('outgoing_mails')
    .values([sent(29), sent(31)])
    .execute();
  await mailer.deliver();
  const kept = await control.selectFrom('outgoing_mails').select('recipient').where('subject', '=', 'Old').execute();
  expect(kept).toEqual([{ recipient: 'old-29@example.com' }]);
});
