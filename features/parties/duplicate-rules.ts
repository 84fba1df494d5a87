/** Which contacts may be the same: by what they have in common, so that a person can decide. */

/** The surest first. */
export const duplicateReasons = ['email', 'name', 'phone', 'near_name'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

export interface Comparable {
  id: string;
  kind: 'person' | 'company';
  name: string;
  email: string | null;
  phone: string | null;
}

export interface FoundPair {
  first: string;
  second: string;
  reasons: DuplicateReason[];
}

/** Words of a name that say what it is in law or how somebody is addressed. */
const dropped = new Set(
  'gmbh mbh ag kg ug ohg ev ltd limited llc inc corp co company plc sa sas sarl srl spa bv nv ab oy as the dr prof mr mrs ms herr frau und and'.split(
    ' ',
  ),
);

/** `The Müller & Söhne GmbH` → `muller`, `sohne`. A name of nothing but such words keeps them. */
export function nameWords(name: string): string[] {
  const words = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    // `G.m.b.H.`, `e.V.`: letters with dots between them are one word.
    .replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const telling = words.filter((word) => !dropped.has(word));
  return telling.length > 0 ? telling : words;
}

/** The same for `Lee, Ann` and `Ann Lee`, `Live Nation` and `LiveNation`. */
const nameKey = (words: readonly string[]) => words.toSorted().join('');

/** Digits that tell a number: without the zeros before it. Null: too few to tell anything. */
export function phoneDigits(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 6 ? digits : null;
}

/**
 * From 0 to 1: how few letters must change, be added or left out to get from one to the other.
 * @param least what is below it isn't reckoned to the end, and is 0
 */
export function similarity(a: string, b: string, least = 0): number {
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 1;
  const most = (1 - least) * longest;
  if (Math.abs(a.length - b.length) > most) return 0;
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > most) return 0;
    above = current;
  }
  return 1 - (above[b.length] ?? 0) / longest;
}

/** Shorter names are near to too many. */
const shortest = 6;
/** Of longer ones the beginning tells; strangers' names come in by forms, and none may be slow to compare. */
const told = 40;
const near = 0.85;
/** A word that so many have in common (“Festival”) brings nobody together. */
const crowd = 60;
/** Words of a name by which it is found: people's and companies' have no more. */
const findingWords = 5;
const finding = (word: string) => word.length > 2;
/** So many letters at the beginning. */
const start = 4;
/** Last digits of a number, by which it is found. */
export const lastDigits = 6;

/** Every pair that may be the same, the surest first. Kinds aren't mixed: a company shares much with its people. */
export function findDuplicates(all: readonly Comparable[], distinct: ReadonlySet<string>): FoundPair[] {
  const known = all.map((party) => ({ ...party, ...prepared(party) }));
  const found = new Map<string, FoundPair>();
  const compare = (a: (typeof known)[number], b: (typeof known)[number]) => {
    const id = pairKey(a.id, b.id);
    if (a.kind !== b.kind || found.has(id) || distinct.has(id)) return;
    const reasons = reasonsOf(a, b);
    const [first, second] = a.id < b.id ? [a.id, b.id] : [b.id, a.id];
    if (reasons.length > 0) found.set(id, { first, second, reasons });
  };
  for (const members of groups(known)) {
    for (const [index, a] of members.entries()) for (const b of members.slice(index + 1)) compare(a, b);
  }
  return [...found.values()].sort(
    (a, b) => bySureness(a, b) || (pairKey(a.first, a.second) < pairKey(b.first, b.second) ? -1 : 1),
  );
}

/** Those of `all` that may be the same as one that is being made, the surest first. */
export function findAlike(
  made: Omit<Comparable, 'id'>,
  all: readonly Comparable[],
): { id: string; reasons: DuplicateReason[] }[] {
  const wanted = prepared(made);
  const marks = [...marksOf(wanted)];
  const found = all.flatMap((party) => {
    const other = prepared(party);
    const shared = marksOf(other);
    if (party.kind !== made.kind || !marks.some((mark) => shared.has(mark))) return [];
    const reasons = reasonsOf(wanted, other);
    return reasons.length > 0 ? [{ id: party.id, reasons }] : [];
  });
  return found.sort((a, b) => bySureness(a, b) || (a.id < b.id ? -1 : 1));
}

/** Letters of which at least some stand in every name that is the same or near, when all but letters is left out. */
export function namePieces(name: string): string[] {
  const words = nameWords(name);
  const telling = words.filter(finding);
  const pieces = (telling.length > 0 ? telling : words).slice(0, findingWords);
  // Where both keys begin alike, so do their first words, as far as these go; an initial alone would find everybody.
  const first = words.toSorted()[0]?.slice(0, start) ?? '';
  return first.length > 1 ? [...pieces, first] : pieces;
}

function bySureness(a: { reasons: DuplicateReason[] }, b: { reasons: DuplicateReason[] }): number {
  const weight = (reasons: DuplicateReason[]) => Math.min(...reasons.map((reason) => duplicateReasons.indexOf(reason)));
  return weight(a.reasons) - weight(b.reasons) || b.reasons.length - a.reasons.length;
}

/** The same for both orders. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

interface Prepared {
  words: string[];
  key: string;
  digits: string | null;
  mail: string | undefined;
}

function prepared({ name, email, phone }: Omit<Comparable, 'id'>): Prepared {
  const words = nameWords(name);
  return { words, key: nameKey(words), digits: phoneDigits(phone), mail: email?.toLowerCase() };
}

function reasonsOf(a: Prepared, b: Prepared): DuplicateReason[] {
  const sameName = a.key === b.key;
  const nearName =
    !sameName &&
    Math.min(a.key.length, b.key.length) >= shortest &&
    similarity(a.key.slice(0, told), b.key.slice(0, told), near) >= near;
  // `+49 30 1234567` and `030 1234567`: one ends with the other.
  const phone = a.digits !== null && b.digits !== null && (a.digits.endsWith(b.digits) || b.digits.endsWith(a.digits));
  const said: Record<DuplicateReason, boolean> = {
    email: a.mail !== undefined && a.mail === b.mail,
    name: sameName,
    phone,
    near_name: nearName,
  };
  return duplicateReasons.filter((reason) => said[reason]);
}

/** By what one is found; who shares none of it isn't worth comparing. */
function marksOf({ key, words, mail, digits }: Prepared): Set<string> {
  const marks = new Set([
    `name ${key}`,
    `start ${key.slice(0, start)}`,
    ...words
      .filter(finding)
      .slice(0, findingWords)
      .map((word) => `word ${word}`),
  ]);
  if (mail) marks.add(`mail ${mail}`);
  if (digits) marks.add(`phone ${digits.slice(-lastDigits)}`);
  return marks;
}

/** Those who are worth comparing: everybody with everybody would be a hundred million for ten thousand contacts. */
function groups<T extends Prepared>(known: readonly T[]): T[][] {
  const byMark = new Map<string, T[]>();
  for (const party of known) {
    for (const mark of marksOf(party)) {
      const group = byMark.get(mark);
      if (group) group.push(party);
      else byMark.set(mark, [party]);
    }
  }
  return [...byMark].filter(([, group]) => group.length > 1 && group.length <= crowd).map(([, group]) => group);
}
