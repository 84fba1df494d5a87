import type { DuplicateReason } from '../../duplicate-rules.ts';
import type { Choosable } from '../rules.ts';

export const reasonWords: Readonly<Record<DuplicateReason, string>> = {
  email: 'same e-mail address',
  name: 'same name',
  phone: 'same telephone number',
  near_name: 'almost the same name',
};

/** What is said of one that is there, to somebody who is about to make it again. */
export function alikeWords(name: string, reasons: readonly DuplicateReason[]): string {
  if (reasons.includes('email')) return `There is already ${name}, with this e-mail address.`;
  if (reasons.includes('phone')) return `There is already ${name}, with this telephone number.`;
  return reasons.includes('name')
    ? `There is already ${name}.`
    : `There is already ${name}, with almost the same name.`;
}

export const fieldWords: Readonly<Record<Choosable, string>> = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  website: 'Website',
  notes: 'Notes',
  externalRef: 'Reference',
};
