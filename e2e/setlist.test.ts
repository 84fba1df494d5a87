import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { setlists } from '#features/engagements/setlists/contract.ts';
import { phone, useStage } from './browser.ts';
import { carryUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

test('from the library to a set in order, and what was played on stage', async () => {
  const { app } = stage;
  await app.databases.control
    .updateTable('organisations')
    .set({ packs: ['touring'] })
    .where('id', '=', app.org.id)
    .execute();
  const show = await app.client(engagements).create({
    org,
    body: {
      title: 'Paradiso',
      pack: 'touring',
      startsAt: '2029-05-01T18:00:00.000Z',
      endsAt: '2029-05-01T21:00:00.000Z',
    },
  });
  const page = await stage.openSignedIn();
  await page.goto('/o/test/songs');
  await page.getByText('No songs yet').waitFor();
  await page.getByRole('button', { name: 'New song' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('The Long Way Round to Nowhere in Particular');
  await dialog.getByLabel('Key', { exact: true }).fill('Em');
  await dialog.getByLabel(/^BPM/).fill('128');
  await dialog.getByLabel(/^Length/).fill('4:30');
  await dialog.getByLabel('Writers').fill('Ann Author');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Work number').fill('T-345246800-1');
  await dialog.getByRole('button', { name: 'Add a version' }).click();
  await dialog.getByLabel('Name of the version').fill('Acoustic');
  await dialog.getByLabel('Length, Acoustic').fill('3:10');
  await shot(page, 'setlist-1-song');
  await dialog.getByRole('button', { name: 'Add song' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Acoustic').waitFor();
  const api = app.client(setlists);
  for (const [title, seconds] of [
    ['Opener', 200],
    ['Slow One', 320],
    ['Closer', 410],
  ] as const)
    await api.createSong({ org, body: { title, seconds } });
  await page.getByRole('button', { name: 'Slow One' }).waitFor();
  await shot(page, 'setlist-2-songs');
  await accessibleEverywhere(page);

  await page.goto(`/o/test/engagements/${show.id}`);
  await page.getByRole('tab', { name: 'Setlist' }).click();
  await page.getByText('No setlist yet').waitFor();
  const addSet = async (name: string, slot: string) => {
    await page.getByRole('button', { name: 'New set' }).first().click();
    await dialog.getByLabel('Name').fill(name);
    if (slot) await dialog.getByLabel('Slot in minutes').fill(slot);
    await dialog.getByRole('button', { name: 'Add set' }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await addSet('Main set', '15');
  await addSet('Encore', '');
  const addSong = async (setName: string, title: string, option: string | RegExp = title) => {
    await page.getByRole('combobox', { name: `Add a song to ${setName}` }).click();
    await page.keyboard.type(title);
    await page.getByRole('option', { name: option }).click();
    await page
      .getByRole('list', { name: `Entries of ${setName}` })
      .getByText(title)
      .waitFor();
  };
  await addSong('Main set', 'Opener');
  await addSong('Main set', 'Slow One');
  await addSong('Main set', 'The Long Way', /The Long Way Round/);
  await addSong('Encore', 'Brand New', 'Brand New New song');
  await page.getByRole('region', { name: 'Main set' }).getByRole('button', { name: 'Talk' }).click();
  // 3:20 + 5:20 + 4:30 + 1:00
  await page.getByText('0:50 left').waitFor();
  await page.getByRole('button', { name: /^The Long Way Round/ }).click();
  await dialog.getByRole('combobox', { name: 'Version' }).click();
  await page.getByRole('option', { name: /Acoustic/ }).click();
  await dialog.getByLabel('Notes').fill('Capo 2');
  await shot(page, 'setlist-3-entry');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('2:10 left').waitFor();

  // Two windows put it in order at once: by the keyboard here, by the API there.
  const read = () => api.get({ org, params: { id: show.id } });
  const { entries } = await read();
  const opener = entries.find(({ name }) => name === 'Opener');
  const talk = entries.find(({ name }) => name === 'Talk');
  if (!opener || !talk) throw new Error('The set is not there.');
  await carryUp(page, { name: 'Slow One', places: ['at the place of Opener'] });
  await api.moveEntry({ org, params: { id: talk.id }, body: { setId: talk.setId, after: opener.id } });
  await page.keyboard.press('Space');
  await expect
    .poll(async () =>
      (await read()).entries.filter(({ setId }) => setId === talk.setId).map(({ name }) => name.slice(0, 8)),
    )
    .toEqual(['Slow One', 'Opener', 'Talk', 'The Long']);
  await page.getByRole('region', { name: 'Setlist' }).scrollIntoViewIfNeeded();
  await shot(page, 'setlist-4-tab');
  await accessibleEverywhere(page);

  // Sets in another order: by a set’s menu, by the keyboard, and by the mouse.
  await addSet('Acoustic interlude in the middle of the room', '20');
  const setNames = async () => (await read()).sets.map(({ name }) => name.slice(0, 8));
  await page.getByRole('button', { name: 'More about Acoustic interlude' }).click();
  await shot(page, 'setlist-4-set-menu');
  await page.getByRole('menuitem', { name: 'Move up' }).press('Enter');
  await expect.poll(setNames).toEqual(['Main set', 'Acoustic', 'Encore']);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toMatch(/^More about Acoustic/);
  await page.getByRole('button', { name: 'More about the setlist' }).click();
  await page.getByRole('menuitem', { name: 'Order of the sets' }).click();
  const moved = dialog.getByRole('button', { name: 'Move Encore' });
  const encore = { name: 'Encore', places: ['at place 2 of 3'] };
  await carryUp(page, encore);
  await page.keyboard.press('Escape');
  await page.getByText('Encore stays where it was.').waitFor({ state: 'attached' });
  await carryUp(page, encore);
  await page.keyboard.press('Space');
  await expect.poll(setNames).toEqual(['Main set', 'Encore', 'Acoustic']);
  const from = await moved.boundingBox();
  const to = await dialog.getByRole('button', { name: 'Move Acoustic' }).boundingBox();
  if (!from || !to) throw new Error('The handles are not in sight.');
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 20);
  await page.mouse.move(to.x + 10, to.y + 14, { steps: 8 });
  await shot(page, 'setlist-4-set-dragged');
  await page.mouse.up();
  await expect.poll(setNames).toEqual(['Main set', 'Acoustic', 'Encore']);
  await shot(page, 'setlist-4-set-order');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'setlist-4-set-order-phone-dark');
  await page.emulateMedia({ colorScheme: null });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.setViewportSize(phone);
  await page.getByRole('region', { name: 'Encore' }).scrollIntoViewIfNeeded();
  await shot(page, 'setlist-5-tab-phone');
  await page.getByRole('link', { name: 'Stage' }).click();
  await page.getByText('0 of 4 played').waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Played: Slow One' }).click();
  await page.getByText('1 of 4 played').waitFor();
  await page.getByRole('button', { name: 'Skipped: Opener' }).click();
  await page.getByRole('combobox', { name: 'Played as well in Encore' }).click();
  await page.keyboard.type('Closer');
  await page.getByRole('option', { name: 'Closer' }).click();
  await page.getByText('2 of 5 played').waitFor();
  await shot(page, 'setlist-6-stage');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'setlist-7-stage-dark');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await shot(page, 'setlist-8-print');
  const report = (await api.report({ org, query: { engagementId: show.id } })).trim().split('\r\n').slice(1);
  expect(report.map((row) => row.split(',')[3])).toEqual(['Slow One', 'Closer']);
  stage.quiet();
});
