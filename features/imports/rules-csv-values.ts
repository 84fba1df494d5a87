import type * as z from 'zod';
import { email, line, text, zone } from '#platform/contract/fields.ts';
import { parseDecimal } from '#platform/text/decimal.ts';
import { party, type Party } from '#features/parties/contract.ts';
import { parseRate, unitOf, type Rate } from './rules-csv-numbers.ts';
import { impliedUnit, nameColumns, type Mapping } from './rules-csv-columns.ts';
import type { ImportField, ImportKind } from './contract.ts';
import type { CsvRow, CsvTable } from './rules-csv.ts';
import { folded } from './rules-names.ts';

export interface RowProblem {
  row: number;
  column: string | null;
  message: string;
}

export interface RowSkill {
  skill: string;
  /** Undefined: the file says none. */
  level: number | undefined;
}

/** What a row says; what it leaves empty is undefined and changes nothing. */
export interface RowValues {
  line: number;
  name: string;
  email?: string | undefined;
  phone?: string | undefined;
  zone?: string | undefined;
  address?: string | undefined;
  latitude?: number | undefined;
  longitude?: number | undefined;
  rate?: Rate | undefined;
  skills: RowSkill[];
  tags: string[];
  notes?: string | undefined;
  capacity?: number | undefined;
  parent?: string | undefined;
  externalRef?: string | undefined;
  partyKind?: Party['kind'] | undefined;
  roles: string[];
  website?: string | undefined;
  /** Name of the company that a person belongs to. */
  company?: string | undefined;
}

/** Made once: making a schema costs more than fifty rows' checks with it. */
const schemas = {
  phone: line(60),
  address: text(500),
  notes: text(),
  externalRef: line(300),
  name: line(200),
  skill: line(80),
  tag: line(60),
  website: party.fields.website.unwrap().unwrap(),
};

const listed = (cell: string) => [
  ...new Set(
    cell
      .split(/[;|,\n]/)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];

/** Reads every row; a row with a problem is left out of `rows`. @param currency the organisation's */
export function readRows(
  table: CsvTable,
  mapping: Mapping,
  kind: ImportKind,
  currency: string,
): { rows: RowValues[]; problems: RowProblem[] } {
  if (nameColumns(table.columns, mapping).length === 0) {
    return {
      rows: [],
      problems: [{ row: 1, column: null, message: 'No column is the name. Choose the one that is.' }],
    };
  }
  const rows: RowValues[] = [];
  const problems: RowProblem[] = [];
  for (const row of table.rows) {
    const reader = new RowReader(table.columns, mapping, row);
    const values = reader.values(kind, currency);
    problems.push(...reader.problems);
    if (reader.problems.length === 0) rows.push(values);
  }
  return { rows, problems };
}

class RowReader {
  readonly problems: RowProblem[] = [];
  readonly #columns: readonly string[];
  readonly #mapping: Mapping;
  readonly #row: CsvRow;

  constructor(columns: readonly string[], mapping: Mapping, row: CsvRow) {
    this.#columns = columns;
    this.#mapping = mapping;
    this.#row = row;
  }

  values(kind: ImportKind, currency: string): RowValues {
    for (const [index, cell] of this.#row.cells.entries()) {
      const column = this.#columns[index] ?? '';
      if (this.#mapping[column] && cell.includes('\uFFFD'))
        this.#problem(column, 'Letters were lost when the file was read. Save it as CSV in UTF-8.');
    }
    const place = this.#point();
    return {
      line: this.#row.line,
      name: this.#name(),
      email: this.#checked('email', email),
      phone: this.#checked('phone', schemas.phone),
      zone: this.#checked('zone', zone),
      address: this.#checked('address', schemas.address),
      ...place,
      rate: this.#rate(currency),
      skills: this.#skills(),
      tags: this.#words('tags', 50),
      partyKind: this.#partyKind(),
      roles: this.#words('roles', 20),
      website: this.#checked('website', schemas.website),
      company: this.#company(),
      notes: this.#checked('notes', schemas.notes),
      capacity: this.#capacity(),
      parent: this.#parent(kind),
      externalRef: this.#checked('externalRef', schemas.externalRef),
    };
  }

  #problem(column: string | null, message: string): undefined {
    this.problems.push({ row: this.#row.line, column, message });
    return undefined;
  }

  #column(field: ImportField): string | undefined {
    return this.#columns.find((column) => this.#mapping[column] === field);
  }

  /** The cell of a field, undefined when there is no such column or nothing in it. */
  #cell(field: ImportField): { column: string; text: string } | undefined {
    const column = this.#column(field);
    const cell = column === undefined ? '' : (this.#row.cells[this.#columns.indexOf(column)] ?? '');
    return column === undefined || cell === '' ? undefined : { column, text: cell };
  }

  #checked<S extends z.ZodType<string>>(field: ImportField, schema: S): string | undefined {
    const cell = this.#cell(field);
    if (!cell) return undefined;
    const parsed = schema.safeParse(cell.text);
    return parsed.success
      ? parsed.data
      : this.#problem(cell.column, `“${shortened(cell.text)}”: ${parsed.error.issues[0]?.message ?? 'is not valid.'}`);
  }

  #joinedName(): string {
    return nameColumns(this.#columns, this.#mapping)
      .map((column) => this.#row.cells[this.#columns.indexOf(column)] ?? '')
      .filter(Boolean)
      .join(' ');
  }

  #name(): string {
    const columns = nameColumns(this.#columns, this.#mapping);
    const joined = this.#joinedName();
    const parsed = schemas.name.safeParse(joined);
    if (parsed.success) return parsed.data;
    this.#problem(
      columns[0] ?? null,
      joined === '' ? 'The name is missing.' : (parsed.error.issues[0]?.message ?? 'is not valid.'),
    );
    return joined;
  }

  #point(): { latitude?: number | undefined; longitude?: number | undefined } {
    const latitude = this.#coordinate('latitude', 90);
    const longitude = this.#coordinate('longitude', 180);
    if ((this.#cell('latitude') === undefined) !== (this.#cell('longitude') === undefined)) {
      this.#problem(
        this.#column('longitude') ?? this.#column('latitude') ?? null,
        'Give latitude and longitude together.',
      );
    }
    return { latitude, longitude };
  }

  #coordinate(field: 'latitude' | 'longitude', limit: number): number | undefined {
    const cell = this.#cell(field);
    if (!cell) return undefined;
    const value = parseDecimal(cell.text);
    if (value !== undefined && Math.abs(Number(value)) <= limit) return Number(value);
    return this.#problem(
      cell.column,
      `“${shortened(cell.text)}” must be a number between -${limit} and ${limit}, like 52.52.`,
    );
  }

  #rate(currency: string): Rate | undefined {
    const cell = this.#cell('rate');
    if (!cell) return undefined;
    const named = this.#cell('rateCurrency');
    if (named && !/^[A-Za-z]{3}$/.test(named.text))
      return this.#problem(named.column, `“${shortened(named.text)}” must be a currency code like EUR.`);
    const said = this.#cell('rateUnit');
    const unit = said ? unitOf(said.text) : impliedUnit(cell.column);
    if (said && !unit) return this.#problem(said.column, `“${shortened(said.text)}” must be hour, day or service.`);
    if (!unit) return this.#problem(cell.column, 'Say what the rate is for: a column with hour, day or service.');
    const rate = parseRate(cell.text, named?.text.toUpperCase() ?? currency, named !== undefined);
    return typeof rate === 'string' ? this.#problem(cell.column, rate) : { ...rate, unit };
  }

  #skills(): RowSkill[] {
    const cell = this.#cell('skills');
    const skills = new Map<string, RowSkill>();
    for (const part of cell ? listed(cell.text) : []) {
      const [, name = '', level] = /^(.*?)(?:\s*:\s*(.*))?$/.exec(part) ?? [];
      if (!schemas.skill.safeParse(name).success)
        this.#problem(
          cell?.column ?? null,
          `“${shortened(part)}” must be a skill of at most 80 characters, like Violin:5.`,
        );
      else if (level !== undefined && !/^[1-5]$/.test(level))
        this.#problem(cell?.column ?? null, `“${shortened(part)}”: the level after the colon must be 1 to 5.`);
      else if (!skills.has(name))
        skills.set(name, { skill: name, level: level === undefined ? undefined : Number(level) });
    }
    if (skills.size > 50) this.#problem(cell?.column ?? null, 'At most 50 skills.');
    return [...skills.values()];
  }

  #words(field: 'tags' | 'roles', most: number): string[] {
    const cell = this.#cell(field);
    const words = cell ? listed(cell.text) : [];
    const long = words.find((word) => !schemas.tag.safeParse(word).success);
    if (long !== undefined) this.#problem(cell?.column ?? null, `“${shortened(long)}” must be at most 60 characters.`);
    if (words.length > most) this.#problem(cell?.column ?? null, `At most ${most} ${field}.`);
    return words;
  }

  #partyKind(): Party['kind'] | undefined {
    const cell = this.#cell('partyKind');
    if (!cell) return undefined;
    const text = folded(cell.text);
    if (/^(person|people|contact|individual|mensch|personne|persona|kontakt)$/.test(text)) return 'person';
    if (/^(company|organi[sz]ation|firm|firma|unternehmen|entreprise|societe|empresa)$/.test(text)) return 'company';
    return this.#problem(cell.column, `“${shortened(cell.text)}” must be person or company.`);
  }

  #company(): string | undefined {
    const company = this.#checked('company', schemas.name);
    return company !== undefined && folded(company) === folded(this.#joinedName()) ? undefined : company;
  }

  #capacity(): number | undefined {
    const cell = this.#cell('capacity');
    if (!cell) return undefined;
    const value = Number(cell.text);
    return Number.isInteger(value) && value >= 1 && value <= 100_000
      ? value
      : this.#problem(cell.column, `“${shortened(cell.text)}” must be a whole number from 1 to 100000.`);
  }

  #parent(kind: ImportKind): string | undefined {
    const cell = this.#cell('parent');
    if (!cell) return undefined;
    if (kind !== 'place')
      return this.#problem(cell.column, 'Only a place can be part of another place. Leave this column out.');
    return folded(cell.text) === folded(this.#name())
      ? this.#problem(cell.column, 'A place cannot be part of itself.')
      : cell.text;
  }
}

function shortened(cell: string): string {
  return cell.length > 60 ? `${cell.slice(0, 57)}…` : cell;
}
