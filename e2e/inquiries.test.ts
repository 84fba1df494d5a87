import { simpleParser } from 'mailparser';
import { afterAll, expect, test } from 'vitest';
import { inquiries } from '#features/intake/inquiries/contract.ts';
import { receiveInquiry } from '#features/intake/inquiries/server/receive.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { startMailServer } from '#platform/test/mail-server.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const { settings, letters, close } = await startMailServer();
afterAll(close);

const stage = useStage(settings);

/** Path of the button in the newest letter with these words in its subject. */
async function linkIn(subject: RegExp): Promise<string> {
  const find = async () => {
    const all = await Promise.all(letters.map((letter) => simpleParser(letter)));
    const letter = all.findLast(({ subject: its = '' }) => subject.test(its));
    return /https?:\/\/[^/\s]+(\/inquiry\/\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
  };
  await expect.poll(find, { timeout: 20_000 }).not.toBe('');
  return find();
}

const org = 'test';
const evening = { startsAt: '2029-06-02T17:00:00.000Z', endsAt: '2029-06-02T21:30:00.000Z' };
const fields = [
  { key: 'what', type: 'long_text', label: 'What are you planning?' },
  { key: 'people', type: 'number', label: 'How many guests?' },
];

/** Sends the form as its page does, when everything was checked. */
async function send(placeId: string): Promise<void> {
  const { app } = stage;
  const formId = uuidv7();
  await app.inTenant(async (tx) => {
    await tx.query("insert into forms (org_id, id, slug, title) values ($1, $2, 'rent', 'Rent a space')", [
      app.org.id,
      formId,
    ]);
    await tx.query(
      `insert into form_revisions (org_id, id, form_id, number, title, intro, thanks, fields, published_by, published_at)
       values ($1, $2, $3, 1, 'Rent a space', '', '', $4, 'command', now())`,
      [app.org.id, uuidv7(), formId, JSON.stringify(fields)],
    );
    await receiveInquiry(
      tx,
      {
        formId,
        revision: 1,
        answers: { what: 'A summer party with dinner and a band.\nWe bring the band.', people: 140 },
        meaning: {
          title: 'Summer party of the harbour pilots',
          ...evening,
          zone: 'Europe/Berlin',
          placeId,
          people: 140,
          budget: { minor: 1_200_000, currency: 'EUR' },
          contactName: 'Petra Pilot',
          company: 'Harbour Pilots’ Brotherhood',
          email: 'petra@example.com',
          phone: '+49 40 1234567',
          message: 'A summer party with dinner and a band.',
        },
        source: 'form',
        suspected: false,
        fileIds: [],
      },
      app.app.services.config.secret,
    );
  });
}

test(
  'from a stranger’s request to an evening with tasks, past a hold that was there first',
  { timeout: 240_000 },
  async () => {
    const { app } = stage;
    const hall = await app
      .client(resources)
      .create({ org, body: { kind: 'place', name: 'Great hall', zone: 'Europe/Berlin' } });
    const rival = await app.client(engagements).create({ org, body: { title: 'Trade fair dinner', ...evening } });
    const { claims: first } = await app.client(claims).place({
      org,
      body: { engagementId: rival.id, claims: [{ resourceId: hall.id, ...evening, status: 'hold' }] },
    });

    // Nothing is there, then it is, without anybody asking again.
    const page = await stage.openSignedIn();
    await page.goto('/o/test/inquiries');
    await page.getByText('Nothing waits for you').waitFor();
    await shot(page, 'inquiries-1-empty');
    await accessibleEverywhere(page);
    await send(hall.id);
    const row = page.getByRole('link', { name: /Summer party of the harbour pilots/ });
    await row.waitFor({ timeout: 5_000 });
    await page.getByRole('navigation', { name: 'Main' }).getByText('1 new').waitFor();

    const reader = await stage.open(phone);
    const path = await linkIn(/We have your request/);
    await reader.goto(path);
    await reader.getByRole('heading', { name: 'Your request has arrived' }).waitFor();
    await shot(reader, 'inquiries-2-status-new', true);
    await accessibleEverywhere(reader);

    // By keyboard: j opens it.
    await page.keyboard.press('j');
    await page.getByRole('article', { name: 'Summer party of the harbour pilots' }).waitFor();
    await page.getByText('We bring the band.').waitFor();
    await shot(page, 'inquiries-3-detail');
    await accessibleEverywhere(page);
    await page.getByRole('button', { name: 'Take it on' }).click();
    await page.getByText('New → In review').waitFor();
    await page.getByRole('radio', { name: 'Question to them' }).click();
    await page.getByLabel('Question to them', { exact: true }).last().fill('Is the dinner for all of them?');
    await page.getByRole('button', { name: 'Send question' }).click();
    await page.getByText('Question to them, Olga Owner').waitFor();

    await linkIn(/A question about your request/);
    await reader.reload();
    await reader.getByRole('heading', { name: 'We are looking into it' }).waitFor();
    await reader.getByLabel('Your answer').fill('For a hundred of them.');
    await shot(reader, 'inquiries-4-status-question', true);
    await reader.getByRole('button', { name: 'Send' }).click();
    await page.getByText('For a hundred of them.').waitFor({ timeout: 5_000 });
    await page
      .getByRole('button', { name: /Notices/ })
      .first()
      .click();
    await page.getByRole('link', { name: /Petra Pilot has written about/ }).waitFor({ timeout: 15_000 });
    await page.keyboard.press('Escape');

    // A second hold, as another one has the first.
    await page.getByRole('button', { name: 'Place a hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Trade fair dinner/).waitFor();
    await shot(page, 'inquiries-5-hold');
    await accessibleEverywhere(page);
    await dialog.getByRole('button', { name: 'Place hold' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const held = page.getByRole('list', { name: 'Held for it' });
    await held.getByText('2nd hold').waitFor();
    await reader.reload();
    await reader.getByRole('heading', { name: 'We hold time for you' }).waitFor();

    // The first is challenged, and lets go.
    await page.getByRole('button', { name: 'Actions for Great hall' }).click();
    await page.getByRole('button', { name: 'Challenge the 1st hold' }).click();
    await page.getByText('Challenged. The clock runs.', { exact: true }).waitFor();
    await app.client(claims).release({ org, body: { claimIds: first.map(({ id }) => id), reason: 'They moved.' } });
    await held.getByText('1st hold').waitFor({ timeout: 5_000 });
    await page
      .getByRole('button', { name: /Notices/ })
      .first()
      .click();
    await page.getByText(/Your hold on Great hall.* is now the 1st/).waitFor({ timeout: 15_000 });
    await page.keyboard.press('Escape');
    await shot(page, 'inquiries-6-held');

    await page.getByRole('button', { name: 'Approve…' }).click();
    await dialog.getByLabel(/Confirm at once/).check();
    await shot(page, 'inquiries-7-approve');
    await accessibleEverywhere(page);
    await page.setViewportSize(phone);
    await shot(page, 'inquiries-7-approve-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.waitForURL(/\/engagements\//);
    await page.getByRole('heading', { name: 'Summer party of the harbour pilots' }).first().waitFor();
    await page.getByRole('tab', { name: /Tasks/ }).click();
    await expect
      .poll(() => page.getByRole('tabpanel').getByRole('listitem').count(), { timeout: 15_000 })
      .toBeGreaterThan(2);
    await page.getByRole('tab', { name: /Overview/ }).click();
    await page.getByText('Petra Pilot').first().waitFor();
    await page.getByRole('region', { name: 'Made of a guest request' }).getByRole('link').waitFor();
    await shot(page, 'inquiries-8-engagement');

    await linkIn(/^Yes to/);
    await reader.reload();
    await reader.getByRole('heading', { name: 'It is agreed' }).waitFor();
    await shot(reader, 'inquiries-9-status-agreed', true);
    await accessibleEverywhere(reader);
    stage.quiet();
  },
);

test('one by telephone: entered, edited and declined; its sender takes another back on a phone', async () => {
  const page = await stage.openSignedIn(phone);
  await page.goto('/o/test/inquiries');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it is about').fill('Christening');
  await dialog.getByLabel('Name', { exact: true }).fill('Carl Caller');
  await dialog.getByLabel('E-mail').fill('carl@example.com');
  await dialog.getByLabel('Labels').fill('family, small');
  await dialog.getByLabel('Mail them the link').check();
  await shot(page, 'inquiries-10-enter-phone');
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await page.getByRole('article', { name: 'Christening' }).waitFor();
  await shot(page, 'inquiries-11-detail-phone', true);
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Decline…' }).click();
  await dialog.getByLabel('What the mail says').fill('sadly our rooms are too large for it.');
  await shot(page, 'inquiries-12-decline-phone');
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await page.getByRole('article').getByText('Declined').first().waitFor();
  await linkIn(/About your request: Christening/);

  const { id } = await stage.app.client(inquiries).create({
    org,
    body: { title: 'Book club', contactName: 'Betty', email: 'betty@example.com', source: 'mail', tell: true },
  });
  const reader = await stage.open(phone);
  await reader.goto(await linkIn(/We have your request: Book club/));
  await reader.getByRole('button', { name: 'Take the request back' }).click();
  await reader.getByLabel('Why?').fill('We found a café.');
  await reader.getByRole('button', { name: 'Take it back' }).click();
  await reader.getByRole('heading', { name: 'You have taken it back' }).waitFor();
  await shot(reader, 'inquiries-13-withdrawn');
  await page.goto(`/o/test/inquiries/${id}`);
  await page.getByText('We found a café.').waitFor();
  await reader.goto('/inquiry/nobody/nothing-is-here-at-all');
  await reader.getByText('This link doesn’t work').waitFor();
  stage.quiet();
});

test('a long title stands in its column, and nothing scrolls twice', async () => {
  const title = 'The fiftieth anniversary dinner of the brotherhood of the harbour pilots of the lower river';
  const { id } = await stage.app
    .client(inquiries)
    .create({ org, body: { title, email: 'pilots@example.com', ...evening } });
  const page = await stage.openSignedIn({ width: 1440, height: 700 });
  await page.goto(`/o/test/inquiries/${id}`);
  await page.getByRole('radio', { name: 'Question to them' }).waitFor();
  const list = page.getByRole('region', { name: 'Guest requests' });
  expect(await list.evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0);
  expect(await page.evaluate(() => document.body.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0);
  stage.quiet();
});
