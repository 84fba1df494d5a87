import type { Allotment } from './contract.ts';

interface Named {
  firstName: string;
  lastName: string;
  id: string;
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** By surname as people look one up: Ångström stands with the A. */
export function bySurname(a: Named, b: Named): number {
  return (
    collator.compare(a.lastName, b.lastName) || collator.compare(a.firstName, b.firstName) || (a.id < b.id ? -1 : 1)
  );
}

/** “Berg, Anna” */
export function listName({ firstName, lastName }: Pick<Named, 'firstName' | 'lastName'>): string {
  return firstName ? `${lastName}, ${firstName}` : lastName;
}

/** How many places a guest takes. */
export function placesOf({ plus }: { plus: number }): number {
  return 1 + plus;
}

/** “Artist has 10 places and 2 are left; this takes 3.” */
export function fullWords(
  { name, places, approved }: Pick<Allotment, 'name' | 'places' | 'approved'>,
  wanted: number,
): string {
  const left = Math.max(0, places - approved);
  const has = `${name} has ${places} ${places === 1 ? 'place' : 'places'}`;
  return `${has} and ${left === 0 ? 'none is' : left === 1 ? '1 is' : `${left} are`} left; this takes ${wanted}. Decline somebody, or give the allotment more places.`;
}

/** Which of these stand on a list more than once: by name, or by address. Those declined don't count. */
export function standTwice(guests: readonly (Named & { email: string | null; state: string })[]): Set<string> {
  const seen = new Map<string, string[]>();
  for (const { id, firstName, lastName, email, state } of guests) {
    if (state === 'declined') continue;
    const keys = [`n ${folded(firstName)} ${folded(lastName)}`, ...(email ? [`e ${email.toLowerCase()}`] : [])];
    for (const key of keys) seen.set(key, [...(seen.get(key) ?? []), id]);
  }
  return new Set([...seen.values()].filter((ids) => ids.length > 1).flat());
}

/** “Müller” and “muller ” are one. */
function folded(name: string): string {
  // Most names need nothing else, and lists are long.
  if (/^[!-~]+(?: [!-~]+)*$/.test(name)) return name.toLowerCase();
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A thumb that presses twice, in milliseconds: “Undo” comes where “In” was. */
export function isSamePress(before: number, now: number): boolean {
  return now - before < 600;
}
