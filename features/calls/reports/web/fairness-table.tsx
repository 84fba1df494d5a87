import { Td, Th } from '#platform/ui/table.tsx';
import { formatMoney } from '#platform/text/money.ts';
import { formatTime } from '#platform/time/format.ts';
import { answerReasonWords } from '#features/calls/cascades/web/cascade-words.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { FairnessRow } from '../contract.ts';
import { AnswersBar } from './answers-bar.tsx';
import { PeopleTable } from './people-table.tsx';
import { byCalls, percent } from './report-words.ts';

/** The people of one skill and kind of chair: those asked most before the others, by grade where it shows. */
export function FairnessTable({ name, rows }: { name: string; rows: readonly FairnessRow[] }) {
  const ranks = rows.some(({ grade }) => grade !== null);
  const money = rows.some(({ offered }) => offered.length > 0);
  const most = Math.max(1, ...rows.map(({ sent }) => sent));
  return (
    <PeopleTable
      label={name}
      rows={rows.toSorted(byCalls)}
      head={
        <>
          <Th className="w-[40%] sm:w-56">Name</Th>
          {ranks && <Th className="w-14">Grade</Th>}
          <Th>Calls</Th>
          <Th className="hidden w-20 text-right sm:table-cell">Accepted</Th>
          <Th className="hidden w-20 text-right sm:table-cell">Declined</Th>
          <Th className="hidden w-24 text-right md:table-cell">No answer</Th>
          <Th className="w-16 text-right sm:w-20">Played</Th>
          {ranks && <Th className="hidden w-32 text-right lg:table-cell">Of the grade’s</Th>}
          {money && <Th className="hidden w-28 text-right xl:table-cell">Offered</Th>}
          <Th className="hidden w-40 text-right lg:table-cell">Last asked</Th>
        </>
      }
      renderCells={(row) => <Figures row={row} most={most} ranks={ranks} money={money} />}
    />
  );
}

interface FiguresProps {
  row: FairnessRow;
  most: number;
  ranks: boolean;
  money: boolean;
}

function Figures({ row, most, ranks, money }: FiguresProps) {
  const org = useOrg();
  const figure = 'text-right tabular-nums';
  return (
    <>
      {ranks && <Td>{row.grade ?? '–'}</Td>}
      <Td>
        <div className="flex items-center gap-2">
          <span className="w-6 shrink-0 text-right tabular-nums">{row.sent}</span>
          <AnswersBar row={row} most={most} />
        </div>
      </Td>
      <Td className={`hidden sm:table-cell ${figure}`}>{row.accepted}</Td>
      <Td className={`hidden sm:table-cell ${figure}`} title={reasonsText(row)}>
        {row.declined}
      </Td>
      <Td className={`hidden md:table-cell ${figure}`}>{row.expired}</Td>
      <Td className={figure}>{row.services}</Td>
      {ranks && (
        <Td className={`hidden lg:table-cell ${figure}`}>
          {row.gradeShare === null || row.gradePeople === null ? (
            '–'
          ) : (
            <>
              {percent(row.gradeShare)} <span className="text-ink-faint">of {percent(1 / row.gradePeople)}</span>
            </>
          )}
        </Td>
      )}
      {money && (
        <Td className={`hidden xl:table-cell ${figure}`}>
          {row.offered.map(({ currency, amountMinor }) => formatMoney(amountMinor, currency)).join(', ') || '–'}
        </Td>
      )}
      <Td className={`hidden text-ink-soft lg:table-cell ${figure}`}>
        {row.lastAskedAt ? formatTime(row.lastAskedAt, org.zone, 'date') : 'Never'}
      </Td>
    </>
  );
}

const reasonWords: ReadonlyMap<string, string> = new Map(Object.entries(answerReasonWords));

/** `engaged elsewhere 2, away 1`. */
function reasonsText({ declineReasons }: FairnessRow): string | undefined {
  const told = Object.entries(declineReasons).map(([reason, times]) => `${reasonWords.get(reason) ?? reason} ${times}`);
  return told.length > 0 ? told.join(', ') : undefined;
}
