import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { guests } from '#features/engagements/guests/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

const pasted = `Anna Berg +1
Ludwig van den Berg
Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Hubert Blaine +2 (wheelchair, row 1)
Ångström, Åsa
Bo Li\tbo@example.com
Zorn, Zoe +3`;

test('from an allotment to the door, where two phones count nobody twice', async () => {
  const page = await stage.openSignedIn();
  const show = await stage.app.client(engagements).create({
    org,
    body: { title: 'Gala of the season', startsAt: '2029-05-01T18:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' },
  });
  await page.goto(`/o/test/engagements/${show.id}`);
  await page.getByRole('tab', { name: 'Guests' }).click();
  await page.getByText('Nobody has places yet').waitFor();
  const dialog = page.getByRole('dialog');
  const addAllotment = async (name: string, places: number) => {
    await dialog.getByLabel('Whose places').fill(name);
    await dialog.getByLabel('Places', { exact: true }).fill(String(places));
    await dialog.getByRole('button', { name: 'Add allotment' }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await page.getByRole('button', { name: 'Add an allotment' }).click();
  await addAllotment('Artist', 12);
  await page.getByRole('button', { name: 'Allotment', exact: true }).click();
  await addAllotment('Promoter', 2);

  await page.getByRole('button', { name: 'Paste names' }).click();
  await dialog.getByLabel('Names').fill(pasted);
  await dialog.getByText('6 read, 12 places').waitFor();
  await shot(page, 'guests-1-paste');
  await dialog.getByRole('button', { name: 'Add 6' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('0 of 14 places given, 12 asked for').waitFor();
  await page.getByRole('button', { name: 'Add guest' }).click();
  await dialog.getByLabel('First name').fill('Anna');
  await dialog.getByLabel('Surname').fill('Berg');
  await dialog.getByLabel('Plus').fill('2');
  await dialog.getByRole('combobox', { name: 'Out of' }).click();
  await page.getByRole('option', { name: /Promoter/ }).click();
  await dialog.getByRole('button', { name: 'Put on the list' }).click();
  await dialog.getByText(/Promoter has 2 places and 2 are left; this takes 3/).waitFor();
  await shot(page, 'guests-2-full');
  await dialog.getByLabel('Plus').fill('1');
  await dialog.getByRole('button', { name: 'Put on the list' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByText('Twice?').count()).toBe(2);
  await page.getByRole('button', { name: 'Decline Li, Bo' }).click();
  await page.getByRole('button', { name: 'Approve all 5' }).click();
  await page.getByText('13 of 14 places given').waitFor();
  await page.getByRole('region', { name: 'Guest list' }).scrollIntoViewIfNeeded();
  await shot(page, 'guests-3-tab');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await page.getByRole('list', { name: 'Allotments' }).scrollIntoViewIfNeeded();
  await page.getByRole('list', { name: 'Guests' }).getByRole('listitem').last().scrollIntoViewIfNeeded();
  await shot(page, 'guests-4-tab-phone');

  const first = page;
  await first.getByRole('link', { name: 'Door' }).click();
  await first.getByText('0 of 13 in').waitFor();
  await accessibleEverywhere(first);
  const second = await stage.openSignedIn(phone);
  await second.goto(`/o/test/engagements/${show.id}/door`);
  await second.getByText('0 of 13 in').waitFor();
  await shot(first, 'guests-5-door');

  // Accents and the order of names don't matter.
  await first.getByLabel('Find a name').fill('asa ang');
  await first.getByRole('button', { name: 'Check in Ångström, Åsa' }).click();
  await first.getByText('1 of 13 in').waitFor();
  await second.getByText('1 of 13 in').waitFor();
  await first.getByLabel('Find a name').fill('');

  // Both at once.
  const both = [first, second].map((door) => door.getByRole('button', { name: 'Check in Zorn, Zoe' }));
  await Promise.all(both.map((button) => button.click()));
  await first.getByText('5 of 13 in').waitFor();
  await second.getByText('5 of 13 in').waitFor();
  await second.getByRole('button', { name: /One more, Wolfe/ }).click();
  await first.getByText('6 of 13 in').waitFor();
  // At once it would be the second press of one thumb.
  await first.waitForTimeout(600);
  await first.getByRole('button', { name: /Undo, Zorn/ }).click();
  await second.getByText('2 of 13 in').waitFor();
  await first.emulateMedia({ colorScheme: 'dark' });
  await shot(first, 'guests-6-door-dark');
  await second.setViewportSize({ width: 1440, height: 900 });
  await shot(second, 'guests-7-door-desk');
  await second.emulateMedia({ media: 'print' });
  await shot(second, 'guests-8-print');
  const { guests: list } = await stage.app.client(guests).door({ org, params: { id: show.id } });
  expect(list.map(({ lastName, arrived }) => [lastName, arrived])).toEqual([
    ['Ångström', 1],
    ['Berg', 0],
    ['Berg', 0],
    ['van den Berg', 0],
    ['Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh', 1],
    ['Zorn', 0],
  ]);
  stage.quiet();
});
