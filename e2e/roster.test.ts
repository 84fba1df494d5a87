import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { roster } from '#features/calls/roster/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();

const tutti = Array.from(
  { length: 13 },
  (_, index) => `Violinist ${index + 1},,vn1,"First violin, tutti",${index + 1},,2024-09-01,`,
);
const file = [
  'person,e-mail,instrument,position,chair,tenure,from,to',
  'Aurelia Konstantinopoulou-Featherstonehaugh,aurelia@example.com,Violin 1,Concertmaster,1,,2015-09-01,',
  'Hannah Berg,,Flute,Second flute,1,trial,2026-09-01,2027-08-31',
  'Old Hand,,Flute,Second flute,1,,1990-09-01,2026-08-31',
  ...tutti,
].join('\n');

test('from an empty roster to one with chairs given, imported and away', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/roster');
  await page.getByRole('button', { name: 'Set up a usual symphony orchestra' }).waitFor();
  await shot(page, 'roster-1-empty');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Set up a usual symphony orchestra' }).click();
  await page.getByRole('heading', { name: 'Principal flute' }).waitFor();

  const { id } = await stage.app
    .client(resources)
    .create({ org: 'test', body: { kind: 'person', name: 'Marina Piccinini' } });
  await page.getByRole('button', { name: 'Give chair 1 of Principal flute to somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Give the chair' }).click();
  await dialog.getByText('Choose who gets the chair.').waitFor();
  await shot(page, 'roster-2-give');
  await dialog.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'Marina Piccinini' }).click();
  await dialog.getByLabel('From').fill('2019-09-01');
  await dialog.getByLabel('Private note').fill('Prefers the first half.');
  await dialog.getByRole('button', { name: 'Give the chair' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Marina Piccinini, Principal flute, chair 1' }).waitFor();

  const target = path.join(os.tmpdir(), `roster-${process.pid}.csv`);
  writeFileSync(target, `${file}\nBea,,Kazoo,Any,1,,,`);
  await page.getByRole('button', { name: 'Import' }).click();
  await dialog.getByRole('row', { name: /Instrument needed instrument, section/ }).waitFor();
  await shot(page, 'roster-3-import-columns');
  await dialog.locator('input[type=file]').setInputFiles(target);
  await dialog.getByText('is no instrument that is known here').waitFor();
  await shot(page, 'roster-3-import-problem');
  writeFileSync(target, file);
  await dialog.locator('input[type=file]').setInputFiles(target);
  await dialog.getByText('16 chairs given').waitFor();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Violinist 13').waitFor();

  const today = new Date();
  const later = new Date(today.getTime() + 9 * 86_400_000);
  await stage.app.client(availability).addTimeOff({
    org: 'test',
    body: { resourceId: id, startsAt: today.toISOString(), endsAt: later.toISOString() },
  });
  await page.getByText(/away until/).waitFor();
  await shot(page, 'roster-4-roster');
  await accessibleEverywhere(page);

  await page.getByRole('region', { name: 'strings' }).scrollIntoViewIfNeeded();
  await shot(page, 'roster-4-strings');
  await page.getByRole('button', { name: 'More about Second flute' }).click();
  await page.getByRole('menuitem', { name: 'Holders, past and present' }).click();
  await dialog.getByText('Old Hand').waitFor();
  await shot(page, 'roster-5-holders');
  await page.keyboard.press('Escape');
  await page.getByLabel('As of').fill('2020-01-01');
  await page.getByRole('button', { name: 'Old Hand, Second flute, chair 1' }).waitFor();
  await page.getByRole('button', { name: 'Today' }).click();
  await page.getByRole('button', { name: 'Hannah Berg, Second flute, chair 1' }).click();
  await shot(page, 'roster-6-edit');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New position' }).click();
  await dialog.getByRole('combobox', { name: 'Instrument', exact: true }).click();
  await page.keyboard.type('trumpet');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Title').fill('Fourth trumpet');
  await dialog.getByLabel('Cornet').check();
  await shot(page, 'roster-7-position');
  await dialog.getByRole('button', { name: 'Add position' }).click();
  await page.getByRole('heading', { name: 'Fourth trumpet' }).waitFor();
  await page.getByLabel('Search people and instruments').fill('violinist 1');
  await expect.poll(() => page.getByRole('heading', { name: 'Principal flute' }).count()).toBe(0);
  await page.getByLabel('Search people and instruments').fill('');
  await page.setViewportSize(phone);
  await shot(page, 'roster-8-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'roster-9-phone-dark');
  await page.getByRole('button', { name: 'Give chair 1 of Principal oboe to somebody' }).click();
  await shot(page, 'roster-10-phone-give-dark');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await shot(page, 'roster-11-print');
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  const { chairs } = await stage.app.client(roster).get({ org: 'test', query: {} });
  expect(chairs).toHaveLength(16);
  stage.quiet();
});
