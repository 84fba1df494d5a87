import type { PackName } from '#features/organisations/packs/pack.ts';
import { makeField, type FormField } from '../field-rules.ts';

export const templateKeys = [
  'touring_avail',
  'venue_event',
  'orchestra_guest',
  'studio_brief',
  'contractor_lead',
] as const;
export type TemplateKey = (typeof templateKeys)[number];

/** A form to begin with. */
export interface FormTemplate {
  key: TemplateKey;
  pack: PackName;
  slug: string;
  title: string;
  /** For whoever chooses it: what it is for. */
  about: string;
  intro: string;
  thanks: string;
  fields: readonly FormField[];
}

export const choices = (...labels: readonly [string, string][]) => labels.map(([key, label]) => ({ key, label }));

/** Who asks: the same in every trade. */
export const contactFields: readonly FormField[] = [
  makeField('section', 'you', 'About you'),
  makeField('short_text', 'name', 'Your name', { required: true, meaning: 'contact_name' }),
  makeField('short_text', 'company', 'Company or organisation', { meaning: 'company' }),
  makeField('email', 'email', 'E-mail', {
    required: true,
    meaning: 'email',
    help: 'We answer to this address, and send you a link to see how things stand.',
  }),
  makeField('phone', 'phone', 'Telephone', { meaning: 'phone', help: 'If a call is easier.' }),
];

export const consentField = makeField(
  'consent',
  'consent',
  'I agree that what I write here is kept and used to deal with my request.',
  { required: true },
);
