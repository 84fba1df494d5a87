import { expect, test } from 'vitest';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { mailedLink, mailSettings } from './mailbox.ts';

const stage = useStage({ ...mailSettings, HOLDFAST_SIGN_UP: 'open' });
const olga = 'olga@example.com';

test('a wrong password is refused in words; the right one leads where one was going', async () => {
  await stage.openSignedIn();
  const page = await stage.open();
  await page.goto('/o/test/people');
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel('E-mail').fill(olga);
  await page.getByLabel('Password').fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('don’t belong together').waitFor();
  await accessibleEverywhere(page);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('/o/test/people');
  stage.quiet();
});

test('after too many wrong passwords it says until when', async () => {
  const page = await stage.open(phone);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password').fill('wrong horse battery');
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        return page.getByRole('alert').innerText();
      },
      { timeout: 30_000 },
    )
    .toMatch(/Wait .+ minutes.* The lock ends at \d/);
  stage.quiet();
});

test('a mailed link survives scanners that open it, and works once, by its button', async () => {
  const page = await stage.open(phone);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Get a link by e-mail' }).click();
  await page.getByRole('heading', { name: 'Get a sign-in link' }).waitFor();
  await page.getByLabel('E-mail').fill(olga);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('status').waitFor();
  await accessibleEverywhere(page);
  const link = await mailedLink(stage.app, olga, '/sign-in/link');
  for (let scan = 0; scan < 10; scan++)
    expect((await fetch(`${stage.app.baseUrl}${link}`, { headers: { accept: 'text/html' } })).status).toBe(200);
  await page.goto(link);
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(/\/o\/test\//);
  const again = await stage.open();
  await again.goto(link);
  await again.getByRole('button', { name: /sign in/i }).click();
  await again.getByText('This link doesn’t work any more').waitFor();
  await accessibleEverywhere(again);
  stage.quiet();
});

test('a forgotten password is replaced by a mailed link', async () => {
  const page = await stage.open(phone);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await page.getByRole('heading', { name: 'Forgotten your password?' }).waitFor();
  await page.getByLabel('E-mail').fill(olga);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('status').waitFor();
  const link = await mailedLink(stage.app, olga, '/reset-password/link');
  await page.goto(link);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.getByText('Must have at least 12 characters.').waitFor();
  await accessibleEverywhere(page);
  await page.getByLabel('New password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.waitForURL(/\/o\/test\//);
  await page.goto(link);
  await page.getByLabel('New password').fill('another horse battery');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.getByText('This link doesn’t work any more').waitFor();
  stage.quiet();
});

test('where anybody may, somebody new signs up by a mailed link and makes an organisation', async () => {
  const page = await stage.open(phone);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Make an account' }).click();
  await page.getByRole('heading', { name: 'Make an account' }).waitFor();
  await page.getByLabel('E-mail').fill('nina@example.com');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('status').waitFor();
  await page.goto(await mailedLink(stage.app, 'nina@example.com', '/sign-up/link'));
  await page.getByLabel('Your name').fill('Nina New');
  await page.getByLabel('Password').fill('a long enough password');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Make account' }).click();
  await page.waitForURL('/welcome');
  await page.getByRole('heading', { name: 'New organisation' }).waitFor();
  stage.quiet();
});

test('signing a device out ends what is open there, and signing in again leads back', async () => {
  const [mine, theirs] = [await stage.openSignedIn(), await stage.openSignedIn(phone)];
  await theirs.goto('/o/test/people');
  await theirs
    .getByRole('heading', { name: 'Musicians' })
    .or(theirs.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  await mine.goto('/account');
  const devices = mine.getByRole('list', { name: 'Devices' });
  await devices.getByText('This device').waitFor();
  await accessibleEverywhere(mine);
  await mine.getByRole('button', { name: 'Sign out all others' }).click();
  await mine.getByRole('button', { name: 'Sign out', exact: true }).click();
  await theirs.waitForURL(/\/sign-in/, { timeout: 5_000 });
  await theirs.getByText('You were signed out on this device.').waitFor();
  await theirs.getByLabel('E-mail').fill(olga);
  await theirs.getByLabel('Password').fill('correct horse battery');
  await theirs.getByRole('button', { name: 'Sign in', exact: true }).click();
  await theirs.waitForURL('/o/test/people');
  // The page of one's account follows no organisation, and ends as well.
  await theirs.goto('/account');
  await theirs.getByRole('list', { name: 'Devices' }).waitFor();
  await expect.poll(() => devices.getByRole('listitem').count(), { timeout: 10_000 }).toBe(2);
  await devices.getByRole('button', { name: /^Sign out/ }).click();
  await mine.getByRole('button', { name: 'Sign out', exact: true }).click();
  await theirs.waitForURL(/\/sign-in/, { timeout: 5_000 });
  stage.quiet();
});
