import { simpleParser } from 'mailparser';
import { afterAll, expect, test } from 'vitest';
import { advance } from '#features/engagements/advance/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { organisations } from '#features/organisations/contract.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { startMailServer } from '#platform/test/mail-server.ts';
import { phone, useStage } from './browser.ts';
import { moveUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const { settings, letters, close } = await startMailServer();
afterAll(close);

const stage = useStage(settings);
const org = 'test';
const planFile = `plan-of-stage-and-hall-${'2038'.repeat(15)}.pdf`;

/** Path of the link in the newest letter to somebody. */
async function linkTo(email: string): Promise<string> {
  const find = async () => {
    for (const letter of letters.toReversed()) {
      const { to, text = '' } = await simpleParser(letter);
      const path = /https?:\/\/[^/]+(\/advance\/\S+)/.exec(text)?.[1];
      if (path && JSON.stringify(to).includes(email)) return path;
    }
    return '';
  };
  await expect.poll(find, { timeout: 15_000 }).not.toBe('');
  return find();
}

async function makeShow(): Promise<{ id: string }> {
  const settings = stage.app.client(organisations);
  const { version } = await settings.get({ org });
  await settings.change({ org, body: { version, packs: ['touring'], brandColour: '#7c2d92' } });
  return stage.app.client(engagements).create({
    org,
    body: {
      title: 'The Long Players at the Great Hall of the United Orphanages of the Upper Valley',
      startsAt: '2039-05-01T18:00:00.000Z',
      endsAt: '2039-05-01T21:00:00.000Z',
    },
  });
}

test('an advance is sent, filled in on a phone, seen at once, agreed and printed', async () => {
  const page = await stage.openSignedIn();
  const show = await makeShow();
  await page.goto(`/o/test/engagements/${show.id}`);
  await page.getByRole('tab', { name: 'Advance' }).click();
  await page.getByText('Nothing to settle yet').waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Begin with a checklist' }).click();
  await page.getByRole('menuitem', { name: /Club or hall show/ }).click();
  await page.getByText(/^0 of \d+ agreed/).waitFor();
  await page.getByRole('textbox', { name: 'How many we are' }).fill('9');
  await page.getByRole('textbox', { name: 'How many we are' }).blur();
  await page.getByLabel('Saved').waitFor();
  await shot(page, 'advance-1-tab');

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Vera Venue');
  await dialog.getByLabel('E-mail').fill('vera@venue.example');
  await dialog.getByLabel('A few words').fill('We look forward to it!');
  await shot(page, 'advance-2-send');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Has not looked yet').waitFor();

  const path = await linkTo('vera@venue.example');
  const hers = await stage.open(phone);
  await hers.goto(path);
  await hers.getByText('Hello Vera Venue').waitFor();
  await shot(hers, 'advance-3-phone');
  await accessibleEverywhere(hers);
  // Seen by the office as soon as somebody really looks.
  await page.getByText(/Looked once/).waitFor();
  await hers.getByLabel('Load-in', { exact: true }).fill('14:00');
  await hers.getByLabel('Load-in', { exact: true }).blur();
  await hers.getByText('1 of 38 answered').waitFor();
  await hers.getByRole('radiogroup', { name: 'Is there a runner?' }).getByRole('radio', { name: 'Yes' }).click();
  await hers.getByRole('combobox', { name: 'Hot meal' }).click();
  await hers.getByRole('option', { name: 'Buy-out' }).click();
  await hers.getByLabel('Parking', { exact: true }).fill('Behind the hall, from noon');
  await hers.getByLabel('Parking', { exact: true }).blur();
  await hers.getByText('4 of 38 answered').waitFor();
  await hers
    .getByLabel('File for Plan of stage and hall')
    .setInputFiles({ name: planFile, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') });
  await hers.getByText('5 of 38 answered').waitFor();
  expect(await hers.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  // Pressed twice, it is fine still.
  await hers.getByRole('button', { name: 'That’s fine: How many we are' }).dblclick({ delay: 50 });
  await hers.getByRole('button', { name: 'That’s fine: How many we are', pressed: true }).waitFor();
  await hers.getByRole('button', { name: 'Ask or comment: Our vehicles' }).click();
  await hers.getByLabel('Comment on Our vehicles').fill('Is there a trailer?');
  await hers.getByRole('button', { name: 'Send', exact: true }).click();
  await hers.getByText('Is there a trailer?').waitFor();
  await hers.getByLabel('Parking', { exact: true }).scrollIntoViewIfNeeded();
  await shot(hers, 'advance-4-phone-filled');
  await hers.emulateMedia({ colorScheme: 'dark' });
  await shot(hers, 'advance-5-phone-dark');

  await page.getByText('Behind the hall, from noon').waitFor();
  await page.getByRole('button', { name: planFile }).waitFor();
  // The schedule has another time than she answered, and one that nobody has answered yet.
  const plan = (kind: 'load_in' | 'doors', startsAt: string, endsAt: string) =>
    stage.app.client(timeline).create({ org, params: { id: show.id }, body: { kind, startsAt, endsAt } });
  await plan('load_in', '2039-05-01T14:30:00.000Z', '2039-05-01T15:30:00.000Z');
  await plan('doors', '2039-05-01T17:00:00.000Z', '2039-05-01T18:00:00.000Z');
  await page.getByText(/; 1 differs from the schedule$/).waitFor();
  await page.getByText('Schedule says 4:30 PM').waitFor();
  await page.getByRole('button', { name: 'Doors', exact: true }).click();
  await dialog.getByRole('button', { name: 'Use 7:00 PM for Doors' }).click();
  await dialog.getByText('Schedule says').waitFor({ state: 'detached' });
  await shot(page, 'advance-6-from-schedule');
  await page.keyboard.press('Escape');
  await page.getByText('Schedule says 7:00 PM').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Agree to Load-in' }).click();
  await page.getByText(/^2 of \d+ agreed/).waitFor();
  await page.getByRole('tab', { name: /Advance\s*2\/\d+/ }).waitFor();
  await page.getByRole('button', { name: 'Our vehicles', exact: true }).click();
  await dialog.getByText('Is there a trailer?').waitFor();
  await dialog.getByLabel('Comment on Our vehicles').fill('Ask Tom about this');
  await dialog.getByLabel('Only for us').check();
  await dialog.getByRole('button', { name: 'Comment' }).click();
  await dialog.getByText(/· only for us/).waitFor();
  await shot(page, 'advance-6-panel');
  await page.keyboard.press('Escape');
  await page.getByText('Behind the hall, from noon').scrollIntoViewIfNeeded();
  await shot(page, 'advance-7-tab-filled');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'advance-8-tab-phone');
  await page.setViewportSize({ width: 1440, height: 900 });

  // Somebody else answers while she is writing: she sees both, and decides.
  const api = stage.app.client(advance);
  const { items } = await api.get({ org, params: { id: show.id } });
  const power = items.find(({ title }) => title === 'Power');
  await hers.getByLabel('Power', { exact: true }).fill('63 A at the stage');
  await api.answer({
    org,
    params: { id: power?.id ?? '' },
    body: { version: power?.version ?? 1, answer: '32 A on the left' },
  });
  await hers.getByText('Somebody else answered this while you were writing.').waitFor();
  await shot(hers, 'advance-9-clash');
  await hers.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByText('63 A at the stage').waitFor();

  const printed = await page.getByRole('link', { name: 'Print' }).getAttribute('href');
  const answer = await page.request.get(printed ?? '');
  expect(answer.headers()['content-type']).toBe('application/pdf');
  const text = pdfText(new Uint8Array(await answer.body()));
  expect(text).toContain('Behind the hall, from noon');
  expect(text).toContain('Is there a trailer?');
  expect(text).not.toContain('Ask Tom');

  await page.getByRole('button', { name: 'More about Vera Venue' }).click();
  await page.getByRole('menuitem', { name: 'End this link…' }).click();
  await page.getByRole('button', { name: 'End link' }).click();
  await page.getByText('Ended', { exact: true }).waitFor();
  await hers.reload();
  await hers.getByText('This link was ended').waitFor();
  stage.quiet();
  // Axe looks at hundreds of boxes, four times.
}, 300_000);

test('a checklist of one’s own is made, used and put in another order', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/settings/advance');
  await page.getByRole('button', { name: 'New checklist' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('For which kind of work').fill('Radio session');
  await dialog.getByLabel('What', { exact: true }).fill('Studio door');
  await dialog.getByRole('button', { name: 'Add an item' }).click();
  await dialog.getByLabel('What', { exact: true }).last().fill('On air at');
  await shot(page, 'advance-10-checklist');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Radio session' }).waitFor();
  await accessibleEverywhere(page);
  const show = await stage.app.client(engagements).create({
    org,
    body: { title: 'Radio', startsAt: '2039-05-02T18:00:00.000Z', endsAt: '2039-05-02T21:00:00.000Z' },
  });
  await page.goto(`/o/test/engagements/${show.id}?tab=advance`);
  await page.getByRole('button', { name: 'Begin with a checklist' }).click();
  await page.getByRole('menuitem', { name: /Radio session/ }).click();
  const rows = page.getByRole('list', { name: 'Other things' }).getByRole('listitem');
  await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(2);
  await moveUp(page, { name: 'On air at', places: ['at the place of Studio door'] });
  await expect.poll(() => rows.first().textContent(), { timeout: 15_000 }).toContain('On air at');
  // The screen is ahead of the server.
  const kept = async () => (await stage.app.client(advance).get({ org, params: { id: show.id } })).items;
  await expect.poll(async () => (await kept()).map(({ title }) => title)).toEqual(['On air at', 'Studio door']);
  stage.quiet();
});
