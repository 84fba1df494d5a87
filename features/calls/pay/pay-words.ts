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

/** How amounts and days are written where the words will stand. */
export interface LineStyle {
  money: (minor: number) => string;
  day: (day: string) => string;
}

/** How a line was reckoned: “3 × Rehearsal at €120.00”, “Piccolo: 12 % of €360.00”, “Concert, 3 Sep: 15 minutes at 150 %”. */
export function lineReason(line: PayLine, { money, day }: LineStyle): string {
  const { quantity, unitMinor, rate, ofMinor, instrument, reason } = line;
  const kind = line.serviceKind === null ? '' : kindLabel(line.serviceKind);
  const service = line.day === null ? kind : `${kind}, ${day(line.day)}`;
  const count = quantity ?? 0;
  const each = `${count} × ${kind || 'day'} at ${money(unitMinor ?? 0)}`;
  const part = `${rateText(rate ?? 0)} of ${money(ofMinor ?? 0)}`;
  switch (line.kind) {
    case 'base':
    case 'per_diem':
      return each;
    case 'deduction':
      return `${service}: ${minutes(count)} ${missedBy[reason ?? ''] ?? ''}`.trim();
    case 'overtime':
    case 'day_overtime':
    case 'rest':
      return `${service}: ${minutes(count)} at ${rateText(rate ?? 0)}`;
    case 'principal':
      return part;
    case 'doubling':
      return `${skillName(instrument ?? '')}: ${part}`;
    case 'cancellation':
      return `${service}: ${part}`;
    case 'guarantee':
      return `${each}, less ${money(ofMinor ?? 0)}`;
    case 'cartage':
      return `${skillName(instrument ?? '')}: ${count} × ${money(unitMinor ?? 0)}`;
    case 'adjustment':
      return reason ?? '';
    case 'unpaid':
      return `${service}: ${missedBy[reason ?? ''] ?? ''}`;
  }
}

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}
