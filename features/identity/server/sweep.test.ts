import { expect, test } from 'vitest';
import { ownTestApp } from '#apps/server/test/test-app.ts';
import { createUser } from './commands.ts';
import { removeFactors } from './reset-factors.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { sweepSignIns } from './sweep.ts';
import { SoftAuthenticator } from './test/soft-authenticator.ts';
import { TestBrowser } from './test/test-browser.ts';

const password = 'correct horse battery';

test('what is over goes, what is not stays', async () => {
  const { databases, baseUrl } = await ownTestApp();
  const { control } = databases;
  await createUser(control, { name: 'Ann', email: 'ann@example.com', password });
  const [old, live] = [new TestBrowser(baseUrl), new TestBrowser(baseUrl)];
  await old.signIn.password({ body: { email: 'ann@example.com', password } });
  await control
    .updateTable('sessions')
    .set({ expires_at: new Date(0).toISOString() })
    .execute();
  await live.signIn.password({ body: { email: 'ann@example.com', password } });
  await live.signIn.password({ body: { email: 'nobody@example.com', password } }).catch(() => undefined);
  await live.signIn.requestLink({ body: { email: 'ann@example.com' } });
  await live.signIn.startPasskey({});
  const counts = async () => ({
    sessions: (await control.selectFrom('sessions').select('id').execute()).length,
    links: (await control.selectFrom('mailed_tokens').select('id').execute()).length,
    flows: (await control.selectFrom('sign_in_flows').select('id').execute()).length,
    locks: (await control.selectFrom('sign_in_locks').select('key').execute()).length,
  });
  expect(await counts()).toEqual({ sessions: 2, links: 1, flows: 1, locks: 1 });
  const hoursAgo = (hours: number) => Date.now() - hours * 3_600_000;
  for (const [key, at] of [
    ['of today', hoursAgo(2)],
    ['of yesterday', hoursAgo(25)],
  ] as const)
    await control.insertInto('auth_rate_limits').values({ id: uuidv7(), key, count: 1, last_request: at }).execute();
  await sweepSignIns(control);
  expect(await counts()).toEqual({ sessions: 1, links: 1, flows: 1, locks: 1 });
  const counted = await control.selectFrom('auth_rate_limits').select('key').where('key', 'like', 'of %').execute();
  expect(counted).toEqual([{ key: 'of today' }]);
  const past = new Date(Date.now() - 2 * 86_400_000).toISOString();
  await control.updateTable('mailed_tokens').set({ expires_at: past }).execute();
  await control.updateTable('sign_in_flows').set({ expires_at: past }).execute();
  await control.updateTable('sign_in_locks').set({ first_failure_at: past }).execute();
  await sweepSignIns(control);
  expect(await counts()).toEqual({ sessions: 1, links: 0, flows: 0, locks: 0 });
  await live.identity.me({});
});

test('the operator’s reset takes every second factor away and ends every session', async () => {
  const origin = 'https://holdfast.example';
  const { databases, baseUrl } = await ownTestApp({ HOLDFAST_URL: origin });
  const { control } = databases;
  const userId = await createUser(control, { name: 'Ann', email: 'ann@example.com', password });
  const browser = new TestBrowser(baseUrl);
  await browser.signIn.password({ body: { email: 'ann@example.com', password } });
  const { options } = await browser.account.startPasskey({});
  const key = new SoftAuthenticator(origin);
  await browser.account.addPasskey({ body: { name: 'Key', response: key.create(options) } });
  expect(await removeFactors(control, userId)).toEqual({ totp: false, passkeys: 1 });
  const again = new TestBrowser(baseUrl);
  await again.signIn.password({ body: { email: 'ann@example.com', password } });
  expect((await again.identity.me({})).session).toMatchObject({ pending: false, factors: [] });
  expect((await again.account.listDevices({})).items).toHaveLength(1);
});
