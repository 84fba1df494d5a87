import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { formatMoney } from '#platform/text/money.ts';
import { cn } from '#platform/ui/class-names.ts';
import { skillName } from '#features/calls/instruments/skill-rules.ts';
import { byColumn, columns, type Column } from '../column-rules.ts';
import type { PayDifference, PayPerson } from '../sheet-contract.ts';
import { totalOf } from '../sheet-rules.ts';
import { PayLines } from './pay-lines.tsx';

const headings: Readonly<Record<Column, string>> = {
  base: 'Services',
  overtime: 'Overtime',
  premiums: 'Premiums',
  other: 'Other',
};

interface SheetTableProps {
  people: readonly PayPerson[];
  currency: string;
  /** To the revision before. */
  differences: readonly PayDifference[] | null;
  /** Beside a person, when their lines are open. */
  renderActions?: (person: PayPerson) => React.ReactNode;
}

const cell = 'hidden px-2 text-right whitespace-nowrap tabular-nums sm:table-cell lg:pl-8 print:table-cell';

/** Everybody with what they get, by section; each opens to their lines. Printed with every line. */
export function SheetTable({ people, currency, differences, renderActions }: SheetTableProps) {
  const changed = new Map(differences?.map((each) => [each.resourceId, each]));
  const sums = byColumn(people.flatMap(({ lines }) => lines));
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card print:rounded-none print:border-0 print:shadow-none">
      <table aria-label="Pay by person" className="w-full border-collapse text-sm">
        <thead>
          <tr className="h-8 border-b border-line text-xs text-ink-faint">
            <th scope="col" className="px-3 text-left font-medium">
              Person
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className={cn(cell, 'font-medium')}>
                {headings[column]}
              </th>
            ))}
            <th scope="col" className="px-3 text-right font-medium lg:pl-8">
              Total
            </th>
          </tr>
        </thead>
        {[...Map.groupBy(people, ({ skill }) => skill)].map(([skill, members]) => (
          <tbody key={skill} className="border-b border-line last:border-0">
            <tr>
              <th
                scope="rowgroup"
                colSpan={columns.length + 2}
                className="bg-sunken px-3 py-1.5 text-left text-xs font-semibold"
              >
                {skillName(skill) || 'Without a seat'}
              </th>
            </tr>
            {members.map((person) => (
              <PersonRows
                key={person.resourceId}
                {...{ person, currency, renderActions }}
                difference={changed.get(person.resourceId)}
              />
            ))}
          </tbody>
        ))}
        {/* Printed once, not at the foot of each sheet. */}
        <tfoot className="print:table-row-group">
          <tr className="h-11 border-t border-line-strong/60 font-semibold">
            <th scope="row" className="px-3 text-left">
              Together
            </th>
            {columns.map((column) => (
              <td key={column} className={cn(cell, 'font-normal')}>
                {formatMoney(sums[column], currency)}
              </td>
            ))}
            <td className="px-3 text-right whitespace-nowrap tabular-nums">{formatMoney(totalOf(people), currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface PersonRowsProps extends Pick<SheetTableProps, 'currency' | 'renderActions'> {
  person: PayPerson;
  difference: PayDifference | undefined;
}

function PersonRows({ person, currency, renderActions, difference }: PersonRowsProps) {
  const [open, setOpen] = useState(false);
  const sums = byColumn(person.lines);
  const money = (minor: number) => formatMoney(minor, currency);
  return (
    <>
      <tr className="border-t border-line hover:bg-hover/60 print:break-inside-avoid print:break-after-avoid">
        {/* Takes what the figures leave, and no more than that: long names are cut. */}
        <th scope="row" className="w-full max-w-0 px-1 text-left font-normal">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex min-h-10 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left"
          >
            <ChevronDown
              aria-hidden
              className={cn('size-4 shrink-0 text-ink-faint transition-transform print:hidden', !open && '-rotate-90')}
            />
            <span className="min-w-0">
              <span className="block truncate" title={person.name}>
                {person.name}
              </span>
              {(person.byRoster || difference) && (
                <span className="block truncate text-xs text-ink-faint">
                  {difference ? `was ${money(difference.beforeMinor)}` : 'on a salary'}
                </span>
              )}
            </span>
          </button>
        </th>
        {columns.map((column) => (
          <td key={column} className={cn(cell, sums[column] === 0 && 'text-ink-faint')}>
            {sums[column] === 0 ? '–' : money(sums[column])}
          </td>
        ))}
        <td className="px-3 text-right font-medium whitespace-nowrap tabular-nums">{money(person.totalMinor)}</td>
      </tr>
      <tr className={cn(!open && 'hidden', 'break-inside-avoid', person.lines.length > 0 && 'print:table-row')}>
        <td colSpan={columns.length + 2} className="bg-sunken px-4 py-2 sm:pl-9 print:bg-transparent print:pt-0">
          <PayLines
            lines={person.lines}
            currency={currency}
            none={person.byRoster ? 'They sit by the roster and are on a salary.' : 'Nothing is paid.'}
          />
          {open && renderActions && <div className="mt-2 print:hidden">{renderActions(person)}</div>}
        </td>
      </tr>
    </>
  );
}
