import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createUser } from './commands.ts';
import { TestBrowser } from './test/test-browser.ts';
import { useTotp } from './totp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());
// Tests sign in more often, from one address, than people do.
beforeEach(() => app.databases.control.deleteFrom('auth_rate_limits').execute());

const password = 'correct horse battery';
let people = 0;

/** The code of now, or of `steps` later. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

async function somebody() {
  const email = `person${++people}@example.com`;
  const userId = await createUser(app.databases.control, { name: `Person ${people}`, email, password });
  return { email, userId };
}

async function signedIn(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser(app.baseUrl);
  await browser.signIn.password({ body: { email, password } });
  return browser;
}

/** A few at once: more right passwords than that, unanswered, look like guessing. */
async function signedInTimes(email: string, times: number): Promise<TestBrowser[]> {
  const browsers: TestBrowser[] = [];
  while (browsers.length < times) {
    await app.databases.control.deleteFrom('auth_rate_limits').execute();
    const more = Math.min(8, times - browsers.length);
    browsers.push(...(await Promise.all(Array.from({ length: more }, () => signedIn(email)))));
  }
  return browsers;
}

/** Somebody with an authenticator app, for which the code of now is unused. */
async function withApp() {
  const person = await somebody();
  const browser = await signedIn(person.email);
  const { secret } = await browser.account.startTotp({});
  const { recoveryCodes } = await browser.account.confirmTotp({ body: { code: codeOf(secret) } });
  const { control } = app.databases;
  await control.updateTable('totp_secrets').set({ last_step: 0 }).where('user_id', '=', person.userId).execute();
  return { ...person, browser, secret, recoveryCodes };
}

const passed = (tries: PromiseSettledResult<unknown>[]) => tries.filter(({ status }) => status === 'fulfilled').length;

test('an app counts from its first code on; the codes are kept hashed and the secret sealed', async () => {
  const { email, userId } = await somebody();
  const browser = await signedIn(email);
  const { secret, uri } = await browser.account.startTotp({});
  expect(uri).toContain(`secret=${secret}`);
  expect(await (await signedIn(email)).identity.me({})).toMatchObject({ session: { pending: false, factors: [] } });
  await expect(browser.account.confirmTotp({ body: { code: '000000' } })).rejects.toMatchObject({ code: 'code_wrong' });
  const { recoveryCodes } = await browser.account.confirmTotp({ body: { code: codeOf(secret) } });
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await browser.identity.me({})).toMatchObject({ session: { factor: 'totp', factors: ['totp', 'recovery'] } });
  await expect(browser.account.startTotp({})).rejects.toMatchObject({ code: 'totp_active' });
  const { control } = app.databases;
  const kept = JSON.stringify([
    await control.selectFrom('totp_secrets').selectAll().where('user_id', '=', userId).execute(),
    await control.selectFrom('recovery_codes').selectAll().where('user_id', '=', userId).execute(),
  ]);
  for (const plain of [secret, ...recoveryCodes]) expect(kept).not.toContain(plain);
});

test('a new app signs the other devices out: none of them has passed it', async () => {
  const { email } = await somebody();
  const [here, there] = [await signedIn(email), await signedIn(email)];
  const { secret } = await here.account.startTotp({});
  await here.account.confirmTotp({ body: { code: codeOf(secret) } });
  await expect(there.identity.me({})).rejects.toMatchObject({ status: 401 });
  expect((await here.account.listDevices({})).items).toMatchObject([{ current: true, factor: 'totp' }]);
});

test('a pending session passes by a code, with a new cookie, and never with the old one', async () => {
  const { email, secret } = await withApp();
  const browser = await signedIn(email);
  const thief = browser.copy();
  expect(await browser.identity.me({})).toMatchObject({ session: { pending: true }, organisations: [] });
  await expect(browser.account.get({})).rejects.toMatchObject({ code: 'second_factor_needed' });
  await browser.signIn.passFactor({ body: { by: 'totp', code: codeOf(secret) } });
  expect(await browser.identity.me({})).toMatchObject({ session: { pending: false, factor: 'totp' } });
  await expect(thief.identity.me({})).rejects.toMatchObject({ status: 401 });
});

test('200 uses of one code at once: one passes; 200 replays, at once and one by one: none', async () => {
  const { secret, userId } = await withApp();
  const { services } = app.app;
  const code = codeOf(secret);
  const use = () => useTotp(services, userId, code);
  const first = await Promise.all(Array.from({ length: 200 }, use));
  expect(first.filter(Boolean)).toHaveLength(1);
  const replays = await Promise.all(Array.from({ length: 200 }, use));
  for (let n = 0; n < 200; n++) replays.push(await use());
  expect(replays.filter(Boolean)).toHaveLength(0);
  // Nor one from before the newest, which the clock's window would still take.
  expect(await useTotp(services, userId, codeOf(secret, -1))).toBe(false);
});

test('50 replays over HTTP by sessions that still have tries: none passes', async () => {
  const { email, secret, userId } = await withApp();
  const pending = await signedInTimes(email, 10);
  const code = codeOf(secret);
  await pending.pop()?.signIn.passFactor({ body: { by: 'totp', code } });
  const replays = await Promise.allSettled(
    Array.from({ length: 50 }, async (_, n) => {
      // The account's lock is tested elsewhere: here the code's own guard stands alone.
      await forgetTries(userId);
      return pending[n % pending.length]?.copy().signIn.passFactor({ body: { by: 'totp', code } });
    }),
  );
  expect(passed(replays)).toBe(0);
});

test('one code sent by nine sessions at once passes one of them', async () => {
  const { email, secret } = await withApp();
  const pending = await signedInTimes(email, 9);
  const code = codeOf(secret);
  const tries = await Promise.allSettled(
    pending.map((browser) => browser.signIn.passFactor({ body: { by: 'totp', code } })),
  );
  expect(passed(tries)).toBe(1);
});

test('five wrong codes end the pending session, whatever their kind, also when sent at once', async () => {
  const { email, secret, userId } = await withApp();
  const browser = await signedIn(email);
  for (const [by, code] of [
    ['totp', '000000'],
    ['recovery', 'aaaa-bbbb-cccc-dddd'],
    ['totp', '111111'],
    ['recovery', 'eeee-ffff-gggg-hhhh'],
  ] as const)
    await expect(browser.signIn.passFactor({ body: { by, code } })).rejects.toMatchObject({ code: 'code_wrong' });
  await expect(browser.signIn.passFactor({ body: { by: 'totp', code: '222222' } })).rejects.toMatchObject({
    status: 401,
  });
  await expect(browser.signIn.passFactor({ body: { by: 'totp', code: codeOf(secret) } })).rejects.toMatchObject({
    status: 401,
  });
  await forgetTries(userId);
  const other = await signedIn(email);
  const guesses = Array.from({ length: 30 }, (_, n) => String(n).padStart(6, '3'));
  const tries = await Promise.allSettled(
    guesses.map((code) => other.copy().signIn.passFactor({ body: { by: 'totp', code } })),
  );
  expect(passed(tries)).toBe(0);
  await expect(other.identity.me({})).rejects.toMatchObject({ status: 401 });
});

test('ten wrong codes over several sessions lock the factor, the right code included', async () => {
  const { email, secret, userId } = await withApp();
  for (let n = 0; n < 2; n++) {
    const browser = await signedIn(email);
    for (let guess = 0; guess < 5; guess++)
      await browser.signIn.passFactor({ body: { by: 'totp', code: `00000${guess}` } }).catch(() => undefined);
  }
  const browser = await signedIn(email);
  const right = () => browser.signIn.passFactor({ body: { by: 'totp', code: codeOf(secret) } });
  await expect(right()).rejects.toMatchObject({ status: 429, code: 'sign_in_locked' });
  await forgetTries(userId);
  await right();
});

test('a recovery code works once, its user hears of it, and new codes replace the old', async () => {
  const { email, recoveryCodes, browser, userId } = await withApp();
  const [code = '', second = ''] = recoveryCodes;
  const pending = await signedInTimes(email, 8);
  const tries = await Promise.allSettled(
    pending.map((one) => one.signIn.passFactor({ body: { by: 'recovery', code: code.toUpperCase() } })),
  );
  expect(passed(tries)).toBe(1);
  expect(await mailsTo(email)).toContain('A recovery code of your Holdfast account was used');
  expect((await browser.account.get({})).totp).toMatchObject({ recoveryCodesLeft: 9 });
  await browser.account.renewRecoveryCodes({});
  await forgetTries(userId);
  const late = await signedIn(email);
  await expect(late.signIn.passFactor({ body: { by: 'recovery', code: second } })).rejects.toMatchObject({
    code: 'code_wrong',
  });
});

test('without the app a password is enough again, and no session counts as having passed it', async () => {
  const { email, secret, browser } = await withApp();
  const other = await signedIn(email);
  await other.signIn.passFactor({ body: { by: 'totp', code: codeOf(secret) } });
  await browser.account.removeTotp({});
  await expect(other.identity.me({})).rejects.toMatchObject({ status: 401 });
  expect(await browser.identity.me({})).toMatchObject({ session: { factor: null, factors: [] } });
  expect(await (await signedIn(email)).identity.me({})).toMatchObject({ session: { pending: false } });
  expect(await mailsTo(email)).toEqual(
    expect.arrayContaining([
      'An authenticator app was added to your Holdfast account',
      'The authenticator app was removed from your Holdfast account',
    ]),
  );
});

test('an organisation that asks for a second factor is closed to sessions without one, and to no API key', async () => {
  const { email, userId } = await somebody();
  const { control } = app.databases;
  const org = await app.addOrganisation('careful');
  await control.insertInto('memberships').values({ organisation_id: org.id, user_id: userId, role: 'owner' }).execute();
  const browser = await signedIn(email);
  const look = async () => (await browser.fetch(`${app.baseUrl}/api/v1/orgs/careful`)).json();
  expect(await look()).toMatchObject({ slug: 'careful' });
  await control.updateTable('organisations').set({ requires_second_factor: true }).where('id', '=', org.id).execute();
  await expect.poll(look, { timeout: 5_000 }).toMatchObject({ code: 'second_factor_required', status: 403 });
  const { secret } = await browser.account.startTotp({});
  await browser.account.confirmTotp({ body: { code: codeOf(secret) } });
  expect(await look()).toMatchObject({ slug: 'careful' });
  const byKey = await fetch(`${app.baseUrl}/api/v1/orgs/careful`, {
    headers: { authorization: `Bearer ${org.keys.owner}` },
  });
  expect(byKey.status).toBe(200);
});

async function forgetTries(userId: string): Promise<void> {
  await app.databases.control.deleteFrom('sign_in_locks').where('key', '=', `factor:${userId}`).execute();
}

async function mailsTo(email: string): Promise<string[]> {
  const mails = await app.databases.control
    .selectFrom('outgoing_mails')
    .select('subject')
    .where('recipient', '=', email)
    .execute();
  return mails.map(({ subject }) => subject);
}
