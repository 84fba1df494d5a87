import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createUser } from './commands.ts';
import { SoftAuthenticator } from './test/soft-authenticator.ts';
import { TestBrowser } from './test/test-browser.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_URL: 'https://holdfast.example' });
});
afterAll(() => app.stop());
beforeEach(() => app.databases.control.deleteFrom('auth_rate_limits').execute());

const origin = 'https://holdfast.example';
const password = 'correct horse battery';
let people = 0;

const anybody = () => new TestBrowser(app.baseUrl);

async function somebody() {
  const email = `person${++people}@example.com`;
  const userId = await createUser(app.databases.control, { name: `Person ${people}`, email, password });
  const browser = anybody();
  await browser.signIn.password({ body: { email, password } });
  return { email, userId, browser };
}

async function withPasskey(key = new SoftAuthenticator(origin)) {
  const person = await somebody();
  const { options } = await person.browser.account.startPasskey({});
  const made = await person.browser.account.addPasskey({ body: { name: 'Laptop', response: key.create(options) } });
  return { ...person, key, made };
}

async function signInWith(key: SoftAuthenticator, browser = anybody(), counter?: number) {
  const { options } = await browser.signIn.startPasskey({});
  const response = key.get(options, counter);
  return { browser, response, answer: await browser.signIn.passkey({ body: { response } }) };
}

const refusedAs = (code: string) => expect.objectContaining({ code });

test('a passkey finds its user by itself, is a second factor, and its user hears of it', async () => {
  const { email, userId, browser, key, made } = await withPasskey();
  expect(made).toMatchObject({ name: 'Laptop', backedUp: false, lastUsedAt: null });
  expect(await browser.identity.me({})).toMatchObject({ session: { factor: 'passkey', factors: ['passkey'] } });
  const { browser: other, answer } = await signInWith(key);
  expect(answer).toEqual({ pending: false });
  expect(await other.identity.me({})).toMatchObject({
    user: { id: userId },
    session: { way: 'passkey', factor: 'passkey' },
  });
  const mails = await app.databases.control
    .selectFrom('outgoing_mails')
    .select('subject')
    .where('recipient', '=', email)
    .execute();
  expect(mails.map(({ subject }) => subject)).toContain('A passkey was added to your Holdfast account');
});

test('options ask for a key that stays and verifies its holder', async () => {
  const { browser } = await somebody();
  expect(await browser.account.startPasskey({})).toMatchObject({
    options: {
      rp: { id: 'holdfast.example' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    },
  });
  expect(await anybody().signIn.startPasskey({})).toMatchObject({
    options: { rpId: 'holdfast.example', userVerification: 'required' },
  });
});

test('a challenge works once, in the browser that asked for it, and of many at once for one', async () => {
  const { key } = await withPasskey();
  const { browser, response } = await signInWith(key);
  await expect(browser.signIn.passkey({ body: { response } })).rejects.toMatchObject({ code: 'passkey_refused' });
  const mine = anybody();
  const { options } = await mine.signIn.startPasskey({});
  const answer = key.get(options);
  const thief = anybody();
  await thief.signIn.startPasskey({});
  await expect(thief.signIn.passkey({ body: { response: answer } })).rejects.toMatchObject({ code: 'passkey_refused' });
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => mine.copy().signIn.passkey({ body: { response: answer } })),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a counter that does not grow is that of a copy; one that is not kept stays at 0', async () => {
  const { key } = await withPasskey();
  await signInWith(key, anybody(), 9);
  for (const counter of [9, 8, 0])
    await expect(signInWith(key, anybody(), counter)).rejects.toEqual(refusedAs('passkey_refused'));
  await signInWith(key, anybody(), 10);
  const { key: cloud } = await withPasskey();
  await signInWith(cloud, anybody(), 0);
  await signInWith(cloud, anybody(), 0);
});

test('refused: another site, no verified holder, a broken signature, an unknown key, another user’s handle', async () => {
  const { key } = await withPasskey();
  key.verifies = false;
  await expect(signInWith(key)).rejects.toEqual(refusedAs('passkey_refused'));
  key.verifies = true;
  const phished = await withPasskey();
  Object.assign(phished.key, { origin: 'https://holdfast.example.evil' });
  await expect(signInWith(phished.key)).rejects.toEqual(refusedAs('passkey_refused'));
  await expect(signInWith(new SoftAuthenticator(origin))).rejects.toEqual(refusedAs('passkey_refused'));
  const browser = anybody();
  const { options } = await browser.signIn.startPasskey({});
  const response = key.get(options);
  const broken = { ...response, response: { ...response.response, signature: 'MEUCIQ' } };
  await expect(browser.signIn.passkey({ body: { response: broken } })).rejects.toEqual(refusedAs('passkey_refused'));
  const again = await browser.signIn.startPasskey({});
  const other = key.get(again.options);
  const misnamed = { ...other, response: { ...other.response, userHandle: 'AAAA' } };
  await expect(browser.signIn.passkey({ body: { response: misnamed } })).rejects.toEqual(refusedAs('passkey_refused'));
});

test('making one: with a verified holder, from here, once, and by the one who began', async () => {
  const { browser } = await somebody();
  const { options } = await browser.account.startPasskey({});
  const careless = new SoftAuthenticator(origin);
  careless.verifies = false;
  const add = (key: SoftAuthenticator, of: unknown, by = browser) =>
    by.account.addPasskey({ body: { name: 'Key', response: key.create(of) } });
  await expect(add(careless, options)).rejects.toEqual(refusedAs('passkey_refused'));
  await expect(add(new SoftAuthenticator(origin), options)).rejects.toEqual(refusedAs('passkey_refused'));
  const foreign = await browser.account.startPasskey({});
  await expect(add(new SoftAuthenticator('https://evil.example'), foreign.options)).rejects.toEqual(
    refusedAs('passkey_refused'),
  );
  const { browser: other } = await somebody();
  const mine = await browser.account.startPasskey({});
  const flow = [...browser.cookies].find(([name]) => name.includes('new_passkey'));
  other.cookies.set(flow?.[0] ?? '', flow?.[1] ?? '');
  await expect(add(new SoftAuthenticator(origin), mine.options, other)).rejects.toEqual(refusedAs('passkey_refused'));
});

test('renamed and removed by its owner alone; a removed one signs nobody in, its devices are signed out', async () => {
  const { browser, key, made } = await withPasskey();
  const { browser: stranger } = await somebody();
  const params = { id: made.id };
  await expect(stranger.account.renamePasskey({ params, body: { name: 'Mine' } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(stranger.account.removePasskey({ params })).rejects.toMatchObject({ status: 404 });
  expect(await browser.account.renamePasskey({ params, body: { name: 'Old laptop' } })).toMatchObject({
    name: 'Old laptop',
  });
  const { browser: there } = await signInWith(key);
  await browser.account.removePasskey({ params });
  await expect(there.identity.me({})).rejects.toMatchObject({ status: 401 });
  await expect(signInWith(key)).rejects.toEqual(refusedAs('passkey_refused'));
  expect(await browser.identity.me({})).toMatchObject({ session: { factor: null } });
});

test('stepping up with one’s own passkey; another user’s doesn’t fit', async () => {
  const { browser, key, userId } = await withPasskey();
  const { key: other } = await withPasskey();
  const stepUp = async (by: SoftAuthenticator) => {
    const { options } = await browser.signIn.startStepUpPasskey({});
    return browser.signIn.stepUp({ body: { by: 'passkey', response: by.get(options) } });
  };
  await app.databases.control
    .updateTable('sessions')
    .set({ proved_at: new Date(0).toISOString() })
    .where('user_id', '=', userId)
    .execute();
  app.app.services.authenticator.forget();
  await expect(browser.account.startPasskey({})).rejects.toEqual(refusedAs('step_up_required'));
  await expect(stepUp(other)).rejects.toEqual(refusedAs('passkey_refused'));
  await stepUp(key);
  await browser.account.startPasskey({});
});

test('the owner of one account with the cookie of another does not step it up by their own passkey', async () => {
  const victim = await somebody();
  const thief = await withPasskey();
  const { options } = await thief.browser.signIn.startStepUpPasskey({});
  const stolen = victim.browser.copy();
  for (const [name, value] of thief.browser.cookies)
    if (name.includes('step_up_passkey')) stolen.cookies.set(name, value);
  await expect(stolen.signIn.stepUp({ body: { by: 'passkey', response: thief.key.get(options) } })).rejects.toEqual(
    refusedAs('passkey_refused'),
  );
  expect(await victim.browser.identity.me({})).toMatchObject({ session: { factor: null } });
});

test('who has a passkey changes factors only in a session that passed one: the password alone makes none', async () => {
  const { email, key, made } = await withPasskey();
  const guessed = anybody();
  await guessed.signIn.password({ body: { email, password } });
  await guessed.signIn.stepUp({ body: { by: 'password', password } });
  for (const change of [
    () => guessed.account.startTotp({}),
    () => guessed.account.confirmTotp({ body: { code: '123456' } }),
    () => guessed.account.startPasskey({}),
    () => guessed.account.removePasskey({ params: { id: made.id } }),
  ])
    await expect(change()).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('passkey') });
  const { browser } = await signInWith(key);
  await browser.account.startTotp({});
});

test('on the machine itself any port will do, as the one of the development server', async () => {
  const local = await startTestApp();
  try {
    const here = local.baseUrl.replace('127.0.0.1', 'localhost');
    await createUser(local.databases.control, { name: 'Dev', email: 'dev@example.com', password });
    const browser = new TestBrowser(here);
    await browser.signIn.password({ body: { email: 'dev@example.com', password } });
    const { options } = await browser.account.startPasskey({});
    const key = new SoftAuthenticator(here);
    await browser.account.addPasskey({ body: { name: 'Key', response: key.create(options) } });
    const again = await browser.signIn.startPasskey({});
    await browser.signIn.passkey({ body: { response: key.get(again.options) } });
    const elsewhere = await browser.account.startPasskey({});
    await expect(
      browser.account.addPasskey({
        body: { name: 'Key', response: new SoftAuthenticator('http://localhost:1').create(elsewhere.options) },
      }),
    ).rejects.toEqual(refusedAs('passkey_refused'));
  } finally {
    await local.stop();
  }
});
