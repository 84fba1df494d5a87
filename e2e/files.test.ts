import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { findClamd, plague, plagueName, startClamd, type TestClamd } from '#platform/test/clamd.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const program = findClamd();
let clamd: TestClamd | undefined;
const stage = useStage(async () => {
  clamd = program ? await startClamd(program, ['StreamMaxLength 100M']) : undefined;
  return clamd ? { CLAMAV_URL: clamd.url } : {};
});
afterAll(() => clamd?.stop());
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-e2e-files-'));

function fileOf(name: string, content: string | Buffer): string {
  const target = path.join(folder, name);
  writeFileSync(target, content);
  return target;
}

/** A picture of stripes. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (__, x) => [x % 256, (y * 2) % 256, 160]).flat(),
  ]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One page that says what it is. */
function pdf(text: string): string {
  const stream = `BT /F1 36 Tf 72 700 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return `${body}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`;
}

const choose = (page: Page, ...files: string[]) => page.getByTestId('files-to-upload').setInputFiles(files);
const openFile = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Files' }).getByRole('button', { name, exact: true });
const menuOf = async (page: Page, name: string, item: string) => {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('from an empty page to folders, versions, a look, the trash', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/files');
  await page.getByRole('heading', { name: 'No files yet' }).waitFor();
  await page.getByText(/Files of \w+ are on their own pages/).waitFor();
  await shot(page, 'files-1-empty');
  await accessibleEverywhere(page);

  const long =
    'Technical rider of the Philharmonic’s European tour, with stage plot, input list and backline, final.pdf';
  await choose(
    page,
    fileOf('Stage plot.png', png(600, 400)),
    fileOf(long, pdf('Rider')),
    fileOf('Set list.txt', '1. Opener\n'),
  );
  await openFile(page, 'Set list.txt').waitFor();
  await page.getByText('Being checked').first().waitFor({ state: 'detached' });
  await expect.poll(() => page.getByText('Being checked').count()).toBe(0);
  await shot(page, 'files-2-list');
  await accessibleEverywhere(page);

  await openFile(page, 'Stage plot.png').click();
  const panel = page.getByRole('dialog');
  if (clamd) {
    const picture = panel.getByRole('img', { name: 'Stage plot.png' });
    await expect
      .poll(() => picture.evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0)))
      .toBe(600);
  }
  await panel.getByText('Olga Owner').waitFor();
  await shot(page, 'files-3-picture');
  await accessibleEverywhere(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Stage plot.png');
  await page.keyboard.press('Escape');

  if (clamd) {
    await openFile(page, long).click();
    const link = panel.getByRole('link', { name: 'Look at it in a new tab' });
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await tab.waitForLoadState();
    await shot(tab, 'files-4-pdf');
    await tab.close();
    await page.keyboard.press('Escape');
  }

  await choose(page, fileOf('Set list.txt', '1. Another\n'));
  await page.getByText('There is a file of this name here.').waitFor();
  await shot(page, 'files-5-taken');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'New version of it' }).click();
  await page.getByText('v2').waitFor();
  await openFile(page, 'Set list.txt').click();
  await panel.getByRole('button', { name: 'Make version 1 the current one' }).click();
  await panel.getByRole('button', { name: 'Make version 2 the current one' }).waitFor();
  await shot(page, 'files-6-versions');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'New folder' }).click();
  await panel.getByLabel('Name').fill('Press');
  await panel.getByRole('button', { name: 'Make the folder' }).click();
  await openFile(page, 'Press').waitFor();
  await menuOf(page, 'Stage plot.png', 'Move');
  await panel.getByRole('combobox').click();
  await page.getByRole('option', { name: 'Press' }).click();
  await panel.getByRole('button', { name: 'Move', exact: true }).click();
  await openFile(page, 'Stage plot.png').waitFor({ state: 'detached' });
  await openFile(page, 'Press').click();
  await openFile(page, 'Stage plot.png').waitFor();
  await menuOf(page, 'Stage plot.png', 'Rename');
  await panel.getByLabel('Name').fill('Plot/2026.png');
  await panel.getByRole('button', { name: 'Rename' }).click();
  await panel.getByText('Leave out invisible characters').waitFor();
  await shot(page, 'files-7-rename');
  await panel.getByLabel('Name').fill('Plot 2026.png');
  await panel.getByRole('button', { name: 'Rename' }).click();
  await openFile(page, 'Plot 2026.png').waitFor();
  await shot(page, 'files-8-folder');

  await menuOf(page, 'Plot 2026.png', 'Put into the trash');
  await page.getByRole('heading', { name: 'This folder is empty' }).waitFor();
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await openFile(page, 'Plot 2026.png').waitFor();
  await shot(page, 'files-9-trash');
  await accessibleEverywhere(page);
  await menuOf(page, 'Plot 2026.png', 'Restore');
  await page.getByRole('heading', { name: 'The trash is empty' }).waitFor();
  await page.getByRole('button', { name: 'Back to the files' }).click();
  await page.getByLabel('Search files').fill('plot');
  await openFile(page, 'Plot 2026.png').waitFor();
  await openFile(page, 'Press').waitFor({ state: 'detached' });
  await page.getByLabel('Search files').fill('');
  await page.setViewportSize(phone);
  await openFile(page, 'Press').waitFor();
  await shot(page, 'files-10-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'files-11-phone-dark');
  await openFile(page, long).click();
  await shot(page, 'files-12-phone-panel-dark');
  stage.quiet();
});

test('an upload is paused, survives a broken line and a reload; dropped files come too', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/files');
  const recording = fileOf(
    'Recording.wav',
    Buffer.concat([Buffer.from('RIFF\x24\x00\x00\x01WAVEfmt '), Buffer.alloc(30_000_000, 7)]),
  );
  // As slow as a hotel's line, so that there is something to interrupt.
  const network = await page.context().newCDPSession(page);
  const line = { latency: 0, downloadThroughput: -1, uploadThroughput: 4_000_000 };
  await network.send('Network.emulateNetworkConditions', { ...line, offline: false });
  await choose(page, recording);
  await page.getByText(/^\d+ MB of 30 MB/).waitFor();
  await network.send('Network.emulateNetworkConditions', { ...line, offline: true });
  await page.waitForTimeout(1_500);
  await network.send('Network.emulateNetworkConditions', { ...line, offline: false });
  await page.getByText(/^1\d MB of 30 MB/).waitFor();
  await page.getByRole('button', { name: 'Pause Recording.wav' }).click();
  await page.getByText(/Paused at/).waitFor();
  await shot(page, 'files-13-paused');
  await accessibleEverywhere(page);
  await network.detach();
  await page.reload();
  await page.getByText(/% of 30 MB is here/).waitFor();
  await shot(page, 'files-14-begun');
  await accessibleEverywhere(page);
  await choose(page, recording);
  await openFile(page, 'Recording.wav').waitFor();
  await expect.poll(() => page.getByText('is here').count(), { timeout: 10_000 }).toBe(0);

  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'Dropped.txt', { type: 'text/plain' }));
    return data;
  });
  const target = page.getByRole('table', { name: 'Files' });
  await target.dispatchEvent('dragenter', { dataTransfer: transfer });
  await shot(page, 'files-15-dropping');
  await target.dispatchEvent('drop', { dataTransfer: transfer });
  await openFile(page, 'Dropped.txt').waitFor();
});

test.skipIf(!program)('what is infected is locked away, and its sender told', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/files');
  await choose(
    page,
    fileOf('Invoice.txt', `Please pay. ${plague}`),
    fileOf('Evil.html', '<script>1</script>'),
    fileOf('Fake.png', '<html>'),
  );
  await page.getByText('Infected').waitFor();
  await page.getByText(/A computer would run “Evil.html”/).waitFor();
  await page.getByText(/“Fake.png” holds a web page/).waitFor();
  await shot(page, 'files-16-infected');
  await accessibleEverywhere(page);
  await openFile(page, 'Invoice.txt').click();
  await page.getByRole('dialog').getByText(plagueName).waitFor();
  expect(
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Download/ })
      .count(),
  ).toBe(0);
  await shot(page, 'files-17-infected-panel');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /notice/i })
    .first()
    .click();
  await page
    .getByText(/Your file “Invoice.txt” is locked away/)
    .first()
    .waitFor({ timeout: 40_000 });
});

test('files of an engagement, shared with those who take part', async () => {
  const { id } = await stage.app.client(engagements).create({
    org: 'test',
    body: { title: 'Gala', startsAt: '2029-03-01T10:00:00.000Z', endsAt: '2029-03-01T12:00:00.000Z' },
  });
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/engagements/${id}`);
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('heading', { name: 'No files yet' }).waitFor();
  await choose(page, fileOf('Running order.txt', '19:30 Doors'));
  await openFile(page, 'Running order.txt').waitFor();
  await menuOf(page, 'Running order.txt', 'Share with those who take part');
  await page.getByRole('img', { name: 'shared with those who take part' }).waitFor();
  await shot(page, 'files-18-tab');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'files-19-tab-phone');
});
