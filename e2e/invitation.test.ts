import { expect, test } from 'vitest';
import { authenticatorApp } from './authenticator-app.ts';
import { accessible, phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { mailedLink, mailSettings } from './mailbox.ts';

const stage = useStage(mailSettings);
const colleague = 'carl.colleague@example.com';
const password = 'seven unrelated words';

test('from the first visit to an invited colleague who signs in with a second factor', async () => {
  // The first visitor makes the installation theirs.
  const owner = await stage.open();
  await owner.goto('/');
  await owner.getByLabel('Your name').fill('Ann Owner');
  await owner.getByLabel('E-mail').fill('ann@example.com');
  await owner.getByLabel('Password').fill('correct horse battery');
  await accessibleEverywhere(owner);
  await owner.getByRole('button', { name: 'Continue' }).click();
  await owner.getByLabel('Name', { exact: true }).fill('City Philharmonic');
  await owner.getByRole('checkbox', { name: /^Orchestra/ }).press('Space');
  await owner.getByRole('button', { name: 'Create organisation' }).click();
  await owner.getByRole('heading', { name: 'How do you want to begin?' }).waitFor();

  await owner.goto('/o/city-philharmonic/settings/members');
  await owner.getByRole('button', { name: 'Invite somebody' }).click();
  await owner.getByLabel('E-mail').fill(colleague);
  await accessible(owner);
  await owner.getByRole('button', { name: 'Send invitation' }).click();
  await owner.getByRole('list', { name: 'Invitations' }).getByText(colleague).waitFor();

  // Carl opens the link on his phone.
  const page = await stage.open(phone);
  const link = await mailedLink(stage.app, colleague, '/invitation');
  for (let scan = 0; scan < 10; scan++)
    expect((await fetch(`${stage.app.baseUrl}${link}`, { headers: { accept: 'text/html' } })).status).toBe(200);
  await page.goto(link);
  await page.getByRole('heading', { name: 'Join City Philharmonic' }).waitFor();
  await page.getByLabel('Your name').fill('Carl Colleague');
  await page.getByLabel('Password').fill(password);
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Make account and join' }).click();
  await page.waitForURL(/\/o\/city-philharmonic\//);

  // He finds his account by the menu, and sets up an authenticator app.
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  await page.waitForURL('/account');
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await page.locator('[data-secret]').getAttribute('data-secret');
  const nextCode = authenticatorApp(secret ?? '');
  await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode());
  const list = page.getByRole('list', { name: 'Recovery codes' });
  await list.waitFor();
  const codes = await list.getByRole('listitem').allInnerTexts();
  await page.getByRole('button', { name: 'I have kept them' }).click();

  const signIn = async () => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL('/sign-in');
    await page.getByLabel('E-mail').fill(colleague);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  };
  await signIn();
  await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode());
  await page.waitForURL(/\/o\/city-philharmonic\//);

  // Without the app, a recovery code will do.
  await page.goto('/account');
  await signIn();
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Use this code' }).click();
  await page.waitForURL(/\/o\/city-philharmonic\//);
  await page.goto('/account');
  await page.getByText(`${codes.length - 1} left`).waitFor();
  await accessibleEverywhere(page);

  // The invitation is used up, and Ann sees him among the members.
  await page.goto(link);
  await page.getByRole('heading', { name: 'This invitation doesn’t work any more' }).waitFor();
  await owner.getByText('Carl Colleague').first().waitFor();
  stage.quiet();
});
