import type { CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';

const stage = useStage();

test('a passkey is made, signs in without password or code, confirms who is there, and is removed', async () => {
  const page = await stage.openSignedIn(phone);
  const device = await withAuthenticator(page);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await accessibleEverywhere(page);

  await device.verified(false);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('No passkey was used').waitFor();
  await device.verified(true);
  await page.getByRole('textbox', { name: 'Name' }).fill('My phone');
  await page.getByRole('button', { name: 'Continue' }).click();
  const passkeys = page.getByRole('list', { name: 'Passkeys' });
  await passkeys.getByText('My phone').waitFor();
  await passkeys.getByText('not used yet').waitFor();
  await accessibleEverywhere(page);

  // Nobody is present while the browser makes its suggestions: it would pick the passkey from them by itself.
  await device.present(false);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  await device.present(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(/\/o\/test\//);

  await page.goto('/account');
  await passkeys.getByText('used just now').waitFor();
  await page.getByRole('button', { name: 'Rename My phone' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('The old phone');
  await page.getByRole('button', { name: 'Save' }).click();
  await passkeys.getByText('The old phone').waitFor();

  // Removing wants a proof from the last ten minutes: the passkey itself gives it.
  await stage.app.databases.control.updateTable('sessions').set({ proved_at: '2020-01-01T00:00:00Z' }).execute();
  stage.app.app.services.authenticator.forget();
  await page.getByRole('button', { name: 'Remove The old phone' }).click();
  await page.getByRole('button', { name: 'Remove passkey' }).click();
  await page.getByRole('heading', { name: 'Confirm that it’s you' }).waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('None yet.').waitFor();
  stage.quiet();
});

test('the browser offers passkeys among the suggestions of the address box', async () => {
  const page = await stage.openSignedIn();
  await withAuthenticator(page);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('list', { name: 'Passkeys' }).waitFor();
  expect(await page.evaluate(() => PublicKeyCredential.isConditionalMediationAvailable())).toBe(true);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  // The virtual authenticator takes the suggestion as soon as it is made.
  await page.waitForURL(/\/o\/test\//);
  stage.quiet();
});

/** A device that keeps passkeys and knows its holder, by Chromium's debugging protocol. */
async function withAuthenticator(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verified: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    present: (enabled: boolean) =>
      session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
  };
}
