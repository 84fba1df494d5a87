import * as z from 'zod';
import { date, id } from '#platform/contract/fields.ts';

export const lineKinds = [
  'base',
  'deduction',
  'overtime',
  'day_overtime',
  'rest',
  'principal',
  'doubling',
  'cancellation',
  'guarantee',
  'cartage',
  'per_diem',
  'adjustment',
  'unpaid',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** One line of somebody's pay: what it is for, how it was reckoned, what it comes to. */
export const payLine = z
  .object({
    kind: z.enum(lineKinds),
    needId: id.nullable(),
    scheduleItemId: id.nullable().describe('The service, of a line for one.'),
    day: date.nullable().describe('Of that service.'),
    serviceKind: z.string().nullable(),
    instrument: z.string().nullable().describe('Doubled or carried.'),
    quantity: z.int().nullable().describe('Services, minutes of overtime paid, minutes missed, days; by the kind.'),
    unitMinor: z.int().nullable().describe('For each.'),
    rate: z.int().nullable().describe('Share, in basis points.'),
    ofMinor: z.int().nullable().describe('What it is a share of.'),
    reason: z.string().nullable(),
    amountMinor: z.int(),
  })
  .meta({ id: 'PayLine' });
export type PayLine = z.output<typeof payLine>;

const nothing: PayLine = {
  kind: 'base',
  needId: null,
  scheduleItemId: null,
  day: null,
  serviceKind: null,
  instrument: null,
  quantity: null,
  unitMinor: null,
  rate: null,
  ofMinor: null,
  reason: null,
  amountMinor: 0,
};

/** A line of which only what matters is said. */
export function lineOf(
  kind: LineKind,
  amountMinor: number,
  facts: Partial<Omit<PayLine, 'kind' | 'amountMinor'>>,
): PayLine {
  return { ...nothing, ...facts, kind, amountMinor };
}

/** In minor units; exact. */
export function sumOf(lines: readonly { amountMinor: number }[]): number {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
