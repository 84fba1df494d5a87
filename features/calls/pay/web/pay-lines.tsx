import { formatMoney } from '#platform/text/money.ts';
import { cn } from '#platform/ui/class-names.ts';
import type { PayLine } from '../pay-line.ts';
import { shortDay } from './day-words.ts';
import { lineKindName, lineReason } from '../pay-words.ts';

/** Lines of pay, each with how it was reckoned. */
export function PayLines({ lines, currency, none }: { lines: readonly PayLine[]; currency: string; none: string }) {
  if (lines.length === 0) return <p className="py-1 text-xs text-ink-soft">{none}</p>;
  return (
    <ul className="grid gap-1">
      {lines.map((line, index) => (
        // Lines have no id, and never move among each other.
        // eslint-disable-next-line react/no-array-index-key
        <li
          key={index}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 text-xs sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
        >
          <span className="font-medium">{lineKindName(line.kind)}</span>
          <span className="col-start-1 row-start-2 min-w-0 break-words text-ink-soft sm:col-start-2 sm:row-start-1">
            {lineReason(line, { money: (minor) => formatMoney(minor, currency), day: shortDay })}
          </span>
          <span className={cn('text-right tabular-nums sm:col-start-3', line.amountMinor < 0 && 'text-danger')}>
            {formatMoney(line.amountMinor, currency)}
          </span>
        </li>
      ))}
    </ul>
  );
}
