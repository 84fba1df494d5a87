import { expect, test } from 'vitest';
import { accessible, phone, useStage } from './browser.ts';

const stage = useStage();

test('a wrong password is refused in words; the right one leads where one was going', async () => {
  await stage.openSignedIn();
  const page = await stage.open();
  await page.goto('/o/test/people');
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel('E-mail').fill('olga@example.com');
  await page.getByLabel('Password').fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('don’t belong together').waitFor();
  await accessible(page);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('/o/test/people');
  stage.quiet();
});

test('a mailed link survives scanners that open it, and works once, by its button', async () => {
  await stage.openSignedIn();
  const page = await stage.open(phone);
  const { baseUrl, databases } = stage.app;
  const asked = await fetch(`${baseUrl}/api/v1/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'olga@example.com' }),
  });
  expect(asked.status).toBe(202);
  const mail = await databases.control
    .selectFrom('outgoing_mails')
    .select('body')
    .where('recipient', '=', 'olga@example.com')
    .executeTakeFirstOrThrow();
  const link = new URL(/https?:\S+token=\S+/.exec(mail.body)?.[0] ?? '');
  const path = `${link.pathname}${link.search}`;
  for (let scan = 0; scan < 10; scan++)
    expect((await fetch(`${baseUrl}${path}`, { headers: { accept: 'text/html' } })).status).toBe(200);
  await page.goto(path);
  await accessible(page);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(/\/o\/test\//);
  const again = await stage.open();
  await again.goto(path);
  await again.getByRole('button', { name: /sign in/i }).click();
  await again.getByText('This link doesn’t work any more').waitFor();
  stage.quiet();
});
