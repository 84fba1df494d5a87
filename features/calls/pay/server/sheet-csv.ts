import type { Tx } from '#platform/db/tenant.ts';
import { csvLine } from '#platform/text/csv.ts';
import { skillName } from '#features/calls/instruments/skill-rules.ts';
import { decimalText, rateText } from '../money-rules.ts';
import { lineKindName, lineReason } from '../pay-words.ts';
import { readSheet } from './sheets.ts';

const headings = [
  'Project',
  'Revision',
  'Approved',
  'Scale',
  'Person',
  'Person id',
  'Instrument',
  'What',
  'How',
  'Quantity',
  'Each',
  'Share',
  'Amount',
  'Currency',
];

/** Every line of an approved revision; who gets nothing stands there with one of nothing. @throws AppError not_found */
export async function sheetCsv(tx: Tx, id: string): Promise<string> {
  const { head, title, people } = await readSheet(tx, id);
  const { currency } = head;
  // As a number: a text that begins with a minus would be taken for a formula.
  const amount = (minor: number | null) => (minor === null ? null : Number(decimalText(minor, currency)));
  const lines = people.flatMap(({ resourceId, name, skill, byRoster, lines: theirs }) => {
    const who = [
      title,
      head.revision,
      head.approvedAt,
      `${head.scaleName} ${head.scaleFrom}`,
      name,
      resourceId,
      skillName(skill),
    ];
    if (theirs.length === 0) {
      const why = byRoster ? 'By the roster, on a salary' : '';
      return [csvLine([...who, 'Nothing', why, null, null, null, amount(0), currency])];
    }
    return theirs.map((line) =>
      csvLine([
        ...who,
        lineKindName(line.kind),
        lineReason(line, { money: (minor) => `${decimalText(minor, currency)} ${currency}`, day: (day) => day }),
        line.quantity,
        amount(line.unitMinor),
        line.rate === null ? null : rateText(line.rate),
        amount(line.amountMinor),
        currency,
      ]),
    );
  });
  return csvLine(headings) + lines.join('');
}
