import { dayWords } from '#features/calls/roster/position-rules.ts';
import type { Validity } from './list-rules.ts';

/** `since 1 September 2026`, `from 1 September 2026 to 31 August 2027`. */
export function validityWords({ validFrom, validTo }: Validity): string {
  return validTo === null ? `from ${dayWords(validFrom)} on` : `from ${dayWords(validFrom)} to ${dayWords(validTo)}`;
}
