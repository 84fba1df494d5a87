import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { lists } from '#features/calls/lists/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { addPerson } from '#apps/server/test/people.ts';
import { phone, useStage, wide } from './browser.ts';
import { moveUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();

const players = [
  'Aurelia Konstantinopoulou-Featherstonehaugh',
  'Bea Lindqvist',
  'Cyril Moreau',
  'Dana Okafor',
  'Emil Novák',
];

async function addPlayers(): Promise<Map<string, string>> {
  const api = stage.app.client(resources);
  const ids = new Map<string, string>();
  for (const name of players) {
    const skills = name === 'Emil Novák' ? [] : [{ skill: 'Violin', level: 4 }];
    ids.set(name, (await api.create({ org: 'test', body: { kind: 'person', name, skills } })).id);
  }
  return ids;
}

test('a list is drawn up, filled by paste, ordered by drag, keyboard and number, approved, and followed by the next', async () => {
  const ids = await addPlayers();
  const page = await stage.openSignedIn();
  await page.goto('/o/test/lists');
  await page.getByRole('heading', { name: 'Nobody is ranked yet' }).waitFor();
  await shot(page, 'lists-1-empty');
  await accessibleEverywhere(page);

  await page.getByRole('button', { name: 'New list' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the draft' }).click();
  await shot(page, 'lists-2-new-invalid');
  await dialog.getByRole('combobox', { name: 'For whom' }).click();
  await page.keyboard.type('first vio');
  await page.keyboard.press('Enter');
  await dialog.getByRole('radio', { name: 'A, asked first' }).click();
  await shot(page, 'lists-3-new');
  await dialog.getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('heading', { name: 'A list: First violin, section' }).waitFor();
  expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
  await shot(page, 'lists-4-draft-empty');

  await page.getByRole('button', { name: 'Paste names' }).click();
  await dialog
    .getByLabel('Names, in order')
    .fill(
      '1. Aurelia Konstantinopoulou-Featherstonehaugh\n2. Bea Lindqvist\n3. Somebody Unknown\n4. Moreau, Cyril\n5. Emil Novak',
    );
  await dialog.getByRole('button', { name: 'Read the names' }).click();
  await dialog.getByText('4 people found.').waitFor();
  await dialog.getByText('Nobody is called “Somebody Unknown”').waitFor();
  await shot(page, 'lists-5-paste');
  await dialog.getByRole('button', { name: 'Put 4 people on the list' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: 'Add somebody' }).click();
  await page.getByRole('option', { name: /Dana Okafor/ }).click();
  await expect.poll(() => order(page)).toEqual(['Aurelia', 'Bea', 'Cyril', 'Emil', 'Dana']);
  await page.getByText('No Violin among their skills').waitFor();
  await shot(page, 'lists-6-draft');
  await accessibleEverywhere(page);

  await drag(page, 'Dana Okafor', 'Bea Lindqvist');
  await expect.poll(() => order(page)).toEqual(['Aurelia', 'Dana', 'Bea', 'Cyril', 'Emil']);
  await moveUp(page, { name: 'Emil Novák', places: ['at place 4 of 5'] });
  await expect.poll(() => order(page)).toEqual(['Aurelia', 'Dana', 'Bea', 'Emil', 'Cyril']);
  await page.getByLabel('Place of Aurelia').fill('3');
  await page.keyboard.press('Enter');
  const final = ['Dana', 'Bea', 'Aurelia', 'Emil', 'Cyril'];
  await expect.poll(() => order(page)).toEqual(final);
  await page.getByRole('button', { name: 'More about Bea Lindqvist' }).click();
  await page.getByRole('menuitem', { name: 'Add a note' }).click();
  await dialog.getByLabel('Note').fill('Prefers the first half of the season.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Prefers the first half').waitFor();

  const [listId = ''] = page.url().split('/').slice(-1);
  // The screen is ahead of the server.
  const saved = async () => (await stage.app.client(lists).get({ org: 'test', params: { id: listId } })).entries;
  await expect.poll(async () => (await saved()).map(({ name }) => name.split(' ')[0])).toEqual(final);
  await page.getByRole('button', { name: 'Approve' }).click();
  await shot(page, 'lists-7-approve');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved by Olga Owner').waitFor();
  expect(await page.getByRole('button', { name: /^Move / }).count()).toBe(0);
  await shot(page, 'lists-8-approved');
  await accessibleEverywhere(page);

  await page.getByRole('button', { name: 'Draw up the next one' }).click();
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Valid from').fill(tomorrow);
  await dialog.getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('heading', { name: 'A list: First violin, section' }).waitFor();
  await page
    .getByRole('button', { name: /^Move / })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await dialog.getByText('the day before').waitFor();
  await shot(page, 'lists-9-approve-next');
  await dialog.getByRole('button', { name: 'Approve and end the other' }).click();
  await page.getByText('Approved by Olga Owner').waitFor();
  await page.getByRole('link', { name: 'Ranked lists' }).first().click();
  await page.getByRole('link', { name: /5 people.*Until/ }).waitFor();
  await page.getByRole('link', { name: /5 people.*From/ }).waitFor();
  await shot(page, 'lists-10-lists');
  await accessibleEverywhere(page);

  await page.goto(`/o/test/resources/${ids.get('Bea Lindqvist')}`);
  await page.getByRole('tab', { name: 'Ranked lists' }).click();
  await page.getByText('A, place 2 of 5').first().waitFor();
  await shot(page, 'lists-11-person');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await page.goto('/o/test/lists');
  await page.getByRole('link', { name: /5 people.*Until/ }).waitFor();
  await shot(page, 'lists-12-lists-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/o/test/lists/${listId}`);
  await page.getByText('Approved by Olga Owner').waitFor();
  await shot(page, 'lists-13-list-phone-dark');
  await page.setViewportSize(wide);
  await page.goto('/o/test/lists');
  await page.getByRole('link', { name: /5 people.*Until/ }).waitFor();
  await shot(page, 'lists-14-lists-dark');
  stage.quiet();
});

test('staff see who stands on lists, and no rank; a manager on a list nobody’s of it', async () => {
  const staff = await page(await addPerson(stage.app, { role: 'staff', name: 'Stella' }));
  await staff.goto('/o/test/lists');
  await staff.getByRole('button', { name: 'Who stands here' }).click();
  const names = staff.getByRole('list', { name: 'First violin, section, by name' }).getByRole('link');
  await expect.poll(() => names.allTextContents()).toEqual(players);
  expect(await staff.getByText('A list').count()).toBe(0);
  await shot(staff, 'lists-15-staff');
  await accessibleEverywhere(staff);
  const account = await addPerson(stage.app, { role: 'manager', name: 'Dana' });
  await stage.app.inTenant((tx) =>
    tx.query("update resources set user_id = $2 where org_id = $1 and name = 'Dana Okafor'", [
      stage.app.org.id,
      account.userId,
    ]),
  );
  const manager = await page(account);
  await manager.goto('/o/test/lists');
  await manager.getByText('You stand here yourself, so somebody else keeps these lists.').waitFor();
  await shot(manager, 'lists-16-own');
  const { groups } = await stage.app.client(lists).list({ org: 'test' });
  await manager.goto(`/o/test/lists/${groups[0]?.lists[0]?.id}`);
  await manager.getByRole('heading', { name: 'This list is not for you' }).waitFor();
  await shot(manager, 'lists-17-not-yours');
  stage.quiet();
});

/** First names, first to last. */
function order(page: Page): Promise<string[]> {
  return page
    .getByRole('list', { name: /in order$/ })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.textContent.split(' ')[0] ?? ''));
}

async function drag(page: Page, name: string, onto: string): Promise<void> {
  const middle = async (person: string) => {
    const box = await page.getByRole('button', { name: new RegExp(`Move ${person}`) }).boundingBox();
    return { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 14 };
  };
  const [from, to] = [await middle(name), await middle(onto)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y - 10, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** A window in which somebody is signed in. */
async function page({ email, password }: { email: string; password: string }): Promise<Page> {
  const opened = await stage.open();
  await opened.goto('/sign-in');
  await opened.getByLabel('E-mail').fill(email);
  await opened.getByLabel('Password').fill(password);
  await opened.getByRole('button', { name: 'Sign in', exact: true }).click();
  await opened.waitForURL(/\/o\/test\//);
  return opened;
}
