import { skillName } from '#features/calls/instruments/skill-rules.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { rateText } from './money-rules.ts';
import type { LineKind, PayLine } from './pay-line.ts';

/** What a line is for, as a heading. */
const kinds: Readonly<Record<LineKind, string>> = {
  base: 'Base',
  deduction: 'Missed time',
  overtime: 'Overtime',
  day_overtime: 'Overtime of the day',
  rest: 'Rest cut short',
  principal: 'Principal',
  doubling: 'Doubling',
  cancellation: 'Called off',
  guarantee: 'Guaranteed services',
  cartage: 'Cartage',
  per_diem: 'Per diem',
  adjustment: 'Adjustment',
  unpaid: 'Not paid',
};

export function lineKindName(kind: LineKind): string {
  return kinds[kind];
}

const missedBy: Readonly<Record<string, string>> = {
  late: 'late',
  left_early: 'left early',
  absent: 'absent',
  excused: 'excused',
};

/**
 * How a line was reckoned: “3 × Rehearsal at €120.00”, “12 % of €360.00 for piccolo”.
 * @param money words an amount in minor units
 */
export function lineReason(line: PayLine, money: (minor: number) => string): string {
  const { quantity, unitMinor, rate, ofMinor, instrument, reason } = line;
  const service = line.serviceKind === null ? '' : kindLabel(line.serviceKind);
  const times = unitMinor === null ? '' : `${quantity ?? 0} × ${service || 'day'} at ${money(unitMinor)}`;
  const part = rate === null || ofMinor === null ? '' : `${rateText(rate)} of ${money(ofMinor)}`;
  switch (line.kind) {
    case 'base':
      return times;
    case 'deduction':
      return `${service}: ${quantity ?? 0} minutes ${missedBy[reason ?? ''] ?? ''}`.trim();
    case 'overtime':
    case 'day_overtime':
    case 'rest':
      return `${service}: ${quantity ?? 0} × started step at ${rateText(rate ?? 0)}`;
    case 'principal':
      return part;
    case 'doubling':
      return `${skillName(instrument ?? '')}: ${part}`;
    case 'cancellation':
      return `${service}: ${part}`;
    case 'guarantee':
      return `${times}, less ${money(ofMinor ?? 0)}`;
    case 'cartage':
      return `${skillName(instrument ?? '')}: ${quantity ?? 0} × ${money(unitMinor ?? 0)}`;
    case 'per_diem':
      return `${quantity ?? 0} × day at ${money(unitMinor ?? 0)}`;
    case 'adjustment':
      return reason ?? '';
    case 'unpaid':
      return `${service}: ${missedBy[reason ?? ''] ?? ''}`;
  }
}
