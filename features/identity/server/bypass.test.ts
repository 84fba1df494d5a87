import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contracts } from '#apps/server/features.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { routePath } from '#platform/contract/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { ways } from '../sign-in-rules.ts';
import { createUser } from './commands.ts';
import { SoftAuthenticator } from './test/soft-authenticator.ts';
import { TestBrowser } from './test/test-browser.ts';
import { startTestProvider, walkThrough, type TestProvider } from './test/test-provider.ts';

/** No way in leads past the second factor, to no route of an organisation, the account or the operator. */
const origin = 'http://holdfast.test';
const password = 'correct horse battery';
const email = 'olga@example.com';
const closed = contracts
  .flatMap(({ routes }) => Object.values(routes))
  .filter(({ scope, pending }) => scope !== 'public' && !pending);

let app: TestApp;
let provider: TestProvider;
let secret: string;
let userId: string;
let key: SoftAuthenticator;

beforeAll(async () => {
  provider = await startTestProvider([`${origin}/sign-in/with/corp`]);
  const { issuer, clientId, clientSecret } = provider;
  const settings = [{ id: 'corp', name: 'Corp', issuer, clientId, clientSecret, trustEmail: true }];
  app = await startTestApp({ HOLDFAST_URL: origin, HOLDFAST_OIDC: JSON.stringify(settings) });
  const { control } = app.databases;
  // The first user: an operator; and owner of the organisation. Nothing but the factor stands in the way.
  userId = await createUser(control, { name: 'Olga', email, password });
  await control
    .insertInto('memberships')
    .values({ organisation_id: app.org.id, user_id: userId, role: 'owner' })
    .execute();
  const browser = new TestBrowser(app.baseUrl);
  await browser.signIn.password({ body: { email, password } });
  ({ secret } = await browser.account.startTotp({}));
  await browser.account.confirmTotp({ body: { code: codeOf() } });
  key = new SoftAuthenticator(origin);
  const { options } = await browser.account.startPasskey({});
  await browser.account.addPasskey({ body: { name: 'Key', response: key.create(options) } });
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
});
beforeEach(() => app.databases.control.deleteFrom('auth_rate_limits').execute());

const codeOf = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

async function mailedToken(): Promise<string> {
  const mail = await app.databases.control
    .selectFrom('outgoing_mails')
    .select('body')
    .where('recipient', '=', email)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return /token=(\S+)/.exec(mail?.body ?? '')?.[1] ?? '';
}

const waysIn: Record<string, (browser: TestBrowser) => Promise<{ pending: boolean }>> = {
  password: (browser) => browser.signIn.password({ body: { email, password } }),
  async link(browser) {
    await browser.signIn.requestLink({ body: { email } });
    return browser.signIn.useLink({ body: { token: await mailedToken() } });
  },
  async reset(browser) {
    await browser.signIn.requestReset({ body: { email } });
    return browser.signIn.useReset({ body: { token: await mailedToken(), password } });
  },
  async provider(browser) {
    provider.person = { subject: 'olga', email, emailVerified: true, name: 'Olga' };
    const { url } = await browser.signIn.startProvider({ params: { provider: 'corp' }, body: {} });
    const { search } = await walkThrough(url, origin);
    return browser.signIn.useProvider({ params: { provider: 'corp' }, body: { search } });
  },
};

describe.each(Object.keys(waysIn))('by %s', (way) => {
  test(`none of ${closed.length} routes, nor the live socket, opens to the pending session`, async () => {
    const browser = new TestBrowser(app.baseUrl);
    expect(await waysIn[way]?.(browser)).toMatchObject({ pending: true });
    const open: string[] = [];
    for (const route of closed) {
      const path = routePath(route).replace(':org', 'test').replaceAll(/:\w+/g, randomUUID());
      const response = await browser.fetch(`${app.baseUrl}${path}`, {
        method: route.method,
        ...(route.body && { headers: { 'content-type': 'application/json' }, body: '{}' }),
      });
      const { code } = Object(await response.json().catch(() => undefined));
      if (code !== 'second_factor_needed') open.push(`${route.method} ${route.path}: ${response.status} ${code}`);
    }
    expect(open).toEqual([]);
    await expect(browser.follow('test')).rejects.toThrow('refused');
    expect(await browser.identity.me({})).toMatchObject({ session: { pending: true }, organisations: [] });
  });
});

test('whatever the way, the database makes a session of this user pending; a passkey verifies by itself', async () => {
  const { control } = app.databases;
  for (const way of ways) {
    const session = await control
      .insertInto('sessions')
      .values({ id: uuidv7(), user_id: userId, token: randomUUID(), way, expires_at: '2099-01-01', pending: false })
      .returning(['pending', 'factor'])
      .executeTakeFirstOrThrow();
    expect(session).toEqual(
      way === 'passkey' ? { pending: false, factor: 'passkey' } : { pending: true, factor: null },
    );
  }
});

test('a passkey replaces the pending session with one that has passed', async () => {
  const browser = new TestBrowser(app.baseUrl);
  await waysIn['password']?.(browser);
  const pending = browser.copy();
  const { options } = await browser.signIn.startPasskey({});
  expect(await browser.signIn.passkey({ body: { response: key.get(options) } })).toEqual({ pending: false });
  expect(await browser.identity.me({})).toMatchObject({
    session: { pending: false, factor: 'passkey' },
    organisations: [{ slug: 'test' }],
  });
  await expect(pending.identity.me({})).rejects.toMatchObject({ status: 401 });
});

test('a pending session is over after a quarter of an hour, and may be ended', async () => {
  const browser = new TestBrowser(app.baseUrl);
  await waysIn['password']?.(browser);
  await browser.signIn.signOut({});
  await expect(browser.identity.me({})).rejects.toMatchObject({ status: 401 });
  await waysIn['password']?.(browser);
  await app.databases.control
    .updateTable('sessions')
    .set({ created_at: new Date(Date.now() - 16 * 60_000).toISOString() })
    .where('user_id', '=', userId)
    .where('pending', '=', true)
    .execute();
  app.app.services.authenticator.forget();
  await expect(browser.signIn.passFactor({ body: { by: 'totp', code: codeOf() } })).rejects.toMatchObject({
    status: 401,
  });
});
