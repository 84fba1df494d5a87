import { expect, test } from 'vitest';
import { guessMapping } from './rules-csv-columns.ts';
import { readRows } from './rules-csv-values.ts';
import { isVcard, readVcards } from './rules-vcard.ts';

const ada = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lo\r\nN:Lo;Ada;;;\r\nEMAIL;TYPE=WORK:ada@x.org\r\nEMAIL:second@x.org\r\nTEL;TYPE=CELL:+49 1\r
ADR;TYPE=HOME:;;Main St 1;Berlin;;10115;Germany\r\nTITLE:Violin\r\nNOTE:Two\\nlines\\, one comma and a long line that is fol\r\n ded\r
CATEGORIES:union,first\r\nUID:urn:uuid:1\r\nGEO:52.5;13.4\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\nEND:VCARD\r\n`;
const bob = 'BEGIN:VCARD\nVERSION:4.0\nFN:Bob\nTEL;VALUE=uri:tel:+1-2\nGEO:geo:52.5,13.4\nEND:VCARD\n';

test('cards become rows, whose columns are guessed', () => {
  expect([isVcard(ada), isVcard(`\uFEFF${bob}`), isVcard('Name\nBEGIN')]).toEqual([true, true, false]);
  const table = readVcards(ada + bob);
  expect(Object.values(guessMapping(table.columns))).not.toContain(null);
  const { rows, problems } = readRows(table, guessMapping(table.columns), 'person', 'EUR');
  expect(problems).toEqual([]);
  expect(rows).toMatchObject([
    {
      line: 1,
      name: 'Ada Lo',
      email: 'ada@x.org',
      phone: '+49 1',
      address: 'Main St 1, Berlin, 10115, Germany',
      latitude: 52.5,
      longitude: 13.4,
      skills: [{ skill: 'Violin' }],
      tags: ['union', 'first'],
      externalRef: 'urn:uuid:1',
      notes: 'Two\nlines, one comma and a long line that is folded',
    },
    { line: 17, name: 'Bob', phone: '+1-2', skills: [], tags: [] },
  ]);
  expect(readVcards(bob).rows).toHaveLength(1);
});

test('a card without a name is a row to mend; a broken file is refused', () => {
  const nameless = readVcards('BEGIN:VCARD\nVERSION:3.0\nEMAIL:a@x.org\nEND:VCARD\n');
  expect(readRows(nameless, guessMapping(nameless.columns), 'person', 'EUR').problems).toMatchObject([
    { row: 1, column: 'Name' },
  ]);
  expect(() => readVcards('BEGIN:VCARD\nFN:x\n')).toThrow(/not written as vCard/);
  expect(() => readVcards('BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=C3\nEND:VCARD\n')).toThrow(
    /vCard 3.0/,
  );
});
