import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pdfText } from '#platform/test/pdf-text.ts';
import { keep } from '#platform/test/shots.ts';
import { engagements } from '#features/engagements/contract.ts';
import { forms } from '#features/intake/forms/contract.ts';
import { formTemplate } from '#features/intake/forms/templates/built-in-rules.ts';
import { organisations } from '#features/organisations/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';
const day = '2031-05-01';
const evening = { startsAt: `${day}T17:30:00.000Z`, endsAt: `${day}T21:00:00.000Z` };

test(
  'from a stranger’s form on a phone, past a challenge, to the guests at the door',
  { timeout: 240_000 },
  async () => {
    const hall = await stage.app
      .client(resources)
      .create({ org, body: { kind: 'place', name: 'Great hall', address: '1 Main Street', zone: 'Europe/Berlin' } });
    const sound = await stage.app
      .client(resources)
      .create({ org, body: { kind: 'person', name: 'Sam Sound', email: 'sam@example.com', phone: '+49 40 1' } });
    await becomeVenue();
    const first = await holdOfARival(hall.id);
    await publishForm(hall.id);

    const stranger = await stage.open(phone);
    await fillForm(stranger);

    const page = await stage.openSignedIn();
    await page.goto('/o/test/inquiries');
    await page.getByRole('link', { name: /Spring gala/ }).click();
    await holdSecondAndChallenge(page, first);
    await page.getByRole('button', { name: 'Approve…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Confirm at once/).check();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.waitForURL(/\/engagements\//);
    await stranger.reload();
    await stranger.getByRole('heading', { name: 'It is agreed' }).waitFor();

    const id = /engagements\/([\w-]+)/.exec(page.url())?.[1] ?? '';
    await stage.app.client(claims).place({
      org,
      body: { engagementId: id, claims: [{ resourceId: sound.id, ...evening, status: 'commit' }] },
    });
    await fillDossier(page);
    const sheet = await daySheet(page);
    for (const words of ['Spring gala', 'Great hall', '1 Main Street', 'Doors', '7:30 PM', 'Sam Sound', 'Page 1 of'])
      expect(sheet.replaceAll(/\s/g, '')).toContain(words.replaceAll(/\s/g, ''));
    await checkIn(id);
    stage.quiet();
  },
);

async function becomeVenue(): Promise<void> {
  const api = stage.app.client(organisations);
  const { version } = await api.get({ org });
  await api.change({ org, body: { version, packs: ['venue'] } });
}

async function holdOfARival(placeId: string): Promise<string[]> {
  const { app } = stage;
  const rival = await app.client(engagements).create({ org, body: { title: 'Trade fair dinner', ...evening } });
  const body = { engagementId: rival.id, claims: [{ resourceId: placeId, ...evening, status: 'hold' as const }] };
  return (await app.client(claims).place({ org, body })).claims.map(({ id }) => id);
}

async function publishForm(placeId: string): Promise<void> {
  const api = stage.app.client(forms);
  const { id, version } = await api.create({ org, body: { template: 'venue_event', slug: 'ask-us' } });
  const fields = formTemplate('venue_event').fields.map((field) =>
    field.type === 'place' ? { ...field, placeIds: [placeId] } : field,
  );
  const draft = await api.change({ org, params: { id }, body: { version, fields } });
  await api.publish({ org, params: { id }, body: { version: draft.version } });
}

async function fillForm(page: Page): Promise<void> {
  await page.goto('/forms/test/ask-us');
  await page.getByLabel('What is it called?').fill('Spring gala');
  await page.getByText('Concert or show').click();
  await page.getByLabel('From: day').fill(day);
  await page.getByLabel('From: time').fill('19:30');
  await page.getByLabel('Until: time').fill('23:00');
  await page.getByText('Great hall').click();
  await page.getByLabel('How many guests?').fill('350');
  await page.getByText('Seated', { exact: true }).click();
  await page.getByLabel('Your name').fill('Ada Lo');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel(/I agree/).check();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('heading', { name: 'It’s sent' }).waitFor();
  await page.getByRole('link', { name: 'See how it stands' }).click();
  await page.getByRole('heading', { name: 'Your request has arrived' }).waitFor();
}

async function holdSecondAndChallenge(page: Page, first: string[]): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Place a hold' }).click();
  await dialog.getByText(/Trade fair dinner/).waitFor();
  await dialog.getByRole('button', { name: 'Place hold' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const held = page.getByRole('list', { name: 'Held for it' });
  await held.getByText('2nd hold').waitFor();
  await page.getByRole('button', { name: 'Actions for Great hall' }).click();
  await page.getByRole('button', { name: 'Challenge the 1st hold' }).click();
  await page.getByText('Challenged. The clock runs.', { exact: true }).waitFor();
  await stage.app.client(claims).release({ org, body: { claimIds: first, reason: 'They moved.' } });
  await held.getByText('1st hold').waitFor({ timeout: 5_000 });
  await page
    .getByRole('button', { name: /Notices/ })
    .first()
    .click();
  await page.getByText(/Your hold on Great hall.* is now the 1st/).waitFor({ timeout: 15_000 });
  await page.keyboard.press('Escape');
}

async function fillDossier(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  // What the stranger answered stands there already.
  const details = page.getByRole('region', { name: 'Details' });
  await details.getByText('Expected attendance').waitFor();
  expect(await details.getByRole('definition').allTextContents()).toEqual(['350', 'Seated']);
  await page.getByRole('tab', { name: 'Schedule' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await dialog.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'Doors' }).click();
  await dialog.getByRole('button', { name: 'Add to the schedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: 'Roster' }).click();
  await page.getByRole('button', { name: 'Everyone held or seated' }).click();
  await page.getByText('Sam Sound').first().waitFor();
  await page.getByRole('tab', { name: 'Notes' }).click();
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByLabel('Title', { exact: true }).fill('Hospitality');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('textbox', { name: 'Hospitality' }).click();
  await page.keyboard.type('Twenty hot meals, no nuts.');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByRole('tab', { name: /^Guests/ }).click();
  await page.getByRole('button', { name: 'Add an allotment' }).click();
  await dialog.getByLabel('Whose places').fill('Artist');
  await dialog.getByLabel('Places', { exact: true }).fill('5');
  await dialog.getByRole('button', { name: 'Add allotment' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Paste names' }).click();
  await dialog.getByLabel('Names').fill('Anna Berg +1\nZoe Zorn');
  await dialog.getByRole('button', { name: 'Add 2' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Approve all 2' }).click();
  await page.getByText('3 of 5 places given').waitFor();
  await page.getByRole('tab', { name: /Overview/ }).click();
  await shot(page, 'request-1-dossier', true);
}

/** @returns the text of the day sheet as it was saved */
async function daySheet(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Documents' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  const sheet = readFileSync(await saved.path());
  keep('request-2-day-sheet.pdf', sheet);
  return pdfText(sheet);
}

async function checkIn(engagementId: string): Promise<void> {
  const door = await stage.openSignedIn(phone);
  await door.goto(`/o/test/engagements/${engagementId}/door`);
  await door.getByText('0 of 3 in').waitFor();
  await door.getByRole('button', { name: 'Check in Zorn, Zoe' }).click();
  await door.getByText('1 of 3 in').waitFor();
  await door.getByRole('button', { name: 'Check in Berg, Anna' }).click();
  await door.getByText('3 of 3 in').waitFor();
  await shot(door, 'request-3-door');
}
