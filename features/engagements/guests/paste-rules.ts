/** A guest as a line of a pasted list says it. */
export interface PastedGuest {
  firstName: string;
  lastName: string;
  plus: number;
  email: string | null;
  note: string;
}

export interface PasteResult {
  guests: PastedGuest[];
  /** Lines that can't be read, counted from one, and why. */
  problems: { line: number; text: string; message: string }[];
}

/** Words that belong to the surname that follows. */
const particles = new Set(
  'van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu zur af av st'.split(' '),
);

/**
 * Reads names as people paste them, one on each line: “Anna Berg +1”, “Berg, Anna”, “2. Anna van den Berg plus 2 (press)”,
 * or columns of a table: first name, surname, how many more, e-mail.
 */
export function readPastedGuests(text: string): PasteResult {
  const guests: PastedGuest[] = [];
  const problems: PasteResult['problems'] = [];
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const line = raw.replaceAll(/[\p{Cc}\p{Zs}]+/gu, (gap) => (gap.includes('\t') ? '\t' : ' ')).trim();
    if (!line) continue;
    const read = readLine(line);
    if (typeof read === 'string') problems.push({ line: index + 1, text: line, message: read });
    else guests.push(read);
  }
  return { guests, problems };
}

const address = /<?([^\s<>,;]+@[^\s<>,;]+\.[^\s<>,;]+)>?/;
const more = /(?:^|[\s,;])(?:\+\s*|plus\s+|und\s+|and\s+)(\d{1,3}|one|two|three)(?:\s+(?:guests?|more))?(?=$|[\s,;])/i;
const numbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3 };

function readLine(line: string): PastedGuest | string {
  // Bullets and numbers of a list.
  let rest = line.replace(/^(?:[-–—•*·]\s*|\d{1,3}[.)]\s+)/, '');
  const email = address.exec(rest)?.[1]?.toLowerCase() ?? null;
  if (email) rest = rest.replace(address, ' ');
  const note = /\(([^)]*)\)/.exec(rest)?.[1]?.trim() ?? '';
  rest = rest.replace(/\([^)]*\)/, ' ');
  const found = more.exec(rest);
  let plus = found?.[1] ? (numbers[found[1].toLowerCase()] ?? Number(found[1])) : 0;
  if (found) rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
  const cells = rest.split(/[\t;]/).map((cell) => cell.trim());
  const numeric = cells.findIndex((cell) => /^\d{1,3}$/.test(cell));
  if (numeric > 0 && !found) plus = Number(cells[numeric]);
  const words = cells.filter((cell, index) => cell && index !== numeric);
  if (plus > 50) return 'At most 50 may come with one guest.';
  const name = nameOf(words);
  if (!name.lastName) return 'There is no name on this line.';
  if (name.lastName.length > 120 || name.firstName.length > 120) return 'A name has at most 120 characters.';
  return { ...name, plus, email: email && email.length <= 254 ? email : null, note: note.slice(0, 500) };
}

function nameOf(cells: readonly string[]): { firstName: string; lastName: string } {
  const [first = '', second] = cells;
  if (second !== undefined) return { firstName: tidy(first), lastName: tidy(second) };
  const [last, given] = first.split(',').map(tidy);
  if (given !== undefined && last) return { firstName: given, lastName: last };
  const words = tidy(first).split(' ').filter(Boolean);
  let at = words.length - 1;
  while (at > 1 && particles.has((words[at - 1] ?? '').toLowerCase())) at--;
  return { firstName: words.slice(0, Math.max(0, at)).join(' '), lastName: words.slice(Math.max(0, at)).join(' ') };
}

function tidy(name: string): string {
  return name.replaceAll(/\s+/g, ' ').replaceAll(/^[\s,.]+|[\s,]+$/g, '');
}
