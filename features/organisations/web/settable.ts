import type * as z from 'zod';
import { restrictionOf } from '#platform/contract/restricted.ts';
import type { Org } from './org-context.tsx';

/** Of a form's values, those that the reader may set: a form sends what it doesn't show as empty, and is refused for it. */
export function settable<V extends object>(fields: z.core.$ZodShape, values: V, can: Org['can']): Partial<V> {
  const kept: Partial<V> = { ...values };
  for (const name in kept) {
    const field = fields[name];
    const needs = field && restrictionOf(field);
    if (needs !== undefined && !can(needs)) delete kept[name];
  }
  return kept;
}
