import * as z from 'zod';

/** How a field of a Zod schema is entered, read from the schema itself. */
export interface FieldKind {
  control: 'line' | 'text' | 'email' | 'number' | 'choice' | 'switch' | 'words' | 'other';
  /** Null may be stored; an empty box then means null. */
  nullable: boolean;
  /** False where the schema has a default, or allows null or nothing. */
  required: boolean;
  options: readonly string[];
  min?: number;
  max?: number;
}

/** More characters than this want a box of several lines. */
const oneLine = 400;

/** Looks through default, nullable, optional and transforms for what a person enters. */
export function fieldKind(schema: unknown): FieldKind {
  if (schema instanceof z.ZodDefault) return { ...fieldKind(schema.unwrap()), required: false };
  if (schema instanceof z.ZodOptional) return { ...fieldKind(schema.unwrap()), required: false };
  if (schema instanceof z.ZodNullable) return { ...fieldKind(schema.unwrap()), nullable: true, required: false };
  if (schema instanceof z.ZodPipe) return fieldKind(schema.in);
  const plain = { nullable: false, required: true, options: [] };
  if (schema instanceof z.ZodEmail) return { ...plain, control: 'email' };
  if (schema instanceof z.ZodString)
    return {
      ...plain,
      control: (schema.maxLength ?? oneLine) > oneLine ? 'text' : 'line',
      required: (schema.minLength ?? 0) > 0,
    };
  if (schema instanceof z.ZodNumber)
    return { ...plain, control: 'number', min: finite(schema.minValue), max: finite(schema.maxValue) };
  if (schema instanceof z.ZodEnum) return { ...plain, control: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodBoolean) return { ...plain, control: 'switch' };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodString) return { ...plain, control: 'words' };
  return { ...plain, control: 'other' };
}

function finite(value: number | null): number | undefined {
  return value !== null && Number.isFinite(value) ? value : undefined;
}
