import ICAL from 'ical.js';
import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import { rowsAtMost, type CsvRow, type CsvTable } from './rules-csv.ts';

/** jCal: name, parameters, type, then the values. */
const property = z.tuple([z.string(), z.unknown(), z.string()], z.unknown());
const card = z.tuple([z.literal('vcard'), z.array(property), z.unknown()]);
type Property = z.output<typeof property>;

/** Headings as a CSV of contacts would have them, so that the columns are guessed like any other's. */
const columns = [
  'Name',
  'Email',
  'Phone',
  'Address',
  'Latitude',
  'Longitude',
  'Role',
  'Categories',
  'Notes',
  'Reference',
];

export function isVcard(content: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCARD\s*$/im.test(content.slice(0, 200));
}

/**
 * Contacts as address books export them (vCard 3.0 and 4.0), as the table that a CSV of them would be: one
 * row per card, its line that of BEGIN:VCARD.
 * @throws AppError file_unreadable
 */
export function readVcards(content: string): CsvTable {
  const text = content
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trimStart();
  const lines = text.split('\n').flatMap((line, index) => (/^BEGIN:VCARD\s*$/i.test(line) ? [index + 1] : []));
  if (lines.length > rowsAtMost)
    throw unreadable(
      `It has ${lines.length.toLocaleString('en')} cards; at most ${rowsAtMost.toLocaleString('en')} are read at once.`,
    );
  if (/^VERSION:2\.1\s*$/im.test(text))
    throw unreadable('It is vCard 2.1, which writes letters in many ways. Export it as vCard 3.0 or 4.0.');
  const cards = z.array(card).parse(parsed(text));
  const rows = cards.map(([, properties], index): CsvRow => ({ line: lines[index] ?? 1, cells: cellsOf(properties) }));
  return { columns, rows };
}

/** One card comes as itself, several as a list. */
function parsed(text: string): unknown[] {
  try {
    const found: unknown[] = ICAL.parse(text);
    return found[0] === 'vcard' ? [found] : found;
  } catch (error) {
    throw unreadable('It is not written as vCard: a card may begin without an end.', error);
  }
}

function cellsOf(properties: readonly Property[]): string[] {
  const values = (name: string) => properties.find(([own]) => own === name)?.slice(3) ?? [];
  const first = (name: string) => textOf(values(name)[0]);
  const [latitude, longitude] = [values('geo')[0]].flat().map(textOf);
  const placed = Boolean(latitude && longitude);
  return [
    first('fn'),
    first('email'),
    first('tel').replace(/^tel:/i, ''),
    [values('adr')[0]].flat().map(textOf).filter(Boolean).join(', '),
    placed ? (latitude ?? '') : '',
    placed ? (longitude ?? '') : '',
    first('role') || first('title'),
    values('categories').map(textOf).join(';'),
    first('note'),
    first('uid'),
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('file_unreadable', { message: `The file could not be read. ${message}`, cause });
}
