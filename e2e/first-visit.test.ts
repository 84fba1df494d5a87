import { expect, test } from 'vitest';
import { accessible, useStage } from './browser.ts';

const stage = useStage();

test('the first visitor becomes the owner, brings in a season and sees it on the board', async () => {
  const page = await stage.open();
  await page.goto('/');
  await page.waitForURL('/welcome');
  await accessible(page);
  await page.getByLabel('Your name').fill('Ann Owner');
  await page.getByLabel('E-mail').fill('ann@example.com');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Must have at least 12 characters.').waitFor();
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name', { exact: true }).fill('City Philharmonic');
  await page.getByRole('button', { name: 'Create organisation' }).click();
  await page.getByText('Choose at least one kind of work.').waitFor();
  await page.getByRole('checkbox', { name: /^Orchestra/ }).press('Space');
  await page.getByRole('button', { name: 'Create organisation' }).click();
  await page.getByRole('button', { name: 'Import the season' }).click();
  await page.getByText('8 conflicts').waitFor({ timeout: 60_000 });
  const report = await page.locator('main, body').first().innerText();
  for (const figure of ['144', '252', '28']) expect(report).toContain(figure);
  await accessible(page);

  await page.goto('/o/city-philharmonic/board?at=2025-01-25');
  await page.getByText('David Geffen Hall').first().waitFor();
  await accessible(page);
  await page.goto('/o/city-philharmonic/engagements');
  await page.getByText('Mahler: Symphony No. 5').first().click();
  await page.getByRole('heading', { name: 'Mahler: Symphony No. 5' }).waitFor();
  await page.getByText('David Geffen Hall').first().waitFor();
  await accessible(page);

  // Nobody becomes first twice.
  const second = await stage.open();
  await second.goto('/');
  await second.waitForURL(/\/sign-in/);
  stage.quiet();
});

test('where a part of the app is gone the page says so; it isn’t loaded for ever', async () => {
  const page = await stage.openSignedIn();
  await page.route('**/assets/engagement-list*', (route) => route.fulfill({ status: 404 }));
  let loads = 0;
  page.on('domcontentloaded', () => loads++);
  await page.goto('/o/test/engagements');
  await page.getByRole('heading', { name: 'This page couldn’t be shown' }).waitFor();
  expect(loads).toBeLessThanOrEqual(2);
});
