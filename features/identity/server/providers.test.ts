import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createUser } from './commands.ts';
import { digest } from './digest.ts';
import { TestBrowser } from './test/test-browser.ts';
import { startTestProvider, walkThrough, type ProviderPerson, type TestProvider } from './test/test-provider.ts';

const origin = 'http://holdfast.test';
const returnUrl = (id: string) => `${origin}/sign-in/with/${id}`;
const password = 'correct horse battery';

let app: TestApp;
/** One that vouches for addresses, one that doesn't, and the second once more under another name. */
let trusted: TestProvider;
let plain: TestProvider;

beforeAll(async () => {
  trusted = await startTestProvider([returnUrl('trusted')]);
  plain = await startTestProvider([returnUrl('plain'), returnUrl('twin')]);
  const settings = (id: string, provider: TestProvider, trustEmail = false) => {
    const { issuer, clientId, clientSecret } = provider;
    return { id, name: `The ${id} one`, issuer, clientId, clientSecret, trustEmail };
  };
  const list = [settings('trusted', trusted, true), settings('plain', plain), settings('twin', plain)];
  app = await startTestApp({ HOLDFAST_URL: origin, HOLDFAST_OIDC: JSON.stringify(list) });
});
afterAll(async () => {
  await app.stop();
  await trusted.stop();
  await plain.stop();
});
beforeEach(() => app.databases.control.deleteFrom('auth_rate_limits').execute());

let people = 0;
const anybody = () => new TestBrowser(app.baseUrl);

function stranger(more: Partial<ProviderPerson> = {}): ProviderPerson {
  const subject = `subject-${++people}`;
  return { subject, email: `${subject}@example.com`, emailVerified: true, name: `Person ${people}`, ...more };
}

async function userWith(email: string): Promise<string> {
  return createUser(app.databases.control, { name: 'Somebody', email, password });
}

/** Goes to the provider and back. @returns what the page hands to the API */
async function visit(
  browser: TestBrowser,
  id: string,
  by: TestProvider,
  person: ProviderPerson | undefined,
  body = {},
) {
  by.person = person;
  const { url } = await browser.signIn.startProvider({ params: { provider: id }, body });
  return { url: new URL(url), search: (await walkThrough(url, origin)).search };
}

async function signInAt(id: string, by: TestProvider, person: ProviderPerson, body = {}, browser = anybody()) {
  const { search } = await visit(browser, id, by, person, body);
  const answer = await browser.signIn.useProvider({ params: { provider: id }, body: { search } });
  return { browser, answer };
}

const use = (browser: TestBrowser, id: string, search: string) =>
  browser.signIn.useProvider({ params: { provider: id }, body: { search } });

test('the sign-in page learns of providers, never of their secrets', async () => {
  const answer = await anybody().identity.installation({});
  expect(answer.providers).toEqual(['trusted', 'plain', 'twin'].map((id) => ({ id, name: `The ${id} one` })));
});

test('the browser leaves with state, nonce and PKCE; the secrets stay here', async () => {
  const { url } = await visit(anybody(), 'trusted', trusted, stranger());
  const asked = Object.fromEntries(url.searchParams);
  expect(asked).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: returnUrl('trusted'),
  });
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]?.length).toBeGreaterThan(40);
  const { data } = await app.databases.control
    .selectFrom('sign_in_flows')
    .select('data')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(url.href).not.toContain(String(Object(data).verifier));
});

test('a trusted provider lets the owner of a verified address in, and from then on the subject counts', async () => {
  const person = stranger();
  const userId = await userWith(person.email);
  const { browser, answer } = await signInAt('trusted', trusted, person, { to: '/o/test/board' });
  expect(answer).toEqual({ pending: false, connected: false, to: '/o/test/board' });
  expect(await browser.identity.me({})).toMatchObject({ user: { id: userId }, session: { way: 'oidc' } });
  await app.databases.control
    .updateTable('users')
    .set({ email: 'gone@example.com' })
    .where('id', '=', userId)
    .execute();
  const other = await userWith(person.email);
  const again = await signInAt('trusted', trusted, { ...person, email: 'renamed@example.com' });
  expect((await again.browser.identity.me({})).user?.id).toBe(userId);
  expect(other).not.toBe(userId);
});

test('nobody gets in by an address that is unverified, unknown, or vouched for by a provider without that trust', async () => {
  const unverified = stranger({ emailVerified: false });
  await userWith(unverified.email);
  await expect(signInAt('trusted', trusted, unverified)).rejects.toMatchObject({ code: 'not_connected' });
  await expect(signInAt('trusted', trusted, stranger())).rejects.toMatchObject({ code: 'not_connected' });
  const known = stranger();
  await userWith(known.email);
  await expect(signInAt('plain', plain, known)).rejects.toMatchObject({ code: 'not_connected' });
});

test('the same subject at another issuer is somebody else; the same issuer under another name is not', async () => {
  const person = stranger();
  const userId = await userWith(person.email);
  await signInAt('trusted', trusted, person);
  await expect(signInAt('plain', plain, person)).rejects.toMatchObject({ code: 'not_connected' });
  const browser = anybody();
  await browser.signIn.password({ body: { email: person.email, password } });
  await connect(browser, 'plain', plain, { ...person, email: 'else@example.com' });
  const twin = await signInAt('twin', plain, person);
  expect((await twin.browser.identity.me({})).user?.id).toBe(userId);
});

test('connected by its user, who hears of it; not twice; disconnected it lets nobody in', async () => {
  const person = stranger({ email: 'elsewhere@example.com' });
  const email = `owner-${people}@example.com`;
  await userWith(email);
  const browser = anybody();
  await browser.signIn.password({ body: { email, password } });
  await connect(browser, 'plain', plain, person);
  const { browser: there } = await signInAt('plain', plain, person);
  expect((await there.identity.me({})).user?.email).toBe(email);
  await userWith('second@example.com');
  const second = anybody();
  await second.signIn.password({ body: { email: 'second@example.com', password } });
  await expect(connect(second, 'plain', plain, person)).rejects.toMatchObject({ code: 'not_connected' });
  const { providers } = await browser.account.get({});
  const id = providers.find(({ provider }) => provider === 'plain')?.connection ?? '';
  await expect(second.account.disconnectProvider({ params: { id } })).rejects.toMatchObject({ status: 404 });
  await browser.account.disconnectProvider({ params: { id } });
  await expect(signInAt('plain', plain, person)).rejects.toMatchObject({ code: 'not_connected' });
  const mails = await app.databases.control
    .selectFrom('outgoing_mails')
    .select('subject')
    .where('recipient', '=', email)
    .execute();
  expect(mails).toHaveLength(3);
});

test('connecting ends in the session that began it, or not at all', async () => {
  const person = stranger();
  await userWith('begins@example.com');
  await userWith('ends@example.com');
  const browser = anybody();
  await browser.signIn.password({ body: { email: 'begins@example.com', password } });
  plain.person = person;
  const { url } = await browser.account.connectProvider({ params: { provider: 'plain' } });
  const { search } = await walkThrough(url, origin);
  await browser.signIn.password({ body: { email: 'ends@example.com', password } });
  await expect(use(browser, 'plain', search)).rejects.toMatchObject({ code: 'provider_refused' });
  await expect(signInAt('plain', plain, person)).rejects.toMatchObject({ code: 'not_connected' });
});

test('an invitation to the verified address makes the account, or connects the one there is', async () => {
  const person = stranger();
  const token = await invite(person.email);
  await expect(signInAt('plain', plain, person, { invitation: 'another token' })).rejects.toMatchObject({
    code: 'not_connected',
  });
  await expect(signInAt('plain', plain, stranger(), { invitation: token })).rejects.toMatchObject({
    code: 'not_connected',
  });
  const unverified = stranger({ email: person.email, emailVerified: false });
  await expect(signInAt('plain', plain, unverified, { invitation: token })).rejects.toMatchObject({
    code: 'not_connected',
  });
  const { browser } = await signInAt('plain', plain, person, { invitation: token });
  expect((await browser.identity.me({})).user).toMatchObject({ email: person.email, name: person.name });
});

test('refused in words: wrong state, another browser, a used answer, another provider’s answer, turned back', async () => {
  const person = stranger();
  await userWith(person.email);
  const browser = anybody();
  const first = await visit(browser, 'trusted', trusted, person);
  const tampered = new URLSearchParams(first.search);
  tampered.set('state', 'x'.repeat(43));
  await expect(use(browser, 'trusted', `?${tampered}`)).rejects.toMatchObject({ code: 'provider_refused' });
  await expect(use(browser, 'trusted', first.search)).rejects.toMatchObject({ code: 'provider_refused' });

  const second = await visit(browser, 'trusted', trusted, person);
  await expect(use(anybody(), 'trusted', second.search)).rejects.toMatchObject({ code: 'provider_refused' });
  const copies = Array.from({ length: 10 }, () => use(browser.copy(), 'trusted', second.search));
  const answers = await Promise.allSettled(copies);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

  const mixed = await visit(browser, 'trusted', trusted, person);
  await expect(use(browser, 'plain', mixed.search)).rejects.toMatchObject({ code: 'provider_refused' });
  const issuer = await visit(browser, 'trusted', trusted, person);
  const foreign = new URLSearchParams(issuer.search);
  foreign.set('iss', plain.issuer);
  await expect(use(browser, 'trusted', `?${foreign}`)).rejects.toMatchObject({ code: 'provider_refused' });

  const { search } = await visit(browser, 'trusted', trusted, undefined);
  await expect(use(browser, 'trusted', search)).rejects.toMatchObject({
    message: 'You stopped signing in at The trusted one. Try again, or sign in in another way.',
  });
});

test('refused: an ID token with another nonce, and a code that was bound to another verifier', async () => {
  const person = stranger();
  await userWith(person.email);
  for (const change of ['nonce', 'verifier']) {
    const browser = anybody();
    const { search } = await visit(browser, 'trusted', trusted, person);
    const { control } = app.databases;
    const flow = await control
      .selectFrom('sign_in_flows')
      .select(['id', 'data'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const data = JSON.stringify({ ...Object(flow.data), [change]: 'y'.repeat(43) });
    await control.updateTable('sign_in_flows').set({ data }).where('id', '=', flow.id).execute();
    await expect(use(browser, 'trusted', search)).rejects.toMatchObject({ code: 'provider_refused' });
  }
});

test('only to our own paths, and only to providers of the settings', async () => {
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'o/test'])
    await expect(
      anybody().signIn.startProvider({ params: { provider: 'trusted' }, body: { to } }),
    ).rejects.toMatchObject({ status: 400 });
  await expect(anybody().signIn.startProvider({ params: { provider: 'unknown' }, body: {} })).rejects.toMatchObject({
    code: 'provider_unknown',
  });
});

test('a provider that does not answer is said to be out of reach', async () => {
  const server = createServer((_, response) => void response.writeHead(500).end());
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const broken = { id: 'broken', name: 'Broken', issuer: `http://127.0.0.1:${port}`, clientId: 'x', clientSecret: 'y' };
  const own = await startTestApp({ HOLDFAST_OIDC: JSON.stringify([broken]) });
  try {
    await expect(
      new TestBrowser(own.baseUrl).signIn.startProvider({ params: { provider: 'broken' }, body: {} }),
    ).rejects.toMatchObject({ code: 'provider_refused', message: expect.stringContaining('Broken can’t be reached') });
  } finally {
    await own.stop();
    server.close();
  }
});

async function connect(browser: TestBrowser, id: string, by: TestProvider, person: ProviderPerson) {
  by.person = person;
  const { url } = await browser.account.connectProvider({ params: { provider: id } });
  const { search } = await walkThrough(url, origin);
  const answer = await use(browser, id, search);
  expect(answer).toEqual({ pending: false, connected: true, to: '/account' });
}

async function invite(email: string): Promise<string> {
  const token = `token-${people}`;
  await app.databases.control
    .insertInto('invitations')
    .values({
      id: crypto.randomUUID(),
      organisation_id: app.org.id,
      email,
      role: 'staff',
      token_hash: digest(token),
      expires_at: new Date(Date.now() + 60_000).toISOString(),
    })
    .execute();
  return token;
}
