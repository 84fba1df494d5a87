import type * as z from 'zod';
import { email, line } from '#platform/contract/fields.ts';
import { readInstrument, type InstrumentCode } from '#features/calls/instruments/instrument-rules.ts';
import type { CsvRow, CsvTable } from '#features/imports/rules-csv.ts';
import { keyOf } from '#features/imports/rules-names.ts';
import { tenures, type Tenure } from './contract.ts';

export interface RowProblem {
  row: number;
  column: string | null;
  message: string;
}

/** What a row says; what it leaves empty is undefined. */
export interface RosterRow {
  line: number;
  person: string;
  email: string | undefined;
  instrument: InstrumentCode;
  position: string | undefined;
  number: number | undefined;
  tenure: Tenure | undefined;
  from: string | undefined;
  to: string | undefined;
}

/** Headings that mean a column, as `keyOf` writes them. */
const headings = {
  person: ['person', 'name', 'full-name', 'musician', 'player', 'musiker', 'musicien'],
  email: ['e-mail', 'email', 'mail', 'e-mail-address', 'email-address', 'e-mail-adresse', 'courriel'],
  instrument: ['instrument', 'section', 'stimmgruppe'],
  position: ['position', 'title', 'funktion', 'stelle', 'poste'],
  chair: ['chair', 'chair-number', 'seat', 'number', 'pult', 'stuhl', 'chaise'],
  tenure: ['tenure', 'contract', 'status', 'vertrag', 'contrat'],
  from: ['from', 'since', 'start', 'starts', 'starts-on', 'von', 'ab', 'seit', 'debut'],
  to: ['to', 'until', 'till', 'end', 'ends', 'ends-on', 'bis', 'ende', 'fin'],
} as const;
type Column = keyof typeof headings;
const neededColumns: readonly Column[] = ['person', 'instrument'];

/** The columns that are understood, with the headings that mean them, the usual one first. */
export const rosterColumns = Object.entries(headings).map(([column, [usual, ...others]]) => ({
  label: usual,
  headings: [usual, ...others].map((heading) => heading.replaceAll('-', ' ')),
  needed: neededColumns.some((needed) => needed === column),
}));

const tenureWords: Readonly<Record<Tenure, readonly string[]>> = {
  permanent: ['permanent', 'tenured', 'tenure', 'fest', 'unbefristet', 'titulaire'],
  trial: ['trial', 'probation', 'probationary', 'probe', 'probejahr', 'essai'],
  contract: ['contract', 'temporary', 'fixed-term', 'befristet', 'zeitvertrag', 'cdd'],
  acting: ['acting', 'interim', 'kommissarisch'],
};

const name = line(200);
const title = line(120);

/** Reads every row; a row with a problem is left out of `rows`. */
export function readRosterRows(table: CsvTable): { rows: RosterRow[]; problems: RowProblem[] } {
  const places = placesOf(table.columns);
  const missing = neededColumns.filter((column) => places[column] < 0);
  if (missing.length > 0) {
    const message = `No column is called ${missing.join(' or ')}. The first line names the columns: ${rosterColumns.map(({ label }) => label).join(', ')}.`;
    return { rows: [], problems: [{ row: 1, column: null, message }] };
  }
  const problems: RowProblem[] = [];
  const rows = table.rows.flatMap((row) => {
    const found: RowProblem[] = [];
    const read = readRow(row, places, table.columns, found);
    problems.push(...found);
    return read && found.length === 0 ? [read] : [];
  });
  return { rows, problems };
}

type Places = Readonly<Record<Column, number>>;

function placesOf(columns: readonly string[]): Places {
  const keys = columns.map(keyOf);
  const placeOf = (column: Column) => keys.findIndex((key) => headings[column].some((heading) => heading === key));
  return {
    person: placeOf('person'),
    email: placeOf('email'),
    instrument: placeOf('instrument'),
    position: placeOf('position'),
    chair: placeOf('chair'),
    tenure: placeOf('tenure'),
    from: placeOf('from'),
    to: placeOf('to'),
  };
}

function readRow(
  row: CsvRow,
  places: Places,
  columns: readonly string[],
  problems: RowProblem[],
): RosterRow | undefined {
  const cell = (column: Column) => row.cells[places[column]] ?? '';
  const problem = (column: Column, message: string): undefined => {
    problems.push({ row: row.line, column: columns[places[column]] ?? null, message });
    return undefined;
  };
  /** Undefined where the cell is empty or wrong, which is then a problem. */
  const read = <T>(column: Column, of: (text: string) => T | undefined, message: string): T | undefined =>
    cell(column) === ''
      ? undefined
      : (of(cell(column)) ?? problem(column, `“${cell(column).slice(0, 60)}”: ${message}`));
  const text = (schema: z.ZodType<string>) => (value: string) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  };
  const person = read('person', text(name), 'a name has at most 200 characters.');
  const instrument = read(
    'instrument',
    readInstrument,
    'is no instrument that is known here. Write it like Flute or vn2.',
  );
  const values = {
    line: row.line,
    email: read('email', text(email), 'is no e-mail address.'),
    position: read('position', text(title), 'a title has at most 120 characters.'),
    number: read('chair', chairNumber, 'a chair is a number from 1 to 200.'),
    tenure: read('tenure', tenureOf, `must be ${tenures.join(', ')}.`),
    from: read('from', dayOf, 'must be a date like 2026-09-01.'),
    to: read('to', dayOf, 'must be a date like 2026-09-01.'),
  };
  if (cell('person') === '') problem('person', 'The name is missing.');
  if (cell('instrument') === '') problem('instrument', 'The instrument is missing.');
  if (values.from && values.to && values.to < values.from) problem('to', 'The last day is before the first.');
  return person && instrument ? { ...values, person, instrument } : undefined;
}

function chairNumber(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 200 ? Number(text) : undefined;
}

function tenureOf(text: string): Tenure | undefined {
  const key = keyOf(text);
  return tenures.find((tenure) => tenureWords[tenure].includes(key));
}

/** `2026-09-01` or `1.9.2026`. With strokes, nobody can say which is the day. */
export function dayOf(text: string): string | undefined {
  const [, d, m, y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const iso = y ? `${y}-${(m ?? '').padStart(2, '0')}-${(d ?? '').padStart(2, '0')}` : text;
  if (!/^(19|2[01])\d\d-\d\d-\d\d$/.test(iso)) return undefined;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isFinite(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}
