import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { messaging } from '../contract.ts';
import { queueMessage } from './queue-message.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const org = 'test';
const api = () => app.client(messaging, 'manager');
const queue = (dedupeKey: string, email = 'ann@example.com', link?: string) =>
  app.inTenant((tx) =>
    queueMessage(tx, {
      kind: 'notice',
      dedupeKey,
      to: { email, name: 'Ann <b>\r\nBcc: x' },
      variables: { 'person.name': 'Ann', 'notice.text': 'It moved up.' },
      link,
    }),
  );

describe('the outbox', () => {
  test('has a message once, with its reader on one line, and shows it without the reader’s own link', async () => {
    const both = await Promise.all([queue('one', 'ann@example.com', '/o/test/secret-link'), queue('one')]);
    expect(both.toSorted()).toEqual([false, true]);
    await queue('other', 'ben@example.com');
    const { items, total } = await api().list({ org, query: { q: 'ann@', state: ['waiting'] } });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ recipientName: 'Ann <b> Bcc: x', state: 'waiting', attempts: 0 });
    const message = await api().get({ org, params: { id: items[0]?.id ?? '' } });
    expect(message.text).toContain('It moved up.');
    expect(message.html).not.toContain('secret-link');
    expect(message.text).not.toContain('secret-link');
  });

  test('sends nothing again that is on its way', async () => {
    const { items } = await api().list({ org, query: {} });
    await expect(api().sendAgain({ org, params: { id: items[0]?.id ?? '' } })).rejects.toMatchObject({
      code: 'not_sendable',
    });
  });

  test('is for owners and managers', async () => {
    await expect(app.client(messaging, 'staff').list({ org, query: {} })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('wordings', () => {
  test('are the organisation’s, two editors see each other, and reset', async () => {
    const first = { version: 0, subject: 'News, {{person.name}}', body: '{{notice.text}}\n\nYours, the office' };
    const saved = await api().setTemplate({ org, params: { kind: 'notice' }, body: first });
    expect(saved).toMatchObject({ version: 1, subject: first.subject });
    await expect(api().setTemplate({ org, params: { kind: 'notice' }, body: first })).rejects.toMatchObject({
      code: 'version_conflict',
    });
    await queue('worded', 'cat@example.com');
    const { items } = await api().list({ org, query: { q: 'cat@' } });
    expect(items[0]?.subject).toBe('News, Ann');
    await api().resetTemplate({ org, params: { kind: 'notice' } });
    const { items: kinds } = await api().listTemplates({ org });
    expect(kinds.find(({ kind }) => kind === 'notice')).toMatchObject({ version: 0, subject: 'News for you' });
  });

  test.each([
    ['subject', { subject: 'Hi {{nobody}}', body: 'x' }, 'At character 4: There is no {{nobody}} here.'],
    ['body', { subject: 'Hi', body: 'a\nb {{person.email}}' }, 'At line 2, character 3: There is no {{person.email}}'],
    ['body', { subject: 'Hi', body: ' \n' }, 'Write at least one paragraph.'],
    ['subject', { subject: 'Hi\r\nBcc: all@example.com', body: 'x' }, 'Must be one line'],
  ])('with a fault in the %s are refused: %#', async (field, body, message) => {
    await expect(
      api().setTemplate({ org, params: { kind: 'notice' }, body: { version: 0, ...body } }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field, message: expect.stringContaining(message) }],
    });
  });

  test('of no kind are not found', async () => {
    await expect(
      api().setTemplate({ org, params: { kind: 'constructor' }, body: { version: 0, subject: 'a', body: 'b' } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('who gets nothing', () => {
  test('by hand: later messages are kept from them until they are allowed again', async () => {
    const row = await api().suppress({ org, body: { email: 'Dan@Example.com' } });
    expect(row).toMatchObject({ email: 'dan@example.com', kind: null, reason: 'by_hand' });
    await expect(api().suppress({ org, body: { email: 'dan@example.com' } })).rejects.toMatchObject({
      code: 'duplicate',
    });
    await queue('dan', 'DAN@example.com');
    const { items } = await api().list({ org, query: { q: 'dan@' } });
    expect(items[0]?.state).toBe('suppressed');
    const again = () => api().sendAgain({ org, params: { id: items[0]?.id ?? '' } });
    await expect(again()).rejects.toMatchObject({ code: 'not_sendable' });
    await api().allow({ org, params: { id: row.id } });
    await again();
    expect((await api().list({ org, query: { q: 'dan@' } })).items[0]?.state).toBe('waiting');
  });
});

test('who writes is the organisation’s to say, and one line', async () => {
  expect(await api().getSender({ org })).toMatchObject({ name: null, replyTo: null, mailServer: false });
  const set = (name: string) => api().setSender({ org, body: { name, replyTo: 'office@example.com' } });
  expect(await set('The Office')).toMatchObject({ name: 'The Office', replyTo: 'office@example.com' });
  await expect(set('A\nBcc: x')).rejects.toMatchObject({ code: 'invalid_input' });
});
