import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { formatMoney } from '#platform/text/money.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Music } from 'lucide-react';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { NeedEstimate } from '../sheet-contract.ts';
import { estimateQuery } from './pay-queries.ts';
import { PayLines } from './pay-lines.tsx';

/** What the needs will cost as planned: who has a seat, and who is still to be found. */
export function EstimateView({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(estimateQuery(org.slug, engagement.id));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  if (!data.scale) return null;
  if (data.needs.length === 0) {
    return (
      <EmptyState icon={Music} title="Nobody is needed yet">
        Say under Seats who is needed at which service. What they will cost stands here then.
      </EmptyState>
    );
  }
  const { currency } = data.scale;
  const money = (minor: number) => formatMoney(minor, currency);
  const sum = (part: 'filledMinor' | 'openMinor') => data.needs.reduce((all, need) => all + need[part], 0);
  return (
    <>
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <Figure term="Seats filled" value={money(sum('filledMinor'))} />
        <Figure term="Seats open" value={money(sum('openMinor'))} />
        <Figure term="As planned, together" value={money(data.totalMinor)} strong />
      </dl>
      <ul
        className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card"
        aria-label="Cost by need"
      >
        {data.needs.map((need) => (
          <li key={need.needId}>
            <NeedCost need={need} currency={currency} />
          </li>
        ))}
      </ul>
      <p className="text-xs text-ink-faint">
        As services are planned: overtime is in it where a service is planned longer than the scale allows. Who sits by
        the roster costs nothing here, unless the scale pays them.
      </p>
    </>
  );
}

function Figure({ term, value, strong }: { term: string; value: string; strong?: boolean }) {
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <dt className="text-xs text-ink-faint">{term}</dt>
      <dd
        className={strong ? 'truncate text-lg font-semibold tabular-nums' : 'truncate text-lg tabular-nums'}
        title={value}
      >
        {value}
      </dd>
    </div>
  );
}

function NeedCost({ need, currency }: { need: NeedEstimate; currency: string }) {
  return (
    <details className="group">
      <summary className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-1.5 text-sm hover:bg-hover sm:px-4">
        <ChevronDown
          aria-hidden
          className="size-4 shrink-0 -rotate-90 text-ink-faint transition-transform group-open:rotate-0"
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium" title={need.title}>
            {need.title}
          </span>
          <span className="block text-xs text-ink-faint">
            {need.places} {need.places === 1 ? 'place' : 'places'}
            {need.open > 0 && `, ${need.open} open`}
          </span>
        </span>
        {need.open > 0 && (
          <Badge tone="hold" className="hidden sm:inline-flex">
            {formatMoney(need.openMinor, currency)} open
          </Badge>
        )}
        <span className="tabular-nums">{formatMoney(need.totalMinor, currency)}</span>
      </summary>
      <div className="bg-sunken px-4 py-2 sm:pl-11">
        <PayLines lines={need.lines} currency={currency} none="It costs nothing by this scale." />
      </div>
    </details>
  );
}
