import { expect, test } from 'vitest';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { accessible, phone, useStage } from './browser.ts';

const stage = useStage();

test('a manager words a message, sees it in the outbox as it looks, and says who gets none', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/settings/messages');
  await page.getByRole('button', { name: 'Edit: A notice about a hold' }).click();
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill('Dear {{person.nam}}');
  await expect
    .poll(() => page.getByRole('alert').textContent())
    .toContain('At character 6: There is no {{person.nam}}');
  await text.fill('Dear **{{person.name}}**,\n\n{{notice.text}}');
  const preview = page.frameLocator('iframe[title="Preview of the mail"]');
  await preview.getByText('Ann Example').waitFor();
  // The frame’s styles count under the page’s policy.
  expect(await preview.locator('.card').evaluate((card) => getComputedStyle(card).borderRadius)).toBe('10px');
  await page.getByRole('button', { name: 'Save wording' }).click();
  await page.getByText('Yours', { exact: true }).waitFor();
  await accessible(page);

  await stage.app.inTenant((tx) =>
    queueMessage(tx, {
      kind: 'notice',
      dedupeKey: 'journey',
      to: { email: 'ann@example.com', name: 'Ann Flute' },
      variables: { 'person.name': 'Ann', 'notice.text': 'Your hold on Great Hall is now the 1st.' },
      link: '/o/test/board',
    }),
  );
  await page.getByRole('link', { name: 'Outbox' }).click();
  await page.getByText('Kept here').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Ann Flute' }).click();
  await page.frameLocator('iframe').getByText('Your hold on Great Hall is now the 1st.').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(phone);
  await page.keyboard.press('Escape');

  await page.goto('/o/test/settings/notifications');
  await page.getByRole('combobox', { name: 'One of my holds is challenged' }).click();
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.getByRole('option', { name: 'Mail at once' }).click();
  await saved;
  await page.reload();
  await expect
    .poll(() => page.getByRole('combobox', { name: 'One of my holds is challenged' }).textContent())
    .toBe('Mail at once');
  await accessible(page);
  stage.quiet();
});
