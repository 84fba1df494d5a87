import { useQuery } from '@tanstack/react-query';
import { Banknote, ChevronDown } from 'lucide-react';
import { formatMoney } from '#platform/text/money.ts';
import { formatTime } from '#platform/time/format.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { MyPay } from '../sheet-contract.ts';
import { PayLines } from './pay-lines.tsx';
import { myPayQuery } from './pay-queries.ts';

/** What the reader got for each project, line by line, once it was approved. */
export function MyPayPage() {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(myPayQuery(org.slug));
  return (
    <>
      <PageHeader title="My pay" />
      {isPending && <SkeletonRows />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {data?.items.length === 0 && (
        <EmptyState icon={Banknote} title="Nothing is approved yet">
          Once the office has approved the pay sheet of what you took part in, what you get stands here with how it was
          reckoned.
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <ul
          aria-label="My pay"
          className="mx-4 mb-10 max-w-3xl divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card sm:mx-6"
        >
          {data.items.map((pay) => (
            <li key={pay.sheet.id}>
              <Project pay={pay} zone={org.zone} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Project({ pay: { sheet, title, person }, zone }: { pay: MyPay; zone: string }) {
  return (
    <details className="group">
      <summary className="flex min-h-12 cursor-pointer items-center gap-3 px-3 py-1.5 text-sm hover:bg-hover sm:px-4">
        <ChevronDown
          aria-hidden
          className="size-4 shrink-0 -rotate-90 text-ink-faint transition-transform group-open:rotate-0"
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium" title={title}>
            {title}
          </span>
          <span className="block text-xs text-ink-faint">
            approved {formatTime(sheet.approvedAt, zone, 'date')}
            {sheet.revision > 1 && `, revision ${sheet.revision}`}
          </span>
        </span>
        <span className="font-medium tabular-nums">{formatMoney(person.totalMinor, sheet.currency)}</span>
      </summary>
      <div className="bg-sunken px-4 py-2 sm:pl-11">
        <PayLines
          lines={person.lines}
          currency={sheet.currency}
          none={person.byRoster ? 'You sat by the roster, which is part of your salary.' : 'Nothing is paid.'}
        />
      </div>
    </details>
  );
}
