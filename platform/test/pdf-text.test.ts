import { expect, test } from 'vitest';
import { Printer } from '../pdf/printer.ts';
import { pdfText } from './pdf-text.ts';

test('every word that was printed is read back, bold and small, in three alphabets', async () => {
  const printer = new Printer();
  const words = ['Ann Example', 'Ελένη', 'Катя', 'Żółć – “ﬁne”'];
  const pdf = await printer.print(
    {
      paper: 'a4',
      colour: '#000000',
      language: 'en-GB',
      organisation: 'Organisation',
      label: 'Label',
      title: 'Title',
      asOf: 'As of now',
      confidential: 'Secret',
      contents: null,
      parts: [{ title: 'Part', subtitle: 'Sub', blocks: [{ kind: 'notes', heading: 'Notes', paragraphs: words }] }],
    },
    new Date('2026-05-14T00:00:00Z'),
  );
  await printer.close();
  const text = pdfText(pdf);
  for (const word of ['Organisation', 'Label · Title', 'Page 1 of 1', 'Secret', 'Part', 'Sub', ...words]) {
    expect(text).toContain(word);
  }
});
