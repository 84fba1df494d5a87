import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { organisations } from '#features/organisations/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { keep } from '#platform/test/shots.ts';
import { useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

test('a wording is made one’s own, and becomes a contract that is kept in the dossier', async () => {
  const page = await stage.openSignedIn();
  const settings = stage.app.client(organisations);
  const { version } = await settings.get({ org });
  await settings.change({ org, body: { version, packs: ['touring'], brandColour: '#7c2d92' } });
  const show = await stage.app.client(engagements).create({
    org,
    body: { title: 'Club night', startsAt: '2039-05-01T18:00:00.000Z', endsAt: '2039-05-01T21:00:00.000Z' },
  });
  const party = await stage.app.client(parties).create({ org, body: { name: 'Great Hall Company' } });
  const entry = { partyId: party.id, role: 'promoter' };
  await stage.app.client(engagements).addParty({ org, params: { id: show.id }, body: entry });

  await page.goto('/o/test/settings/contracts');
  await page.getByRole('button', { name: 'Performance agreement' }).click();
  const dialog = page.getByRole('dialog');
  const wording = dialog.getByRole('textbox', { name: 'Wording' });
  const before = await wording.inputValue();
  await wording.fill(
    before.replace('12. **Changes.**', '12. **Dogs.** {{party.dog}} may come along.\n13. **Changes.**'),
  );
  await dialog.getByText(/There is no \{\{party\.dog\}\}/).waitFor();
  await shot(page, 'contracts-1-fault');
  await wording.fill(before.replace('12. **Changes.**', '12. **Dogs.** Dogs may come along.\n13. **Changes.**'));
  await dialog.getByRole('radio', { name: 'Variables' }).click();
  await shot(page, 'contracts-2-variables');
  await dialog.getByRole('radio', { name: 'Preview' }).click();
  await dialog.getByRole('region', { name: 'Preview' }).getByText('Dogs may come along.').waitFor();
  await shot(page, 'contracts-3-preview');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.goto(`/o/test/engagements/${show.id}?tab=documents`);
  await page.getByRole('button', { name: 'Write a contract…' }).click();
  await dialog.getByText('Room is left for a pen, as nobody has entered:').waitFor();
  await dialog.getByText('Where it is', { exact: true }).waitFor();
  await shot(page, 'contracts-4-dialog');
  await accessibleEverywhere(page);
  const answer = await page.request.get(
    (await dialog.getByRole('link', { name: 'Look at it' }).getAttribute('href')) ?? '',
  );
  const text = pdfText(new Uint8Array(await answer.body()));
  expect(text).toContain('Dogs may come along.');
  expect(text).toContain('Great Hall Company');
  await dialog.getByRole('button', { name: 'Keep in the dossier' }).click();
  await page.getByText('Kept in the dossier', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByText('Performance agreement, Great Hall Company, Club night.pdf').first().waitFor();
  stage.quiet();
}, 240_000);

test('a logo is chosen, made smaller, and stands on documents', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/settings/organisation');
  await page.getByRole('button', { name: 'Choose a picture' }).waitFor();
  // Larger than any document needs, as designers send them.
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2_400;
    canvas.height = 800;
    const drawing = canvas.getContext('2d');
    if (!drawing) return '';
    drawing.fillStyle = '#7c2d92';
    drawing.beginPath();
    drawing.arc(400, 400, 380, 0, 7);
    drawing.fill();
    drawing.font = 'bold 420px sans-serif';
    drawing.fillText('LONG', 900, 550);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  const picker = page.getByLabel('Picture of the logo');
  await picker.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await page.getByText('This picture can’t be read').waitFor();
  await picker.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(drawn, 'base64') });
  await page.getByText('The logo is set', { exact: true }).waitFor();
  const logo = page.getByRole('img', { name: /^Logo of/ });
  await expect
    .poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 10_000 })
    .toBe(800);
  await logo.scrollIntoViewIfNeeded();
  await shot(page, 'contracts-5-logo');
  const show = await stage.app.client(engagements).create({
    org,
    body: { title: 'With a logo', startsAt: '2039-05-01T18:00:00.000Z', endsAt: '2039-05-01T21:00:00.000Z' },
  });
  const sheet = await page.request.get(`/api/v1/orgs/test/engagements/${show.id}/documents/day-sheet.pdf`);
  const pdf = await sheet.body();
  expect(pdf.includes('/Subtype /Image')).toBe(true);
  keep('logo.pdf', pdf);
  await page.getByRole('button', { name: 'Take it away' }).last().click();
  await logo.waitFor({ state: 'hidden' });
  stage.quiet();
}, 240_000);
