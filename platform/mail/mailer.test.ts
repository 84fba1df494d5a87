import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMTPServer } from 'smtp-server';
import { pino } from 'pino';
import { cloneDatabases, type TestDatabases } from '../test/databases.ts';
import { OutboxMailer } from './mailer.ts';

let cloned: TestDatabases;
let smtp: SMTPServer;
let accepting = true;
const received: string[] = [];

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) => done(accepting ? null : new Error('Mailbox busy')),
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const address = smtp.server.address();
  if (!address || typeof address === 'string') throw new Error('No port.');
  cloned = await cloneDatabases({ SMTP_URL: `smtp://127.0.0.1:${address.port}` });
});
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await cloned.databases.close();
});

test('mail goes out over SMTP once; what is refused waits and is tried again', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  await mailer.send({ to: 'ann@example.com', subject: 'Grüße', text: 'Hello Ann' });
  await Promise.all([mailer.deliver(), mailer.deliver()]);
  expect(received).toHaveLength(1);
  expect(received[0]).toContain('Hello Ann');

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
  expect(received).toHaveLength(1);
  await cloned.databases.control
    .updateTable('outgoing_mails')
    .set({ next_attempt_at: new Date(0).toISOString() })
    .where('id', '=', waiting.id)
    .execute();
  await mailer.deliver();
  expect(received).toHaveLength(2);
});

test('a header that would become two is refused', async () => {
  const mailer = new OutboxMailer(cloned.config, cloned.databases, pino({ level: 'silent' }));
  await expect(mailer.send({ to: 'ann@example.com', subject: 'Hi\r\nBcc: all@example.com', text: '' })).rejects.toThrow(
    'one line',
  );
});
