import { dayWords } from '#features/calls/roster/position-rules.ts';
import { groupName, type Grade, type ListGroup, type Validity } from './list-rules.ts';

/** `from 1 September 2026 on`, `from 1 September 2026 to 31 August 2027`. */
export function validityWords({ validFrom, validTo }: Validity): string {
  return validTo === null ? `from ${dayWords(validFrom)} on` : `from ${dayWords(validFrom)} to ${dayWords(validTo)}`;
}

/** `A list: First violin, section`: the grade first, which a narrow screen must not cut off. */
export function listName(list: ListGroup & { grade: Grade }): string {
  return `${list.grade} list: ${groupName(list)}`;
}

/** `31 Aug 2027`. */
export function shortDay(date: string): string {
  const [day = '', month = '', year = ''] = dayWords(date).split(' ');
  return `${day} ${month.slice(0, 3)} ${year}`;
}

export function peopleWords(people: number): string {
  if (people === 0) return 'nobody';
  return people === 1 ? '1 person' : `${people.toLocaleString()} people`;
}
