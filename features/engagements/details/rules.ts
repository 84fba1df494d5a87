import type { DetailField } from './contract.ts';

/** Why a value can't stand in a field, as a sentence; null when it can. */
export function valueFault({ kind, choices }: Pick<DetailField, 'kind' | 'choices'>, value: string): string | null {
  switch (kind) {
    case 'line':
      return value.length > 300 || /\p{Cc}/u.test(value) ? 'Must be one line of at most 300 characters.' : null;
    case 'text':
      return value.includes('\u0000') ? 'Must not contain NUL characters.' : null;
    case 'number':
      return /^-?(0|[1-9]\d{0,11})(\.\d{1,4})?$/.test(value) ? null : 'Must be a number like 1200 or 2.5.';
    case 'choice':
      return choices.includes(value) ? null : `Must be one of: ${choices.join(', ')}.`;
    case 'date':
      return isDay(value) ? null : 'Must be a date like 2026-05-01.';
    case 'yes_no':
      return value === 'yes' || value === 'no' ? null : 'Must be yes or no.';
  }
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(value);
}

/** A key for a new field from its label that none of the others has. */
export function keyFor(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 36);
  const base = plain || 'field';
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}
