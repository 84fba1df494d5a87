import { cn } from '#platform/ui/class-names.ts';
import type { ChangedNeed } from '../contract.ts';

const marks = { added: '+', changed: '±', removed: '−', same: '' } as const;
const tones = { added: 'text-good', changed: 'text-on-hold-soft', removed: 'text-danger', same: 'text-ink-faint' };

/** What the formulas would do to the needs that are there. */
export function FormulaChanges({ needs, services }: { needs: readonly ChangedNeed[]; services: number }) {
  const count = (change: ChangedNeed['change']) => needs.filter((each) => each.change === change).length;
  const seats = needs.reduce((sum, { added, removed }) => sum + added - removed, 0);
  const parts = [
    count('added') > 0 && `${count('added')} new`,
    count('changed') > 0 && `${count('changed')} changed`,
    count('removed') > 0 && `${count('removed')} removed`,
    count('same') > 0 && `${count('same')} as they are`,
  ].filter(Boolean);
  return (
    <section aria-label="What changes" className="text-sm">
      <p className="mb-1.5" aria-live="polite">
        <span className="font-medium">{parts.join(', ') || 'Nothing'}</span>
        <span className="text-ink-soft">
          {seats !== 0 && `; ${seats > 0 ? `${seats} more` : `${-seats} fewer`} seats at ${services} services`}
          {services === 0 && '; seats come with the first service on the schedule'}
        </span>
      </p>
      <ul className="max-h-64 gap-x-6 overflow-y-auto rounded-md border border-line px-3 py-1.5 sm:columns-2">
        {needs.map(({ change, title, was, quantity, people }) => (
          <li
            key={`${change}/${title}`}
            className={cn('flex min-w-0 break-inside-avoid gap-2 py-0.5', change === 'same' && 'text-ink-faint')}
          >
            <span aria-hidden className={cn('w-3 shrink-0 font-medium', tones[change])}>
              {marks[change]}
            </span>
            <span className="sr-only">{change}:</span>
            <span className={cn('min-w-0 flex-1', change === 'removed' && 'line-through')}>
              <span className="block truncate" title={title}>
                {title}
              </span>
              {was && <span className="block truncate text-xs text-ink-faint">was {was}</span>}
              {people.length > 0 && (
                <span className="block text-xs text-danger no-underline">{people.join(', ')} would lose a seat</span>
              )}
            </span>
            {quantity > 1 && <span className="shrink-0 tabular-nums">× {quantity}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
