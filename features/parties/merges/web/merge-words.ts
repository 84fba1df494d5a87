import type { DuplicateReason } from '../duplicate-rules.ts';
import type { Choosable } from '../rules.ts';

export const reasonWords: Readonly<Record<DuplicateReason, string>> = {
  email: 'same e-mail address',
  name: 'same name',
  phone: 'same telephone number',
  near_name: 'almost the same name',
};

export const fieldWords: Readonly<Record<Choosable, string>> = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  website: 'Website',
  notes: 'Notes',
  externalRef: 'Reference',
};
