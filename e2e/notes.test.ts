import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
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

/** A window of a member of the team. */
async function openAs(name: string): Promise<Page> {
  const { email, password } = await addPerson(stage.app, { role: 'staff', name });
  const page = await stage.open();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/o\/test\//);
  return page;
}

const text = (page: Page) => page.getByRole('textbox', { name: 'Hospitality' });

async function wordsOnServer(id: string): Promise<string> {
  const { update } = await stage.app.client(notes).document({ org, params: { id }, query: {} });
  return readDocument(documentOf([new Uint8Array(Buffer.from(update, 'base64'))])).words;
}

test('a note is made, written with its looks, and found again', { timeout: 120_000 }, async () => {
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
  await page.keyboard.type('Menu: https://example.com/menu goes there, ask @Olg');
  await page.getByRole('option', { name: 'Olga Owner' }).waitFor();
  await shot(page, 'notes-2-mention');
  await page.keyboard.press('Enter');
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await text(page).locator('li strong').textContent()).toBe('important');
  expect(await text(page).locator('a').getAttribute('href')).toBe('https://example.com/menu');
  expect(await text(page).locator('.note-mention').textContent()).toBe('@Olga Owner');
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
});

test(
  'two windows type at once, one of them without connection for a while: nothing is lost',
  { timeout: 90_000 + typing * 2 },
  async () => {
    const id = await show('Two writers');
    const note = await stage.app.client(notes).create({ org, params: { id }, body: { title: 'Hospitality' } });
    const ann = await stage.openSignedIn();
    const ben = await openAs('Ben Stage');
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
    await expect.poll(async () => (await seen(ann)) === (await seen(ben)), { timeout: 10_000 }).toBe(true);
    const server = await wordsOnServer(note.id);
    // Who types into the middle of another's word parts it; what was typed is there, letter by letter.
    const letters = (value: string) => value.replaceAll(/\s+/g, '').split('').toSorted().join('');
    expect(letters(server)).toBe(letters(words.join('')));
    expect(letters(await seen(ann))).toBe(letters(words.join('')));
    expect(words.length).toBeGreaterThan(typing / 1_000);
  },
);

/** The text in a window, by lines, without the names at others' cursors. */
function seen(page: Page): Promise<string> {
  return text(page).evaluate((note) => {
    const lines = [...note.children].map((child) => {
      const line = child.cloneNode(true);
      if (line instanceof Element) for (const cursor of line.querySelectorAll('.note-cursor')) cursor.remove();
      return line.textContent ?? '';
    });
    return lines.join('\n');
  });
}

async function shotWhile(page: Page): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, typing / 2));
  await shot(page, 'notes-5-two');
}

test('who else is here shows at the top, with what they do, and goes when they do', async () => {
  const id = await show('Company');
  await stage.app.client(notes).create({ org, params: { id }, body: { title: 'Hospitality' } });
  const olga = await stage.openSignedIn();
  await olga.goto(`/o/test/engagements/${id}`);
  await olga.getByRole('heading', { name: 'Company' }).waitFor();
  await expect.poll(() => olga.getByRole('group', { name: 'Also here' }).count()).toBe(0);
  const ben = await openAs('Ben Stage');
  await ben.goto(`/o/test/engagements/${id}?tab=tasks`);
  await olga.getByRole('button', { name: 'Ben Stage, at Tasks' }).waitFor();
  await ben.getByRole('button', { name: 'Olga Owner, at Overview' }).waitFor();
  await ben.getByRole('tab', { name: 'Notes' }).click();
  await text(ben).click();
  await olga.getByRole('button', { name: 'Ben Stage, writing notes' }).waitFor();
  await olga.getByRole('tab', { name: 'Notes' }).click();
  await text(ben).pressSequentially('Water for twelve');
  await text(olga).getByText('Water for twelve').waitFor();
  await olga.locator('.note-cursor-name', { hasText: 'Ben Stage' }).waitFor();
  await olga.getByText('Ben Stage writes too').waitFor();
  await shot(olga, 'notes-6-company');
  await olga.emulateMedia({ colorScheme: 'dark' });
  await shot(olga, 'notes-7-company-dark');
  await olga.emulateMedia({ colorScheme: null });
  await accessibleEverywhere(olga);
  await olga.getByRole('button', { name: 'Edit', exact: true }).click();
  await olga.getByRole('dialog').getByLabel('Title', { exact: true }).waitFor();
  await stage.app.client(engagements).change({ org, params: { id }, body: { version: 1, title: 'Good company' } });
  await olga.getByText('Somebody else just changed: title.').waitFor();
  await shot(olga, 'notes-8-meanwhile');
  await olga.keyboard.press('Escape');
  await ben.close();
  await olga.getByRole('group', { name: 'Also here' }).waitFor({ state: 'detached', timeout: 15_000 });
  stage.quiet();
}, 150_000);

test('a comment with an @ reaches whom it names; the thread is answered and resolved', async () => {
  const id = await show('Talk');
  const olga = await stage.openSignedIn();
  const ben = await openAs('Ben Talk');
  await ben.goto('/o/test/engagements');
  await olga.goto(`/o/test/engagements/${id}?tab=comments`);
  const box = olga.getByRole('combobox', { name: 'Write a comment' });
  await box.fill('Who drives the van, ');
  await box.press('End');
  await box.pressSequentially('@Ben T');
  await olga.getByRole('option', { name: 'Ben Talk' }).waitFor();
  await box.press('Enter');
  await box.pressSequentially('?');
  await shot(olga, 'comments-1-writing');
  await box.press('Control+Enter');
  await olga.getByRole('article', { name: 'Comment by Olga Owner' }).getByText('@Ben Talk').waitFor();
  await olga.getByRole('tab', { name: 'Comments 1' }).waitFor();
  await ben
    .getByRole('button', { name: /^Notices/ })
    .first()
    .click();
  await ben.getByText('Olga Owner mentions you in Talk.', { exact: true }).first().waitFor({ timeout: 40_000 });
  await ben.goto(`/o/test/engagements/${id}?tab=comments`);
  await ben.getByRole('button', { name: 'Answer' }).click();
  await ben.getByRole('combobox', { name: 'Write an answer' }).fill('I do.');
  await ben.getByRole('button', { name: 'Answer' }).click();
  await olga.getByRole('article', { name: 'Comment by Ben Talk' }).getByText('I do.').waitFor();
  await accessibleEverywhere(olga);
  await shot(olga, 'comments-2-thread');
  await olga.setViewportSize(phone);
  await shot(olga, 'comments-3-phone');
  await olga.getByRole('button', { name: 'Resolve', exact: true }).click();
  await ben.getByRole('button', { name: '1 resolved' }).click();
  await ben.getByText('Resolved by Olga Owner').waitFor();
  stage.quiet();
}, 150_000);
