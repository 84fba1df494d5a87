import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '#platform/contract/errors.ts';

export const rowsAtMost = 50_000;
const columnsAtMost = 200;

export interface CsvTable {
  /** Headings, each once; a column without one is called by its place. */
  columns: string[];
  rows: CsvRow[];
}

export interface CsvRow {
  /** Line of the file in which the row ends, the heading being 1. */
  line: number;
  /** One per column, trimmed. */
  cells: string[];
}

/** @throws AppError file_unreadable, in plain words and with the line */
export function readCsv(content: string): CsvTable {
  // The parser counts the two characters of a Windows line break inside quotation marks as two lines.
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.includes('\u0000')) throw unreadable('It is not a text file. Save the spreadsheet as CSV.');
  const [head, ...body] = recordsOf(text, delimiterOf(text));
  if (!head) throw unreadable('It is empty.');
  if (head.record.length > columnsAtMost)
    throw unreadable(`It has ${head.record.length} columns; at most ${columnsAtMost} are read.`);
  if (body.length > rowsAtMost)
    throw unreadable(
      `It has ${body.length.toLocaleString('en')} rows; at most ${rowsAtMost.toLocaleString('en')} are read at once. Split it.`,
    );
  const columns = headings(head.record);
  const rows = body.map(({ record, info }) => ({
    line: info.lines,
    cells: columns.map((_, index) => record[index] ?? ''),
  }));
  const longer = body.find(({ record }) => record.slice(columns.length).some((cell) => cell !== ''));
  if (longer)
    throw unreadable(
      `Line ${longer.info.lines} has ${longer.record.length} cells, the heading ${columns.length}. A text with the separator in it needs quotation marks.`,
    );
  return { columns, rows };
}

interface Recorded {
  record: string[];
  info: { lines: number };
}

function recordsOf(text: string, delimiter: string): Recorded[] {
  try {
    const records: unknown = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
    return records as Recorded[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error;
    const where = typeof lines === 'number' ? `Line ${lines}: ` : '';
    throw unreadable(`${where}${wordsFor(error.code)}`, error);
  }
}

function wordsFor(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark opens and never closes.';
  if (code === 'INVALID_OPENING_QUOTE')
    return 'a quotation mark stands in the middle of a cell. Double it, and put the cell in quotation marks.';
  if (code === 'CSV_INVALID_CLOSING_QUOTE') return 'text follows a closing quotation mark.';
  return 'it is not written as CSV.';
}

/** Comma, semicolon or tab: the one that the heading has most of, outside of quotation marks. */
export function delimiterOf(text: string): ',' | ';' | '\t' {
  const [heading = ''] = text
    .replace(/"[^"]*"/g, '')
    .trimStart()
    .split('\n', 1);
  const count = (mark: string) => heading.split(mark).length;
  const marks = ([',', ';', '\t'] as const).toSorted((a, b) => count(b) - count(a));
  return marks[0] ?? ',';
}

function headings(record: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return record.map((cell, index) => {
    const name = cell.slice(0, 190) || `Column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times > 1 ? `${name} (${times})` : name;
  });
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('file_unreadable', { message: `The file could not be read. ${message}`, cause });
}
