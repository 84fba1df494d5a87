import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { notes } from '#features/engagements/notes/contract.ts';
import { readDocument } from '#features/engagements/notes/document-rules.ts';
import { documentOf } from '#features/engagements/notes/update-rules.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';
/** How long two type at once, in milliseconds; a minute with NOTES_SECONDS=60. */
const typing = Number(process.env['NOTES_SECONDS'] ?? 20) * 1_000;

async function show(title: string): Promise<string> {
  const startsAt = new Date(Date.now() + 40 * 86_400_000);
  const endsAt = new Date(startsAt.getTime() + 7_200_000).toISOString();
  const body = { title, startsAt: startsAt.toISOString(), endsAt };
  return (await stage.app.client(engagements).create({ org, body })).id;
}

const text = (page: Page) => page.getByRole('textbox', { name: 'Hospitality' });

async function wordsOnServer(id: string): Promise<string> {
  const { update } = await stage.app.client(notes).document({ org, params: { id }, query: {} });
  return readDocument(documentOf([new Uint8Array(Buffer.from(update, 'base64'))])).words;
}

test('a note is made, written with its looks, and found again', async () => {
  const id = await show('Club night');
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/engagements/${id}`);
  await page.getByRole('tab', { name: 'Notes' }).click();
  await page.getByText('No notes yet').waitFor();
  await shot(page, 'notes-1-empty');
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByLabel('Title', { exact: true }).fill('Hospitality');
  await page.getByRole('button', { name: 'Add note' }).click();
  await text(page).click();
  await page.getByRole('button', { name: 'Heading' }).click();
  await page.keyboard.type('Dinner');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- 20 hot meals');
  await page.keyboard.press('Enter');
  await page.keyboard.type('no nuts, and this is ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('important');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Menu: https://example.com/menu goes there');
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await text(page).locator('li strong').textContent()).toBe('important');
  expect(await text(page).locator('a').getAttribute('href')).toBe('https://example.com/menu');
  await shot(page, 'notes-2-written');
  await page.reload();
  await text(page).getByText('20 hot meals').waitFor();
  expect(await text(page).locator('h2').textContent()).toBe('Dinner');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'notes-3-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'notes-4-phone-dark');
  stage.quiet();
}, 60_000);

test(
  'two windows type at once, one of them without connection for a while: nothing is lost',
  { timeout: 90_000 + typing * 2 },
  async () => {
    const id = await show('Two writers');
    const note = await stage.app.client(notes).create({ org, params: { id }, body: { title: 'Hospitality' } });
    const [ann, ben] = await Promise.all([stage.openSignedIn(), stage.openSignedIn()]);
    const words: string[] = [];
    for (const page of [ann, ben]) await page.goto(`/o/test/engagements/${id}?tab=notes`);
    for (const page of [ann, ben]) await text(page).click();
    const write = async (page: Page, who: string) => {
      const until = Date.now() + typing;
      for (let n = 0; Date.now() < until; n++) {
        const word = `${who}${n}`;
        words.push(word);
        await page.keyboard.type(`${word} `, { delay: 15 });
        // Now and then it goes on somewhere else in the text, in the midst of what the other writes.
        if (n % 9 === 8) await page.keyboard.press(n % 2 ? 'Control+End' : 'Control+Home');
        // Only one of them parts paragraphs: of one that two part at the same moment, the end stands twice (decision 086).
        if (who === 'ann' && n % 7 === 6) await page.keyboard.press('Enter');
        if (who === 'ben' && n === 5) await page.context().setOffline(true);
        if (who === 'ben' && n === 25) await page.context().setOffline(false);
      }
      await page.context().setOffline(false);
    };
    await Promise.all([write(ann, 'ann'), write(ben, 'ben'), shotWhile(ann)]);
    for (const page of [ann, ben]) await page.getByText('Saved', { exact: true }).waitFor({ timeout: 30_000 });
    const seen = (page: Page) => text(page).innerText();
    await expect.poll(async () => (await seen(ann)) === (await seen(ben)), { timeout: 10_000 }).toBe(true);
    const server = await wordsOnServer(note.id);
    // Who types into the middle of another's word parts it; what was typed is there, letter by letter.
    const letters = (value: string) => value.replaceAll(/\s+/g, '').split('').toSorted().join('');
    expect(letters(server)).toBe(letters(words.join('')));
    expect(letters(await seen(ann))).toBe(letters(words.join('')));
    expect(words.length).toBeGreaterThan(typing / 1_000);
  },
);

async function shotWhile(page: Page): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, typing / 2));
  await shot(page, 'notes-5-two');
}
