import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createUser } from './commands.ts';
import { TestBrowser } from './test/test-browser.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_SIGN_UP: 'open' });
});
afterAll(() => app.stop());
beforeEach(() => app.databases.control.deleteFrom('auth_rate_limits').execute());

const password = 'correct horse battery';
let people = 0;

async function somebody() {
  const email = `person${++people}@example.com`;
  const userId = await createUser(app.databases.control, { name: `Person ${people}`, email, password });
  return { email, userId };
}

const anybody = () => new TestBrowser(app.baseUrl);

async function mailsTo(email: string) {
  return app.databases.control
    .selectFrom('outgoing_mails')
    .select(['subject', 'body'])
    .where('recipient', '=', email)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

async function tokenFor(email: string): Promise<string> {
  const [newest] = await mailsTo(email);
  return decodeURIComponent(/token=(\S+)/.exec(newest?.body ?? '')?.[1] ?? '');
}

async function sessionsOf(userId: string): Promise<number> {
  const rows = await app.databases.control.selectFrom('sessions').select('id').where('user_id', '=', userId).execute();
  return rows.length;
}

const won = (tries: PromiseSettledResult<unknown>[]) => tries.filter(({ status }) => status === 'fulfilled').length;

test('a link is mailed to users only, is kept hashed, survives ten scanners, and makes one session of 50', async () => {
  const { email, userId } = await somebody();
  await anybody().signIn.requestLink({ body: { email: email.toUpperCase() } });
  await anybody().signIn.requestLink({ body: { email: 'nobody@example.com' } });
  expect(await mailsTo('nobody@example.com')).toEqual([]);
  const token = await tokenFor(email);
  const kept = await app.databases.control.selectFrom('mailed_tokens').selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain(token);
  for (let n = 0; n < 10; n++) await fetch(`${app.baseUrl}/sign-in/link?token=${token}`);
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, () => anybody().signIn.useLink({ body: { token } })),
  );
  expect(won(tries)).toBe(1);
  expect(await sessionsOf(userId)).toBe(1);
  await expect(anybody().signIn.useLink({ body: { token } })).rejects.toMatchObject({ status: 410 });
});

test('a link is over after its minutes, and for no other purpose', async () => {
  const { email } = await somebody();
  await anybody().signIn.requestLink({ body: { email } });
  const token = await tokenFor(email);
  await expect(anybody().signIn.useReset({ body: { token, password } })).rejects.toMatchObject({
    code: 'link_invalid',
  });
  await app.databases.control
    .updateTable('mailed_tokens')
    .set({ expires_at: new Date(Date.now() - 1_000).toISOString() })
    .where('email', '=', email)
    .execute();
  await expect(anybody().signIn.useLink({ body: { token } })).rejects.toMatchObject({ code: 'link_invalid' });
});

test('a new password by a mailed link ends all sessions and all other links; 50 uses make one session', async () => {
  const { email, userId } = await somebody();
  const before = anybody();
  await before.signIn.password({ body: { email, password } });
  await anybody().signIn.requestLink({ body: { email } });
  const signInToken = await tokenFor(email);
  await anybody().signIn.requestReset({ body: { email } });
  const token = await tokenFor(email);
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, (_, n) => anybody().signIn.useReset({ body: { token, password: `new password ${n}` } })),
  );
  expect(won(tries)).toBe(1);
  expect(await sessionsOf(userId)).toBe(1);
  await expect(before.identity.me({})).rejects.toMatchObject({ status: 401 });
  await expect(anybody().signIn.useLink({ body: { token: signInToken } })).rejects.toMatchObject({ status: 410 });
  await expect(anybody().signIn.password({ body: { email, password } })).rejects.toMatchObject({ status: 401 });
  const winner = tries.findIndex(({ status }) => status === 'fulfilled');
  await anybody().signIn.password({ body: { email, password: `new password ${winner}` } });
  expect((await mailsTo(email)).map(({ subject }) => subject)).toContain('Your Holdfast password was changed');
});

test('signing up: by a mailed link, once; an address that has an account is told so by mail only', async () => {
  const { email: known } = await somebody();
  const fresh = 'Newcomer@Example.com';
  const answers = await Promise.all([fresh, known].map((email) => anybody().signIn.signUp({ body: { email } })));
  expect(answers[0]).toEqual(answers[1]);
  expect((await mailsTo(known))[0]).toMatchObject({ subject: 'You have a Holdfast account' });
  const token = await tokenFor('newcomer@example.com');
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, () => anybody().signIn.useSignUp({ body: { token, name: 'New', password } })),
  );
  expect(won(tries)).toBe(1);
  const browser = anybody();
  await browser.signIn.password({ body: { email: fresh, password } });
  expect(await browser.identity.me({})).toMatchObject({
    user: { email: 'newcomer@example.com', operator: false },
    organisations: [],
  });
});

test('an installation by invitation makes no accounts for strangers', async () => {
  const closed = await startTestApp();
  try {
    const browser = new TestBrowser(closed.baseUrl);
    await expect(browser.signIn.signUp({ body: { email: 'a@example.com' } })).rejects.toMatchObject({
      code: 'sign_up_closed',
    });
    expect(await browser.identity.installation({})).toMatchObject({ signUp: false, providers: [] });
  } finally {
    await closed.stop();
  }
});

test('a new address is confirmed from its own mailbox; the old one is told, and its links are over', async () => {
  const { email } = await somebody();
  const { email: taken } = await somebody();
  const browser = anybody();
  await browser.signIn.password({ body: { email, password } });
  await anybody().signIn.requestLink({ body: { email } });
  const oldLink = await tokenFor(email);
  await browser.account.changeEmail({ body: { email: 'moved@example.com' } });
  await browser.account.changeEmail({ body: { email: taken } });
  expect(await mailsTo(taken)).toEqual([]);
  expect((await browser.identity.me({})).user?.email).toBe(email);
  await anybody().signIn.useEmailChange({ body: { token: await tokenFor('moved@example.com') } });
  expect((await browser.identity.me({})).user?.email).toBe('moved@example.com');
  expect((await mailsTo(email))[0]?.subject).toBe('The address of your Holdfast account was changed');
  await expect(anybody().signIn.useLink({ body: { token: oldLink } })).rejects.toMatchObject({ status: 410 });
  await anybody().signIn.password({ body: { email: 'moved@example.com', password } });
});

test('mails to one mailbox are few, whoever asks', async () => {
  const { email } = await somebody();
  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, () => anybody().signIn.requestLink({ body: { email } })),
  );
  expect(won(answers)).toBe(5);
  const unknown = await Promise.allSettled(
    Array.from({ length: 8 }, () => anybody().signIn.requestReset({ body: { email: 'unknown@example.com' } })),
  );
  expect(won(unknown)).toBeLessThanOrEqual(5);
  expect(await mailsTo(email)).toHaveLength(5);
});
