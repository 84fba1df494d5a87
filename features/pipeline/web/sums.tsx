import { formatMoney } from '#platform/text/money.ts';
import type { Sum } from '../rules.ts';

/** What things are worth together: a line for each currency, and what of it is likely. */
export function Sums({ sums, weighted = true }: { sums: readonly Sum[]; weighted?: boolean }) {
  if (sums.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-xs tabular-nums">
      {sums.map(({ currency, minor, weighted: likely }) => (
        <li key={currency} className="flex flex-wrap items-baseline justify-between gap-x-2">
          <span className="font-medium text-ink-soft">{formatMoney(minor, currency)}</span>
          {weighted && likely !== minor && (
            <span className="text-ink-faint" title="Each value by its probability">
              {formatMoney(likely, currency)} weighted
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
