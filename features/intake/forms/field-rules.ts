/**
 * What a form asks and what may be answered: read by the server, the builder and the public page, which is light because
 * nothing here needs a library.
 */

export const fieldTypes = [
  'section',
  'short_text',
  'long_text',
  'email',
  'phone',
  'number',
  'money',
  'date',
  'times',
  'choice_one',
  'choice_many',
  'place',
  'consent',
  'file',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What an answer means for the engagement that may come of it; each at most once in a form. */
export const meanings = [
  'title',
  'times',
  'place',
  'people',
  'budget',
  'contact_name',
  'company',
  'email',
  'phone',
  'message',
] as const;
export type FieldMeaning = (typeof meanings)[number];

/** Types of field that can have a meaning. */
export const typesOfMeaning: Readonly<Record<FieldMeaning, readonly FieldType[]>> = {
  title: ['short_text'],
  times: ['times', 'date'],
  place: ['place'],
  people: ['number'],
  budget: ['money'],
  contact_name: ['short_text'],
  company: ['short_text'],
  email: ['email'],
  phone: ['phone'],
  message: ['long_text'],
};

export interface FieldOption {
  /** What an answer keeps. */
  key: string;
  label: string;
}

/** Shown only when the answer to an earlier field is one of these: keys of options, ids of places, `yes` of a consent. */
export interface FieldCondition {
  field: string;
  anyOf: string[];
}

export interface FormField {
  /** What an answer is kept under; stays when the label changes. */
  key: string;
  type: FieldType;
  /** The question; of a section its heading. */
  label: string;
  help: string;
  required: boolean;
  meaning: FieldMeaning | null;
  /** Of a choice. */
  options: FieldOption[];
  /** Of a place: the organisation’s places that may be chosen. */
  placeIds: string[];
  /** Of money: ISO 4217; null until it is published, then the organisation’s. */
  currency: string | null;
  shownWhen: FieldCondition | null;
}

/** Wall clock of the place, or of the organisation: `2026-05-01T19:30`. */
export interface WallTimes {
  from: string;
  to: string;
}

export interface Amount {
  minor: number;
  currency: string;
}

/** Text, number, `true` for a consent given, keys of options or ids of files, times, or an amount. */
export type AnswerValue = string | number | boolean | string[] | WallTimes | Amount;

/** By the field’s key. */
export type Answers = Record<string, AnswerValue>;

/** What answers say about the engagement that is wished for; null where the form doesn’t ask. */
export interface Meaning {
  title: string | null;
  /** UTC with milliseconds. */
  startsAt: string | null;
  endsAt: string | null;
  /** IANA name: the chosen place’s, else the organisation’s. */
  zone: string | null;
  placeId: string | null;
  people: number | null;
  budget: Amount | null;
  contactName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  message: string | null;
}

/** A field with nothing said but what is given. */
export function makeField(type: FieldType, key: string, label: string, more: Partial<FormField> = {}): FormField {
  const nothing = {
    help: '',
    required: false,
    meaning: null,
    options: [],
    placeIds: [],
    currency: null,
    shownWhen: null,
  };
  return { key, type, label, ...nothing, ...more };
}
