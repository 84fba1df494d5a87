import { formatDate, formatTime } from '#platform/time/format.ts';
import { dayOf } from '../day-rules.ts';
import { forWords, type RosterNames } from '../audience-words.ts';
import { itemName } from '../item-kinds.ts';
import type { TemplateItem } from '../template-fields.ts';
import { timesOn } from '../template-rules.ts';

interface TemplatePreviewProps {
  items: readonly TemplateItem[];
  day: string;
  zone: string;
  roster: RosterNames;
  /** Ids of those that are left out. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

/** What would stand on which day, to tick. */
export function TemplatePreview({ items, day, zone, roster, left, onLeft }: TemplatePreviewProps) {
  const timed = items.map((item) => ({ item, ...timesOn(item, day, zone) }));
  const days = [...Map.groupBy(timed, ({ startsAt }) => dayOf({ startsAt, zone }))].toSorted(([a], [b]) =>
    a.localeCompare(b),
  );
  const toggle = (id: string, wanted: boolean) => {
    const next = new Set(left);
    if (wanted) next.delete(id);
    else next.add(id);
    onLeft(next);
  };
  return (
    <div
      className="grid max-h-[46dvh] gap-3 overflow-y-auto rounded-md border border-line p-3"
      tabIndex={0}
      role="group"
      aria-label="What stands in it"
    >
      {days.map(([date, list]) => (
        <section key={date} aria-label={formatDate(date, 'longDay')}>
          <h3 className="mb-1 text-xs font-semibold text-ink-faint">{formatDate(date, 'longDay')}</h3>
          <ul className="grid gap-0.5">
            {list.map(({ item, startsAt, endsAt }) => {
              const words = forWords({ ...item, personIds: [] }, roster);
              return (
                <li key={item.id}>
                  <label className="flex items-start gap-2 rounded-md px-1 py-1 text-sm hover:bg-hover">
                    <input
                      type="checkbox"
                      className="mt-0.5 size-4 shrink-0 accent-accent"
                      checked={!left.has(item.id)}
                      onChange={({ target }) => toggle(item.id, target.checked)}
                    />
                    <span className="w-20 shrink-0 whitespace-nowrap text-ink-soft tabular-nums sm:w-36">
                      {formatTime(startsAt, zone)}
                      <span className="text-ink-faint max-sm:hidden">–{formatTime(endsAt, zone)}</span>
                    </span>
                    <span className="min-w-0 break-words">
                      {itemName(item)}
                      {words && <span className="text-ink-faint"> · {words}</span>}
                      {item.seenBy === 'team' && <span className="text-ink-faint"> · team only</span>}
                    </span>
                  </label>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
