import type { LineKind, PayLine } from './pay-line.ts';

/** Columns of a sheet: lines of like kinds added up. */
export const columns = ['base', 'overtime', 'premiums', 'other'] as const;
export type Column = (typeof columns)[number];

const columnOf: Readonly<Record<LineKind, Column>> = {
  base: 'base',
  unpaid: 'base',
  deduction: 'base',
  cancellation: 'base',
  guarantee: 'base',
  overtime: 'overtime',
  day_overtime: 'overtime',
  rest: 'overtime',
  principal: 'premiums',
  doubling: 'premiums',
  cartage: 'other',
  per_diem: 'other',
  adjustment: 'other',
};

/** What somebody's lines come to in each column, in minor units. */
export function byColumn(lines: readonly PayLine[]): Record<Column, number> {
  const sums = { base: 0, overtime: 0, premiums: 0, other: 0 };
  for (const { kind, amountMinor } of lines) sums[columnOf[kind]] += amountMinor;
  return sums;
}
