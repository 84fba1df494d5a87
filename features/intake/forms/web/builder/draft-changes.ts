import { makeField, type FieldMeaning, type FieldType, type FormField, type FieldOption } from '../../field-rules.ts';
import { typeWords } from './field-words.ts';

/** A key that no other has: `phone`, `phone_2`. */
export function newKey(base: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.includes(key)) return key;
  }
}

/** What a field of this kind means, unless another one means it already. */
const usually: Partial<Record<FieldType, FieldMeaning>> = {
  email: 'email',
  phone: 'phone',
  times: 'times',
  place: 'place',
  money: 'budget',
};

export function withNewField(fields: readonly FormField[], type: FieldType): FormField[] {
  const keys = fields.map(({ key }) => key);
  const wished = usually[type];
  const meaning = wished && fields.every((field) => field.meaning !== wished) ? wished : null;
  const field = makeField(type, newKey(type, keys), typeWords[type].begins, {
    meaning,
    required: type === 'consent',
    options: type.startsWith('choice') ? [newOption([]), newOption([newOption([])])] : [],
  });
  return [...fields, field];
}

export function newOption(options: readonly FieldOption[]): FieldOption {
  return {
    key: newKey(
      'choice',
      options.map(({ key }) => key),
    ),
    label: '',
  };
}

/** Without a field, nothing may depend on it any more. */
export function withoutField(fields: readonly FormField[], key: string): FormField[] {
  return fields
    .filter((field) => field.key !== key)
    .map((field) => (field.shownWhen?.field === key ? { ...field, shownWhen: null } : field));
}

export function withCopy(fields: readonly FormField[], key: string): FormField[] {
  const keys = fields.map((field) => field.key);
  return fields.flatMap((field) =>
    field.key === key ? [field, { ...field, key: newKey(key, keys), meaning: null }] : [field],
  );
}
