import { decidingTypes } from './answer-rules.ts';
import { typesOfMeaning, type FormField } from './field-rules.ts';

export interface DraftFault {
  /** Index of the field; null: of the form as a whole. */
  at: number | null;
  /** Name of the property at fault. */
  what: 'fields' | 'key' | 'label' | 'options' | 'placeIds' | 'shownWhen' | 'meaning';
  message: string;
}

/** What keeps a draft from being published, first things first; none when all is well. */
export function draftFaults(fields: readonly FormField[]): DraftFault[] {
  const faults = fields.flatMap((field, at) => fieldFaults(fields, field, at));
  if (!fields.some(({ type }) => type === 'email' || type === 'phone')) {
    faults.push({
      at: null,
      what: 'fields',
      message: 'Ask for an e-mail address or a telephone number, or nobody can be answered.',
    });
  }
  return faults;
}

function fieldFaults(fields: readonly FormField[], field: FormField, at: number): DraftFault[] {
  const before = fields.slice(0, at);
  const faults: DraftFault[] = [];
  const fault = (what: DraftFault['what'], message: string) => faults.push({ at, what, message });
  if (before.some(({ key }) => key === field.key)) fault('key', 'Two fields may not have the same key.');
  if (field.label.trim() === '')
    fault('label', field.type === 'section' ? 'Give the section a heading.' : 'Ask something.');
  if (needsOptions(field)) {
    const options = optionsFault(field);
    if (options) fault('options', options);
  }
  if (field.type === 'place' && field.placeIds.length === 0)
    fault('placeIds', 'Choose the places that can be asked for.');
  const condition = conditionFault(before, field);
  if (condition) fault('shownWhen', condition);
  const meaning = meaningFault(before, field);
  if (meaning) fault('meaning', meaning);
  return faults;
}

export function needsOptions({ type }: Pick<FormField, 'type'>): boolean {
  return type === 'choice_one' || type === 'choice_many';
}

function optionsFault({ options }: FormField): string | null {
  if (options.length === 0) return 'Give something to choose from.';
  if (options.some(({ label }) => label.trim() === '')) return 'Name every choice.';
  const keys = new Set(options.map(({ key }) => key));
  return keys.size < options.length ? 'Two choices may not have the same key.' : null;
}

function conditionFault(before: readonly FormField[], { shownWhen }: FormField): string | null {
  if (!shownWhen) return null;
  const other = before.find(({ key }) => key === shownWhen.field);
  if (!other) return 'It can depend only on a field that stands before it.';
  if (!decidingTypes.has(other.type)) return 'It can depend only on a choice, a place or a consent.';
  if (shownWhen.anyOf.length === 0) return 'Choose the answers for which it shows.';
  const possible = new Set(valuesOf(other).map(({ key }) => key));
  return shownWhen.anyOf.every((key) => possible.has(key)) ? null : 'It depends on an answer that can’t be given.';
}

/** The answers to a field that others may depend on. @param placeName of an id */
export function valuesOf(
  field: FormField,
  placeName: (id: string) => string = (id) => id,
): { key: string; label: string }[] {
  switch (field.type) {
    case 'consent':
      return [{ key: 'yes', label: 'Yes' }];
    case 'place':
      return field.placeIds.map((id) => ({ key: id, label: placeName(id) }));
    default:
      return field.options;
  }
}

function meaningFault(before: readonly FormField[], { meaning, type }: FormField): string | null {
  if (!meaning) return null;
  if (!typesOfMeaning[meaning].includes(type)) return 'A field of this kind can’t mean that.';
  return before.some((other) => other.meaning === meaning) ? 'Another field means that already.' : null;
}
