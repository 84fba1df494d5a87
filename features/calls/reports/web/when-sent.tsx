import type { Answering } from '../contract.ts';
import { durationWords, percent } from './report-words.ts';

/** How calls sent at some time of the week were answered: a bar of those answered in time. */
export function WhenSent({ title, rows }: { title: string; rows: readonly (Answering & { label: string })[] }) {
  return (
    <section aria-label={title} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="text-base font-semibold tracking-tight">{title}</h2>
        <p className="text-xs text-ink-faint">Answered in time, and the median</p>
      </div>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {rows.map((row) => (
          <li
            key={row.label}
            className="grid grid-cols-[6rem_minmax(0,1fr)_3rem_5rem] items-center gap-3 px-4 py-1.5 text-sm"
          >
            <span className="truncate">{row.label}</span>
            <span aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
              <span
                className="block h-full rounded-full bg-good"
                style={{ width: percent(row.inTime / row.asked).replace(' ', '') }}
              />
            </span>
            <span className="text-right tabular-nums" title={`${row.inTime} of ${row.asked} answered in time`}>
              {percent(row.inTime / row.asked)}
            </span>
            <span className="text-right text-xs text-ink-faint tabular-nums" title="Median from sending to answer">
              {durationWords(row.medianMinutes)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
