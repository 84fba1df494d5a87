import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownTestApp, startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { withClient } from '#platform/test/connection.ts';
import { createUser } from './commands.ts';
import { TestBrowser } from './test/test-browser.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());
beforeEach(() => app.databases.control.deleteFrom('auth_rate_limits').execute());

const password = 'correct horse battery';
let people = 0;

async function somebody(of = app) {
  const email = `person${++people}@example.com`;
  const userId = await createUser(of.databases.control, { name: `Person ${people}`, email, password });
  return { email, userId };
}

async function signedIn(email: string, browser = new TestBrowser(app.baseUrl)): Promise<TestBrowser> {
  await browser.signIn.password({ body: { email, password } });
  return browser;
}

const age = (column: 'last_seen_at' | 'proved_at' | 'expires_at', milliseconds: number) => ({
  [column]: new Date(Date.now() - milliseconds).toISOString(),
});
const day = 86_400_000;

test('over https the cookie belongs to this host alone, and no script reads it', async () => {
  const https = await ownTestApp({ HOLDFAST_URL: 'https://holdfast.example' });
  const { email } = await somebody(https);
  const browser = new TestBrowser(https.baseUrl);
  await browser.signIn.password({ body: { email, password } });
  for (const line of browser.setCookies) {
    expect(line).toMatch(/^__Host-holdfast\./);
    for (const part of ['; Path=/', '; HttpOnly', '; Secure', '; SameSite=Lax']) expect(line).toContain(part);
    expect(line).not.toMatch(/; domain=/i);
  }
});

test('signing in takes a new session and ends the one that the browser had', async () => {
  const { email, userId } = await somebody();
  const browser = await signedIn(email);
  const old = browser.copy();
  await signedIn(email, browser);
  await expect(old.identity.me({})).rejects.toMatchObject({ status: 401 });
  expect((await browser.account.listDevices({})).items).toHaveLength(1);
  expect(await browser.identity.me({})).toMatchObject({ user: { id: userId } });
});

test('a cookie whose signature is not ours opens nothing', async () => {
  const { email } = await somebody();
  const browser = await signedIn(email);
  const [name = ''] = [...browser.cookies.keys()].filter((key) => key.includes('session'));
  const value = browser.cookies.get(name) ?? '';
  for (const forged of [value.split('.')[0] ?? '', `${value.slice(0, -6)}AAAAA%3D`, 'x.y', '%00', '"']) {
    const thief = new TestBrowser(app.baseUrl);
    thief.cookies.set(name, forged);
    await expect(thief.identity.me({})).rejects.toMatchObject({ status: 401 });
  }
});

test('sensitive changes need a proof of the last ten minutes; stepping up gives a new cookie', async () => {
  const { email, userId } = await somebody();
  const browser = await signedIn(email);
  const { control } = app.databases;
  await control.updateTable('sessions').set(age('proved_at', 601_000)).where('user_id', '=', userId).execute();
  app.app.services.authenticator.forget();
  const change = () => browser.account.changePassword({ body: { password: 'another good password' } });
  await expect(change()).rejects.toMatchObject({ code: 'step_up_required' });
  await expect(browser.account.startTotp({})).rejects.toMatchObject({ code: 'step_up_required' });
  await expect(browser.signIn.stepUp({ body: { by: 'password', password: 'wrong' } })).rejects.toMatchObject({
    code: 'bad_credentials',
  });
  await expect(browser.signIn.mailStepUpCode({})).rejects.toMatchObject({ status: 403 });
  const old = browser.copy();
  await browser.signIn.stepUp({ body: { by: 'password', password } });
  await expect(old.identity.me({})).rejects.toMatchObject({ status: 401 });
  const elsewhere = await signedIn(email);
  await change();
  await expect(elsewhere.identity.me({})).rejects.toMatchObject({ status: 401 });
  await expect(signedIn(email)).rejects.toMatchObject({ status: 401 });
  await browser.identity.me({});
});

test('what one session has proved is not proved by another one of the same user', async () => {
  const { email, userId } = await somebody();
  const { control } = app.databases;
  await control
    .insertInto('memberships')
    .values({ organisation_id: app.org.id, user_id: userId, role: 'owner' })
    .execute();
  const stale = await signedIn(email);
  await control.updateTable('sessions').set(age('proved_at', 601_000)).where('user_id', '=', userId).execute();
  app.app.services.authenticator.forget();
  const fresh = await signedIn(email);
  await fresh.fetch(`${app.baseUrl}/api/v1/orgs/test`);
  const me = await stale.identity.me({});
  expect(Date.parse(me.session?.provedAt ?? '')).toBeLessThan(Date.now() - 600_000);
  await expect(stale.account.startTotp({})).rejects.toMatchObject({ code: 'step_up_required' });
});

test('somebody without a password, app and passkey steps up by a mailed code, which works once and here', async () => {
  const { email, userId } = await somebody();
  const { control } = app.databases;
  await control.deleteFrom('accounts').where('user_id', '=', userId).execute();
  const [browser, other] = [new TestBrowser(app.baseUrl), new TestBrowser(app.baseUrl)];
  for (const one of [browser, other]) {
    await one.signIn.requestLink({ body: { email } });
    await one.signIn.useLink({ body: { token: /token=(\S+)/.exec(await newestMail(email))?.[1] ?? '' } });
  }
  expect((await browser.identity.me({})).session?.proofs).toEqual(['mail']);
  await browser.signIn.mailStepUpCode({});
  const code = /\b\d{8}\b/.exec(await newestMail(email))?.[0] ?? '';
  const use = (one: TestBrowser) => one.signIn.stepUp({ body: { by: 'mail', code } });
  await expect(use(other)).rejects.toMatchObject({ code: 'code_wrong' });
  await use(browser);
  await expect(use(browser)).rejects.toMatchObject({ code: 'code_wrong' });
});

test('a session ends after a week without use and after thirty days in any case', async () => {
  const { email, userId } = await somebody();
  const { control } = app.databases;
  for (const change of [age('last_seen_at', 7 * day + 1_000), age('expires_at', 1_000)]) {
    const browser = await signedIn(email);
    await control.updateTable('sessions').set(change).where('user_id', '=', userId).execute();
    app.app.services.authenticator.forget();
    await expect(browser.identity.me({})).rejects.toMatchObject({ status: 401 });
  }
  const browser = await signedIn(email);
  const [device] = (await browser.account.listDevices({})).items;
  const length = Date.parse(device?.expiresAt ?? '') - Date.parse(device?.createdAt ?? '');
  expect(Math.round(length / day)).toBe(30);
  await control
    .updateTable('sessions')
    .set(age('last_seen_at', 5 * day))
    .where('user_id', '=', userId)
    .execute();
  app.app.services.authenticator.forget();
  const [seen] = (await browser.account.listDevices({})).items;
  expect(Date.now() - Date.parse(seen?.lastSeenAt ?? '')).toBeLessThan(60_000);
});

test('devices are listed in words and end one by one or all others, sockets within five seconds', async () => {
  const { email, userId } = await somebody();
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1';
  const { control } = app.databases;
  await control
    .insertInto('memberships')
    .values({ organisation_id: app.org.id, user_id: userId, role: 'staff' })
    .execute();
  const here = await signedIn(email);
  const there = await signedIn(email, new TestBrowser(app.baseUrl, phone));
  const devices = (await here.account.listDevices({})).items;
  expect(devices.map(({ device, current, way }) => ({ device, current, way }))).toEqual(
    expect.arrayContaining([
      { device: 'Firefox on Windows', current: true, way: 'password' },
      { device: 'Safari on iPhone', current: false, way: 'password' },
    ]),
  );
  const socket = await there.follow('test');
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code);
  });
  const other = devices.find(({ current }) => !current);
  await here.account.endDevice({ params: { id: other?.id ?? '' } });
  await expect(there.identity.me({})).rejects.toMatchObject({ status: 401 });
  expect(await closed).toBe(4401);
  await expect(here.account.endDevice({ params: { id: other?.id ?? '' } })).rejects.toMatchObject({ status: 404 });
  const { userId: strangerId, email: stranger } = await somebody();
  await signedIn(stranger);
  const foreign = await control
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', strangerId)
    .executeTakeFirst();
  await expect(here.account.endDevice({ params: { id: foreign?.id ?? '' } })).rejects.toMatchObject({ status: 404 });
  await signedIn(email);
  await signedIn(email);
  expect(await here.account.endOtherDevices({})).toEqual({ ended: 2 });
});

test('a browser that was not used before is told to the user, a known one is not', async () => {
  const { email } = await somebody();
  const browser = await signedIn(email);
  const subjects = async () =>
    (
      await app.databases.control
        .selectFrom('outgoing_mails')
        .select('subject')
        .where('recipient', '=', email)
        .execute()
    ).map(({ subject }) => subject);
  expect(await subjects()).toEqual([]);
  await browser.signIn.signOut({});
  await signedIn(email, browser);
  expect(await subjects()).toEqual([]);
  await signedIn(email);
  expect(await subjects()).toEqual(['New sign-in to your Holdfast account']);
});

test('ten wrong passwords make an account wait, known or not, and nobody else; a mailed link still works', async () => {
  const { email } = await somebody();
  const { email: neighbour } = await somebody();
  const guess = (address: string, guessed = 'wrong password') =>
    fetch(`${app.baseUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: address, password: guessed }),
    });
  const told = async (response: Response) => ({ ...Object(await response.json()), requestId: '' });
  const [known, unknown]: unknown[][] = [[], []];
  for (let n = 0; n < 12; n++) {
    await app.databases.control.deleteFrom('auth_rate_limits').execute();
    known?.push(await told(await guess(email)));
    unknown?.push(await told(await guess('ghost@example.com')));
  }
  expect(known).toEqual(unknown);
  expect(known?.map((answer) => Object(answer).code)).toEqual([
    ...Array.from({ length: 10 }, () => 'bad_credentials'),
    'sign_in_locked',
    'sign_in_locked',
  ]);
  expect((await guess(email, password)).status).toBe(429);
  expect((await guess(neighbour, password)).status).toBe(200);
  const browser = new TestBrowser(app.baseUrl);
  await browser.signIn.requestLink({ body: { email } });
  await browser.signIn.useLink({ body: { token: /token=(\S+)/.exec(await newestMail(email))?.[1] ?? '' } });
  const { items } = await browser.account.listSignIns({ query: { limit: 200 } });
  expect(items.map(({ outcome }) => outcome)).toEqual([
    'ok',
    ...Array.from({ length: 3 }, () => 'locked'),
    ...Array.from({ length: 10 }, () => 'refused'),
  ]);
});

test('guesses sent at once are counted, and the wait doubles', async () => {
  const { email } = await somebody();
  const { control } = app.databases;
  const guess = () => new TestBrowser(app.baseUrl).signIn.password({ body: { email, password: 'wrong password' } });
  const codes = await Promise.all(Array.from({ length: 25 }, () => guess().catch(Object)));
  expect(codes.filter(({ code }) => code === 'bad_credentials')).toHaveLength(10);
  const waits: number[] = [];
  for (let n = 0; n < 6; n++) {
    await control.deleteFrom('auth_rate_limits').execute();
    const { problem } = await guess().catch(Object);
    waits.push(problem.minutes);
    await control
      .updateTable('sign_in_locks')
      .set({ locked_until: new Date(Date.now() - 1_000).toISOString() })
      .where('failures', '>=', 10)
      .execute();
    await guess().catch(() => undefined);
  }
  expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
});

test('one address of the asker has so many tries a minute, whatever accounts it asks for', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      new TestBrowser(app.baseUrl).signIn
        .password({ body: { email: `guess${n}@example.com`, password: 'guess' } })
        .catch(Object),
    ),
  );
  const codes = Object.groupBy(answers, ({ code, message }) => String(code ?? message));
  expect(Object.fromEntries(Object.entries(codes).map(([code, list]) => [code, list?.length]))).toEqual({
    bad_credentials: 30,
    rate_limited: 10,
  });
});

test('while sessions cannot be looked up nobody is signed out: the answer is 503', async () => {
  const own = await ownTestApp();
  const { email } = await somebody(own);
  const browser = new TestBrowser(own.baseUrl);
  await browser.signIn.password({ body: { email, password } });
  const name = new URL(own.adminUrl.control).pathname.slice(1);
  const open = (yes: boolean) =>
    withClient(own.adminUrl.tenant, async (admin) => {
      await admin.query(`alter database ${name} with allow_connections ${yes}`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    });
  await open(false);
  own.app.services.authenticator.forget();
  await expect(browser.identity.me({})).rejects.toMatchObject({ status: 503 });
  await open(true);
  await expect
    .poll(() => browser.identity.me({}).catch(Object), { timeout: 10_000 })
    .toMatchObject({ user: { email } });
});

async function newestMail(email: string): Promise<string> {
  const mail = await app.databases.control
    .selectFrom('outgoing_mails')
    .select('body')
    .where('recipient', '=', email)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return mail?.body ?? '';
}
