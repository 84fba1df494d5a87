import { expect } from 'vitest';
import type { TestApp } from '#apps/server/test/test-app.ts';

/** Mails go to the outbox, and nobody sends them on. */
export const mailSettings = { SMTP_URL: 'smtp://127.0.0.1:9' };

/** Path of the newest link to a page that was mailed to somebody. */
export async function mailedLink({ databases }: TestApp, recipient: string, page: string): Promise<string> {
  const find = async () => {
    const mails = await databases.control
      .selectFrom('outgoing_mails')
      .select('body')
      .where('recipient', '=', recipient)
      .orderBy('id', 'desc')
      .execute();
    const link = mails.map(({ body }) => /https?:\S+token=\S+/.exec(body)?.[0]).find((url) => url?.includes(page));
    return link === undefined ? '' : link.replace(/^https?:\/\/[^/]+/, '');
  };
  await expect.poll(find, { timeout: 10_000 }).not.toBe('');
  return find();
}

/** The newest code that was mailed to somebody. */
export async function mailedCode({ databases }: TestApp, recipient: string): Promise<string> {
  const mail = await databases.control
    .selectFrom('outgoing_mails')
    .select('subject')
    .where('recipient', '=', recipient)
    .where('subject', 'like', '%is your Holdfast code')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return mail.subject.split(' ')[0] ?? '';
}
