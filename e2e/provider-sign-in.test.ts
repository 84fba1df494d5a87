import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';
import type { Page } from 'playwright-core';
import { afterAll, test } from 'vitest';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';

let server: Server | undefined;

/** A provider with pages of its own, on this machine. Whoever enters a name there is that person. */
const stage = useStage(async (origin) => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const issuer = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = ['holdfast', 'a secret that both know'];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [`${origin}/sign-in/with/acme`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of the test'] },
    findAccount: (_: unknown, name: string) => ({
      accountId: name,
      claims: () => ({ sub: name, email: `${name}@example.com`, email_verified: true, name }),
    }),
  });
  server.on('request', provider.callback());
  return { HOLDFAST_OIDC: JSON.stringify([{ id: 'acme', name: 'Acme', issuer, clientId, clientSecret }]) };
});
afterAll(() => void server?.close());

test('a stranger to us is told so; an account that is connected lets in, and can be disconnected', async () => {
  const page = await stage.openSignedIn(phone);
  const stranger = await stage.open(phone);
  await stranger.goto('/o/test/people');
  await stranger.getByRole('button', { name: 'Continue with Acme' }).click();
  await enterAs(stranger, 'olga-elsewhere');
  await stranger.getByRole('heading', { name: 'No account is connected' }).waitFor();
  await accessibleEverywhere(stranger);

  await page.goto('/account');
  await page.getByRole('button', { name: 'Connect Acme' }).click();
  await enterAs(page, 'olga-elsewhere');
  await page.waitForURL(/\/account/);
  await page.getByRole('button', { name: 'Disconnect Acme' }).waitFor();
  await accessibleEverywhere(page);

  // Acme remembers who is there, and Holdfast where they were going.
  await stranger.goto('/o/test/people');
  await stranger.getByRole('button', { name: 'Continue with Acme' }).click();
  await stranger.waitForURL('/o/test/people');

  await page.getByRole('button', { name: 'Disconnect Acme' }).click();
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await page.getByRole('button', { name: 'Connect Acme' }).waitFor();
  stage.quiet();
});

test('who turns back at the provider is told how to go on', async () => {
  const page = await stage.open(phone);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Continue with Acme' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByText('You stopped signing in at Acme.').waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

async function enterAs(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
