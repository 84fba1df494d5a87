import { dayWords } from '#features/calls/roster/position-rules.ts';
import { groupName, type Grade, type ListGroup, type Validity } from './list-rules.ts';

/**
 * `from 1 September 2026 on`, `from 1 September 2026 to 31 August 2027`.
 * @param words of a day; the reader’s own where one reads it
 */
export function validityWords({ validFrom, validTo }: Validity, words = dayWords): string {
  return validTo === null ? `from ${words(validFrom)} on` : `from ${words(validFrom)} to ${words(validTo)}`;
}

/** `A list: First violin, section`: the grade first, which a narrow screen must not cut off. */
export function listName(list: ListGroup & { grade: Grade }): string {
  return `${list.grade} list: ${groupName(list)}`;
}

export function peopleWords(people: number): string {
  if (people === 0) return 'nobody';
  return people === 1 ? '1 person' : `${people.toLocaleString()} people`;
}
