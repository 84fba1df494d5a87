import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { authenticatorApp } from './authenticator-app.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';

const stage = useStage();

let nextCode: () => Promise<string>;
let recoveryCodes: string[];

test('somebody sets up an authenticator app on a phone and keeps the recovery codes', async () => {
  const page = await stage.openSignedIn(phone);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByRole('img', { name: 'QR code' }).waitFor();
  await accessibleEverywhere(page);
  const secret = await page.locator('[data-secret]').getAttribute('data-secret');
  nextCode = authenticatorApp(secret ?? '');
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await page.getByText('not the code that the app shows').waitFor();
  const code = await nextCode();
  // Pasted as apps write it.
  await page.getByRole('textbox', { name: 'Code' }).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  const codes = page.getByRole('list', { name: 'Recovery codes' });
  await codes.waitFor();
  await accessibleEverywhere(page);
  recoveryCodes = await codes.getByRole('listitem').allInnerTexts();
  expect(recoveryCodes.length).toBeGreaterThanOrEqual(8);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  for (const kept of recoveryCodes) expect(text).toContain(kept);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText(`${recoveryCodes.length} left`).waitFor();
  await accessibleEverywhere(page);
  stage.quiet();
});

test('until the code is entered every page leads to it, and the code leads back', async () => {
  const page = await stage.open(phone);
  await withPassword(page, '/o/test/people');
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await accessibleEverywhere(page);
  for (const path of ['/', '/account', '/welcome', '/sign-in', '/o/test/board']) {
    await page.goto(path);
    await page.waitForURL(/\/sign-in\/factor/);
    await page.getByRole('textbox', { name: 'Code' }).waitFor();
  }
  await page.goto('/o/test/people');
  await page.getByRole('textbox', { name: 'Code' }).pressSequentially('000000');
  await page.getByText('4 tries are left').waitFor();
  expect(await page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('');
  await page.getByRole('textbox', { name: 'Code' }).pressSequentially(await nextCode());
  await page.waitForURL('/o/test/people');
  stage.quiet();
});

test('a recovery code signs in once', async () => {
  const [used = ''] = recoveryCodes;
  const page = await stage.open(phone);
  await withPassword(page, '/account');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await accessibleEverywhere(page);
  await page.getByLabel('Recovery code').fill(used);
  await page.getByRole('button', { name: 'Use this code' }).click();
  await page.waitForURL('/account');
  await page.getByText(`${recoveryCodes.length - 1} left`).waitFor();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('/sign-in');

  await withPassword(page, '/account');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(used);
  await page.getByRole('button', { name: 'Use this code' }).click();
  await page.getByText('none of your unused recovery codes').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  stage.quiet();
});

test('five wrong codes end the sign-in', async () => {
  const page = await stage.open(phone);
  await withPassword(page, '/o/test/people');
  for (let wrong = 1; wrong <= 5; wrong++) {
    await page.getByRole('textbox', { name: 'Code' }).fill(`00000${wrong}`);
    if (wrong < 5) await page.getByText(`${5 - wrong} ${wrong === 4 ? 'try is' : 'tries are'} left`).waitFor();
  }
  await page.getByText('too many wrong codes').waitFor();
  expect(new URL(page.url()).searchParams.get('to')).toBe('/o/test/people');
  stage.quiet();
});

test('an organisation that asks for a second factor leads to one, and then in', async () => {
  const { databases, org } = stage.app;
  const page = await stage.open(phone);
  await withPassword(page, '/account');
  await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode());
  await page.waitForURL('/account');
  await page.getByRole('button', { name: 'Turn off the authenticator app' }).click();
  await page.getByRole('button', { name: 'Turn off', exact: true }).click();
  await page.getByText('Not set up.').waitFor();
  const set = (requires_second_factor: boolean) =>
    databases.control.updateTable('organisations').set({ requires_second_factor }).where('id', '=', org.id).execute();
  await set(true);
  await expect
    .poll(
      async () => {
        await page.goto('/o/test/people');
        await page.getByRole('heading', { level: 1 }).waitFor();
        return page.getByRole('heading', { level: 1 }).innerText();
      },
      { timeout: 15_000 },
    )
    .toBe('test asks for a second factor');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const secret = await page.locator('[data-secret]').getAttribute('data-secret');
  await accessibleEverywhere(page);
  await page.getByRole('textbox', { name: 'Code' }).fill(await authenticatorApp(secret ?? '')());
  await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'I have kept them, go on' }).click();
  await page.waitForURL('/o/test/people');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await set(false);
  stage.quiet();
});

async function withPassword(page: Page, to: string): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByLabel('E-mail').fill('olga@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/sign-in\/factor/);
}
