import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { mailedCode, mailedLink, mailSettings } from './mailbox.ts';

const stage = useStage(mailSettings);
/** The first test asks for this address, the second confirms it. */
const olga = 'olga.new@example.com';

test('a sensitive change asks once who is there, and goes on by itself', async () => {
  const page = await stage.openSignedIn(phone);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('New password').fill('an even longer password');
  await forget();
  await untilAsked(page, 'Save');
  await accessibleEverywhere(page);
  const question = page.getByRole('dialog', { name: 'Confirm that it’s you' });
  await question.getByLabel('Password').fill('wrong horse battery');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await question.getByRole('alert').waitFor();
  await question.getByLabel('Password').fill('correct horse battery');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Your password is changed', { exact: true }).waitFor();

  // Fresh now: nothing more is asked.
  await page.getByRole('button', { name: 'Change e-mail' }).click();
  await page.getByLabel('New e-mail').fill(olga);
  await page.getByRole('button', { name: 'Mail the link' }).click();
  await page.getByText('Look into your mail', { exact: true }).waitFor();
  stage.quiet();
});

test('a new address is confirmed by the button behind its mailed link', async () => {
  const link = await mailedLink(stage.app, olga, '/account/email/link');
  const page = await stage.open(phone);
  await page.goto(link);
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await page.getByRole('heading', { name: 'Your address is changed' }).waitFor();
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await page.getByText('This link doesn’t work any more').waitFor();
  stage.quiet();
});

test('closing the question changes nothing and says so', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('New password').fill('yet another password');
  await forget();
  await untilAsked(page, 'Save');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Change your password' }).getByRole('alert').waitFor();
  expect(await page.getByLabel('New password').inputValue()).toBe('yet another password');
  stage.quiet();
});

test('who has neither password, app nor passkey gets a code by mail', async () => {
  const page = await open();
  const { control } = stage.app.databases;
  await control.deleteFrom('accounts').where('provider_id', '=', 'credential').execute();
  await page.reload();
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByLabel('New password').fill('a password once more');
  await forget();
  await untilAsked(page, 'Save');
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.getByRole('textbox', { name: 'Code' }).waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('textbox', { name: 'Code' }).fill('00000000');
  await page.getByRole('alert').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(await mailedCode(stage.app, olga));
  await page.getByText('Your password is set', { exact: true }).waitFor();
  stage.quiet();
});

test('a suspended organisation says why, and opens again by itself', async () => {
  const { databases, org } = stage.app;
  const page = await open('a password once more');
  const set = (status: string, suspended_reason: string | null) =>
    databases.control.updateTable('organisations').set({ status, suspended_reason }).where('id', '=', org.id).execute();
  await set('suspended', 'The invoice of May is open.');
  await expect
    .poll(
      async () => {
        await page.goto('/o/test/people');
        await page.getByRole('heading', { level: 1 }).waitFor();
        return page.getByRole('heading', { level: 1 }).innerText();
      },
      { timeout: 15_000 },
    )
    .toBe('test is suspended');
  await page.getByText('The invoice of May is open.').waitFor();
  await accessibleEverywhere(page);
  await set('active', null);
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.waitForURL('/o/test/people');
  stage.quiet();
});

async function open(password = 'an even longer password'): Promise<Page> {
  const page = await stage.open(phone);
  await page.goto('/sign-in?to=/account');
  await page.getByLabel('E-mail').fill(olga);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('/account');
  return page;
}

/** The last proof is long ago. A process remembers the session for two seconds. */
async function forget(): Promise<void> {
  await stage.app.databases.control.updateTable('sessions').set({ proved_at: '2020-01-01T00:00:00Z' }).execute();
  await new Promise((done) => setTimeout(done, 2_500));
}

async function untilAsked(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog', { name: 'Confirm that it’s you' }).waitFor();
}
