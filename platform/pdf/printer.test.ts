import { afterAll, expect, test } from 'vitest';
import { onPaper } from './colour.ts';
import type { PdfBlock, PdfDocument, PdfPart } from './document.ts';
import { Letters, missing } from './fonts.ts';
import { layOut } from './layout.ts';
import { Printer } from './printer.ts';

const now = new Date('2026-05-14T16:00:00.000Z');
const printer = new Printer();
afterAll(() => printer.close());

const sheet = (blocks: readonly PdfBlock[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  paper: 'a4',
  colour: '#0e7490',
  language: 'en-GB',
  organisation: 'Test',
  label: 'Day sheet',
  title: 'Gala',
  asOf: 'As of now',
  confidential: null,
  contents: null,
  parts: [{ title: 'Thursday', subtitle: '', blocks }],
  ...more,
});
const rows = (count: number, what = 'Set') =>
  Array.from({ length: count }, () => ({ from: '10:00', until: '11:00', mark: '', what, where: 'Hall', details: [] }));
const timeline = (count: number, what?: string): PdfBlock => ({
  kind: 'timeline',
  heading: 'Schedule',
  empty: 'Nothing.',
  rows: rows(count, what),
});
/** Page objects are not compressed. */
const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

test('a document is a PDF with its pages, on the paper asked for', async () => {
  const pdf = await printer.print(sheet([timeline(1)]), now);
  expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7');
  expect(Buffer.from(pdf).toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]');
  expect(pagesOf(pdf)).toBe(1);
  const letter = await printer.print(sheet([timeline(60)], { paper: 'letter' }), now);
  expect(Buffer.from(letter).toString('latin1')).toContain('/MediaBox [0 0 612 792]');
  expect(pagesOf(letter)).toBeGreaterThan(1);
});

test('each part begins a page, after the contents', async () => {
  const part = (title: string): PdfPart => ({ title, subtitle: '', blocks: [timeline(2)] });
  const pdf = await printer.print(
    sheet([], { contents: { title: 'Tour', subtitle: '', heads: ['Day', 'Show'] }, parts: [part('One'), part('Two')] }),
    now,
  );
  expect(pagesOf(pdf)).toBe(3);
});

test('nothing that people write breaks it: no rows, one endless word, a text of ten pages, strange letters', async () => {
  const blocks: PdfBlock[] = [
    timeline(0),
    timeline(3, 'x'.repeat(5_000)),
    { kind: 'notes', heading: 'Notes', paragraphs: ['word '.repeat(8_000), '', '  '] },
    { kind: 'notes', heading: 'Lines', paragraphs: ['line\n'.repeat(300)] },
    { kind: 'facts', items: [{ label: '', value: '💥\u0000\u202E'.repeat(200) }] },
    { kind: 'table', heading: '', columns: [{ head: '', share: 1 }], rows: [['\ud800']], empty: '' },
  ];
  expect(
    pagesOf(await printer.print(sheet(blocks, { title: 'y'.repeat(900), organisation: '' }), now)),
  ).toBeGreaterThan(10);
});

test('a document that takes too long or too much fails alone, and those behind it are made', async () => {
  const tight = new Printer({ time: 400 });
  const small = new Printer({ memory: 12 });
  const huge = sheet([timeline(40_000)]);
  for (const one of [tight, small]) {
    const [first, second] = await Promise.allSettled([one.print(huge, now), one.print(huge, now)]);
    for (const result of [first, second]) expect(result).toMatchObject({ reason: { code: 'unavailable' } });
    await one.close();
  }
  const limited = new Printer({ queue: 1 });
  const many = await Promise.allSettled([1, 2, 3].map(() => limited.print(sheet([timeline(1)]), now)));
  expect(many.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  await limited.close();
});

test('letters that the font lacks show as one, and the foot says so', () => {
  const letters = new Letters();
  expect(letters.printable('Ann Ελένη Катя\u200B श e\u0301')).toBe('Ann Ελένη Катя श é');
  expect(letters.replaced).toBe(false);
  expect(letters.printable('山 A')).toBe(`${missing} A`);
  expect(letters.replaced).toBe(true);
  const foot = (blocks: PdfBlock[]) => {
    const { footer } = layOut(sheet(blocks), now);
    return JSON.stringify(
      typeof footer === 'function' && footer(1, 2, { width: 0, height: 0, orientation: 'portrait' }),
    );
  };
  expect(foot([timeline(1)])).not.toContain('can’t be printed');
  expect(foot([timeline(1, '山')])).toContain('can’t be printed');
  expect(foot([])).toContain('Page 1 of 2');
});

test('a pale colour is darkened until it can be read, a dark one stays', () => {
  expect(onPaper('#0e7490')).toBe('#0e7490');
  expect(onPaper('#ffee00')).not.toBe('#ffee00');
  expect(onPaper('nonsense')).toBe('#1f2937');
});
