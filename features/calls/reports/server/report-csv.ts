import { csvLine } from '#platform/text/csv.ts';
import { skillName } from '#features/calls/instruments/skill-rules.ts';
import type { FairnessRow, ResponseTimes } from '../contract.ts';

/** With the columns that the reader may see. */
export function fairnessCsv(rows: readonly FairnessRow[], { ranks, fees }: { ranks: boolean; fees: boolean }): string {
  const head = [
    'Name',
    'Skill',
    'Chairs',
    ...(ranks ? ['Grade', 'Share of the grade’s calls (%)', 'People of the grade'] : []),
    'Calls sent',
    'Accepted',
    'Declined',
    'Expired',
    'Withdrawn',
    'Taken back',
    'Open',
    'Services played',
    'Reasons for declining',
    ...(fees ? ['Fees offered (minor units)'] : []),
    'Last asked',
  ];
  const lines = rows.map((row) =>
    csvLine([
      row.name,
      skillName(row.skill),
      row.kind,
      ...(ranks
        ? [row.grade, row.gradeShare === null ? null : Math.round(row.gradeShare * 1_000) / 10, row.gradePeople]
        : []),
      row.sent,
      row.accepted,
      row.declined,
      row.expired,
      row.withdrawn,
      row.cancelled,
      row.open,
      row.services,
      Object.entries(row.declineReasons)
        .map(([reason, times]) => `${reason} ${times}`)
        .join(', '),
      ...(fees ? [row.offered.map(({ currency, amountMinor }) => `${currency} ${amountMinor}`).join(', ')] : []),
      row.lastAskedAt,
    ]),
  );
  return [csvLine(head), ...lines].join('');
}

export function responseTimesCsv({ people }: ResponseTimes): string {
  const head = ['Name', 'Asked', 'Answered', 'Answered in time', 'Accepted', 'Median minutes', '90 % within minutes'];
  const rounded = (minutes: number | null) => (minutes === null ? null : Math.round(minutes));
  const lines = people.map((row) =>
    csvLine([
      row.name,
      row.asked,
      row.answered,
      row.inTime,
      row.accepted,
      rounded(row.medianMinutes),
      rounded(row.p90Minutes),
    ]),
  );
  return [csvLine(head), ...lines].join('');
}
