import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatMoney } from '#platform/text/money.ts';
import { formatDate } from '#platform/time/format.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { ForecastMonth } from '../contract.ts';
import { forecastQuery, type ForecastFilter } from './pipeline-queries.ts';

/** What the coming months may bring in: a table for each currency, with bars to see it at a glance. */
export function Forecast({ filter }: { filter: ForecastFilter }) {
  const org = useOrg();
  const { data, error, isPending, refetch } = useQuery(forecastQuery(org.slug, filter));
  if (isPending) return <SkeletonRows />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />;
  if (data.months.length === 0)
    return (
      <EmptyState icon={ChartColumn} title="Nothing to forecast yet">
        Say what a coming {org.words.engagement.one} is worth when you edit it: this month and the next eleven are added
        up here.
      </EmptyState>
    );
  return (
    <div className="max-w-4xl px-4 pb-12 sm:px-6">
      {[...Map.groupBy(data.months, ({ currency }) => currency)].map(([currency, months]) => (
        <Section key={currency} title={`In ${currency}`}>
          <MonthTable currency={currency} months={months} />
        </Section>
      ))}
      <p className="text-xs text-ink-faint">
        By the month of the start. Weighted is what happens, and of what is open so much as its probability says.
      </p>
    </div>
  );
}

function MonthTable({ currency, months }: { currency: string; months: readonly ForecastMonth[] }) {
  const org = useOrg();
  const most = Math.max(...months.map(({ won, open }) => won + open), 1);
  const sum = (of: (month: ForecastMonth) => number) => months.reduce((total, month) => total + of(month), 0);
  const money = (minor: number) => formatMoney(minor, currency);
  const cell = 'px-2 py-1.5 text-right tabular-nums last:pr-4';
  return (
    <div
      className="overflow-x-auto rounded-lg border border-line bg-surface shadow-card"
      tabIndex={0}
      role="region"
      aria-label={`Forecast in ${currency}`}
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-ink-faint">
            <th scope="col" className="py-2 pl-4 text-left font-medium">
              Month
            </th>
            <th scope="col" className="hidden w-1/3 font-medium sm:table-cell">
              <span className="sr-only">Bars</span>
            </th>
            {['Won', 'Open', 'Weighted'].map((label) => (
              <th key={label} scope="col" className="px-2 py-2 text-right font-medium last:pr-4">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month} className="border-b border-line">
              <th scope="row" className="py-1.5 pl-4 text-left font-normal whitespace-nowrap">
                {formatDate(`${month.month}-15`, 'month')}{' '}
                <span className="block text-xs text-ink-faint tabular-nums">
                  {month.engagements} {month.engagements === 1 ? org.words.engagement.one : org.words.engagement.many}
                </span>
              </th>
              <td aria-hidden className="hidden px-2 sm:table-cell">
                <Bar month={month} most={most} />
              </td>
              <td className={cell}>{money(month.won)}</td>
              <td className={cell}>{money(month.open)}</td>
              <td className={`${cell} font-medium`}>{money(month.weighted)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" className="py-2 pl-4 text-left">
              Together
            </th>
            <td className="hidden sm:table-cell" />
            <td className={cell}>{money(sum(({ won }) => won))}</td>
            <td className={cell}>{money(sum(({ open }) => open))}</td>
            <td className={cell}>{money(sum(({ weighted }) => weighted))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** What is won, what of the rest is likely, and the rest. */
function Bar({ month: { won, open, weighted }, most }: { month: ForecastMonth; most: number }) {
  const parts = [
    { key: 'won', minor: won, look: 'bg-good' },
    { key: 'likely', minor: weighted - won, look: 'bg-hold' },
    { key: 'open', minor: won + open - weighted, look: 'bg-pressed' },
  ];
  return (
    <div className="flex h-2 gap-px overflow-hidden rounded-full">
      {parts.map(({ key, minor, look }) => (
        <div key={key} className={look} style={{ width: `${(minor / most) * 100}%` }} />
      ))}
    </div>
  );
}
