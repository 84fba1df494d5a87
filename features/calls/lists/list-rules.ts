import {
  readInstrument,
  instrumentName,
  isInstrument,
  scoreOrder,
} from '#features/calls/instruments/instrument-rules.ts';
import { skillName } from '#features/calls/instruments/skill-rules.ts';

export const grades = ['A', 'B', 'C'] as const;
export type Grade = (typeof grades)[number];

export const listKinds = ['principal', 'section'] as const;
export type ListKind = (typeof listKinds)[number];

/** Characters of a note about somebody. */
export const notesAtMost = 500;

/** The lists of one skill and kind of chair belong together: who stands on one of them is ranked against the others. */
export interface ListGroup {
  skill: string;
  kind: ListKind;
}

/** One spelling for one skill: an instrument's code, if its code or English name was written; else the text itself. */
export function knownSkill(text: string): string {
  const code = readInstrument(text);
  if (code === undefined) return text;
  const same = (other: string) => other.toLowerCase() === text.toLowerCase();
  return same(code) || same(instrumentName(code)) ? code : text;
}

export function groupKey({ skill, kind }: ListGroup): string {
  return `${skill.toLowerCase()} ${kind}`;
}

/** `First violin, principal`; other skills than instruments have no principals. */
export function groupName({ skill, kind }: ListGroup): string {
  if (kind === 'principal') return `${skillName(skill)}, principal`;
  return isInstrument(skill) ? `${skillName(skill)}, section` : skillName(skill);
}

/** In score order, principals first; other skills after it, by name. */
export function inScoreOrder(a: ListGroup, b: ListGroup): number {
  return scoreOrder(a.skill) - scoreOrder(b.skill) || a.skill.localeCompare(b.skill) || a.kind.localeCompare(b.kind);
}

/** Days, the last one included; null: open. */
export interface Validity {
  validFrom: string;
  validTo: string | null;
}

export function overlap(a: Validity, b: Validity): boolean {
  return (b.validTo === null || a.validFrom <= b.validTo) && (a.validTo === null || b.validFrom <= a.validTo);
}

/** `current` is asked from today, `future` later, `past` no more; a draft by nobody. */
export type Standing = 'draft' | 'future' | 'current' | 'past';

export function standingOf(list: Validity & { approvedAt: string | null }, today: string): Standing {
  if (list.approvedAt === null) return 'draft';
  if (list.validTo !== null && list.validTo < today) return 'past';
  return list.validFrom > today ? 'future' : 'current';
}

/** What is asked from now, then what will be, then drafts, then what is over; of each the earliest first. */
export function inStanding<List extends Validity & { approvedAt: string | null }>(
  lists: readonly List[],
  today: string,
): List[] {
  const rank = (list: List) => ['current', 'future', 'draft', 'past'].indexOf(standingOf(list, today));
  return lists.toSorted((a, b) => rank(a) - rank(b) || a.validFrom.localeCompare(b.validFrom));
}

/** Whether both hold the same ones, each once. */
export function samePeople(a: readonly string[], b: readonly string[]): boolean {
  const wanted = new Set(a);
  return (
    a.length === b.length && wanted.size === a.length && new Set(b).size === b.length && b.every((id) => wanted.has(id))
  );
}
