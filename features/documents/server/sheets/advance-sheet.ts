import type { AdvanceItem } from '#features/engagements/advance/contract.ts';
import { answerWords, progressOf, sectionsOf } from '#features/engagements/advance/rules.ts';
import type { PdfDocument } from '#platform/pdf/document.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { tableOf } from '../sheet-blocks.ts';
import { capital, documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';

/** What is settled with the other side, by section: to take along, and to hand out. What is said among ourselves stays out. */
export function advanceSheet(
  frame: SheetFrame,
  { engagement }: SheetSource,
  items: readonly AdvanceItem[],
): PdfDocument {
  const { clock } = frame;
  const { date } = toWallClock(engagement.startsAt, engagement.zone);
  const { agreed, all, owed, problems } = progressOf(items);
  return documentIn(frame, {
    label: 'Advance',
    title: `${engagement.title}, ${clock.date(date)}`,
    parts: [
      {
        title: engagement.title,
        subtitle: [clock.longDate(date), engagement.place, engagement.address].filter(Boolean).join(' · '),
        blocks: [
          {
            kind: 'facts',
            items: [
              { label: 'Agreed', value: `${agreed} of ${all}` },
              { label: 'Still to be answered', value: String(owed.us + owed.them) },
              { label: 'Problems', value: problems > 0 ? String(problems) : '' },
            ],
          },
          ...(all === 0 ? [tableOf('Advance', 'Nothing to settle yet.', items, [])] : []),
          ...sectionsOf(items).map(({ section, items: its }) =>
            tableOf(section || 'Other things', '', its, [
              { head: 'What', share: 32, of: ({ title }) => title, always: true },
              { head: 'Answer', share: 56, of: answerOf, always: true },
              { head: 'State', share: 12, of: ({ state }) => capital(state), always: true },
            ]),
          ),
        ],
      },
    ],
  });
}

/** The answer, and below it what both sides said about it. */
function answerOf({ kind, answer, comments }: AdvanceItem): string {
  const said = comments.filter(({ internal }) => !internal).map(({ writer, body }) => `${writer.name}: ${body}`);
  return [answerWords(kind, answer), ...said].filter(Boolean).join('\n');
}
