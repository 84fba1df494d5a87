import { readCsv, type CsvTable } from '#features/imports/rules-csv.ts';
import { folded, keyOf } from '#features/imports/rules-names.ts';
import { notesAtMost } from './list-rules.ts';

/** Whom a line means, as it is written. */
export interface WrittenPerson {
  line: number;
  name: string;
  email: string | null;
  note: string;
}

export interface NamedPerson {
  id: string;
  name: string;
  email: string | null;
  archived: boolean;
}

export interface LineProblem {
  line: number;
  message: string;
}

export interface FoundPerson {
  line: number;
  resourceId: string;
  name: string;
  note: string;
}

/** Headings that mean a column, as `keyOf` writes them. */
const headings = {
  name: ['name', 'person', 'full-name', 'musician', 'player', 'musiker', 'musicien'],
  email: ['e-mail', 'email', 'mail', 'e-mail-address', 'email-address', 'e-mail-adresse', 'courriel'],
  note: ['note', 'notes', 'remark', 'comment', 'bemerkung', 'remarque'],
} as const;
type Column = keyof typeof headings;

/**
 * Reads what somebody pasted, in its order: a CSV or part of a spreadsheet if its first line names the columns, else one
 * person a line, `3. Ada Lo <ada@example.com>`, of which the number says nothing.
 *
 * @throws AppError file_unreadable for a CSV that is none
 */
export function readPeople(content: string): WrittenPerson[] {
  const lines = content.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const heading = lines.find((line) => line.trim() !== '') ?? '';
  if (isHeading(heading)) return fromTable(readCsv(content));
  return lines.flatMap((text, index) => {
    const person = fromLine(text);
    return person ? [{ line: index + 1, ...person }] : [];
  });
}

function isHeading(line: string): boolean {
  const cells = line.split(/[,;\t]/).map((cell) => keyOf(cell));
  return cells.some((cell) => columnOf(cell) === 'name' || columnOf(cell) === 'email');
}

function columnOf(key: string): Column | undefined {
  if (headings.name.some((heading) => heading === key)) return 'name';
  if (headings.email.some((heading) => heading === key)) return 'email';
  return headings.note.some((heading) => heading === key) ? 'note' : undefined;
}

function fromTable({ columns, rows }: CsvTable): WrittenPerson[] {
  const keys = columns.map((column) => columnOf(keyOf(column)));
  return rows.map(({ line, cells }) => {
    const cell = (column: Column) => cells[keys.indexOf(column)] ?? '';
    return { line, name: cell('name'), email: cell('email') || null, note: cell('note') };
  });
}

const address = /[^\s<>,;"]+@[^\s<>,;"]+/;

/** Name and address of one line, the number of a numbered list and whatever divides them taken away. */
function fromLine(text: string): Omit<WrittenPerson, 'line'> | undefined {
  const [email = null] = address.exec(text) ?? [];
  const name = text
    .replace(email ?? '', ' ')
    .replace(/^\s*\d{1,3}\s*[.):\t]/, ' ')
    .replace(/[<>";\t]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,•*–-]+|[\s,]+$/g, '');
  return name === '' && email === null ? undefined : { name, email, note: '' };
}

/** Who the lines mean: by e-mail address, else by name. Nobody is added who isn't known. */
export function findPeople(
  written: readonly WrittenPerson[],
  known: readonly NamedPerson[],
): { people: FoundPerson[]; problems: LineProblem[] } {
  const byEmail = Map.groupBy(known, ({ email }) => email?.toLowerCase() ?? '');
  const byName = Map.groupBy(known, ({ name }) => nameKey(name));
  const lineOf = new Map<string, number>();
  const problems: LineProblem[] = [];
  const people = written.flatMap(({ line, name, email, note }) => {
    // Beside an address, a name may only mean somebody of whom no other address is known.
    const named = name ? namesakes(byName, name).filter((one) => email === null || one.email === null) : [];
    const fitting = (email && byEmail.get(email.toLowerCase())) || named;
    const [one, ...others] = fitting.some(({ archived }) => !archived)
      ? fitting.filter(({ archived }) => !archived)
      : fitting;
    const problem = (message: string) => {
      problems.push({ line, message });
      return [];
    };
    const said = name || email || '';
    if (!said) return problem('The name is missing.');
    if (!one)
      return problem(`Nobody is called “${said.slice(0, 80)}”. Add them to your people first, or mend the name.`);
    if (others.length > 0)
      return problem(
        `${others.length + 1} people are called “${said.slice(0, 80)}”. Write the e-mail address beside the name.`,
      );
    if (one.archived) return problem(`${one.name} is archived. Take them back into use first.`);
    const before = lineOf.get(one.id);
    if (before !== undefined) return problem(`${one.name} stands on line ${before} already. Keep one of the two.`);
    if (note.length > notesAtMost) return problem(`The note has more than ${notesAtMost} characters.`);
    lineOf.set(one.id, line);
    return [{ line, resourceId: one.id, name: one.name, note }];
  });
  return { people, problems };
}

/** Also `Lo, Ada`, as files have it. */
function namesakes(byName: ReadonlyMap<string, NamedPerson[]>, name: string): NamedPerson[] {
  const [last, first, ...more] = name.split(',').map((part) => part.trim());
  const turned = first && more.length === 0 ? byName.get(nameKey(`${first} ${last}`)) : undefined;
  return byName.get(nameKey(name)) ?? turned ?? [];
}

function nameKey(name: string): string {
  return folded(name).replace(/\s+/g, ' ').trim();
}
