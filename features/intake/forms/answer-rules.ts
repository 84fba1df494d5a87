import type { AnswerValue, Answers, FieldCondition, FormField } from './field-rules.ts';
import { valueFault } from './value-rules.ts';

/** Answers as somebody sent them: of any shape. */
type Given = Readonly<Record<string, unknown>>;

/** Types whose answers other fields may depend on. */
export const decidingTypes: ReadonlySet<string> = new Set(['choice_one', 'choice_many', 'place', 'consent']);

/**
 * The fields that somebody with these answers sees, in order. A field that depends on one that isn’t shown isn’t shown
 * either, and with a section goes what stands in it, up to the next section.
 */
export function visibleFields<F extends FormField>(fields: readonly F[], answers: Given): F[] {
  const shown = new Map<string, F>();
  let sectionShown = true;
  for (const field of fields) {
    const met = isMet(field.shownWhen, shown, answers);
    if (field.type === 'section') sectionShown = met;
    if (met && sectionShown) shown.set(field.key, field);
  }
  return [...shown.values()];
}

function isMet(condition: FieldCondition | null, shown: ReadonlyMap<string, FormField>, answers: Given) {
  if (condition === null) return true;
  if (!shown.has(condition.field)) return false;
  return chosenOf(answerOf(answers, condition.field)).some((key) => condition.anyOf.includes(key));
}

/** What conditions compare: keys of options, ids of places, `yes` of a consent. */
function chosenOf(value: unknown): string[] {
  if (value === true) return ['yes'];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function answerOf<V>(answers: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(answers, key) ? answers[key] : undefined;
}

/** Nothing was said: then it isn’t kept, and what is required is missing. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/**
 * What is wrong with answers, by the field’s key: one sentence each; empty when all is well. What a condition hides is
 * never at fault.
 *
 * @param earliest no wished day may lie before it, `2026-05-01`
 */
export function answerFaults(fields: readonly FormField[], answers: Given, earliest: string) {
  const faults = new Map<string, string>();
  for (const field of visibleFields(fields, answers)) {
    if (field.type === 'section') continue;
    const value = answerOf(answers, field.key);
    const fault = isEmpty(value) ? missing(field) : valueFault(field, value, earliest);
    if (fault) faults.set(field.key, fault);
  }
  return faults;
}

function missing({ required, type }: FormField): string | null {
  if (!required) return null;
  switch (type) {
    case 'consent':
      return 'Tick this to go on.';
    case 'choice_one':
    case 'choice_many':
    case 'place':
      return 'Choose one.';
    case 'file':
      return 'Add a file.';
    default:
      return 'Fill this in.';
  }
}

/**
 * Answers without fault as they are kept: of visible fields only, without what is empty, text without space around it.
 */
export function keptAnswers(fields: readonly FormField[], answers: Given): Answers {
  const kept = visibleFields(fields, answers).flatMap(({ key, type }): [string, AnswerValue][] => {
    const value = answerOf(answers, key);
    return type === 'section' || isEmpty(value) || !isAnswer(value) ? [] : [[key, tidied(value)]];
  });
  return Object.fromEntries(kept);
}

function isAnswer(value: unknown): value is AnswerValue {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  if (typeof value === 'object' && value !== null)
    return ('from' in value && 'to' in value) || ('minor' in value && 'currency' in value);
  return typeof value === 'string' || typeof value === 'number' || value === true;
}

/** Of an object only what belongs to it, whatever else was sent. */
function tidied(value: AnswerValue): AnswerValue {
  if (typeof value === 'string') return value.replaceAll(/\r\n?/g, '\n').trim();
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return 'from' in value ? { from: value.from, to: value.to } : { minor: value.minor, currency: value.currency };
}
