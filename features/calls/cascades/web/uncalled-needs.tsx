import { Megaphone } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { formatTime } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { OpenNeed } from './open-seat-queries.ts';

/** Needs with open seats for which nobody was called yet. */
export function UncalledNeeds({ items, onStart }: { items: readonly OpenNeed[]; onStart: (item: OpenNeed) => void }) {
  const org = useOrg();
  return (
    <Section title="Open, and nobody called" className="pb-0">
      <CardList label="Open, and nobody called">
        {items.map((item) => (
          <li key={item.need.id} className="flex items-center gap-3 px-3 py-2 sm:px-4">
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm font-medium" title={item.need.title}>
                {item.need.title}
              </p>
              <p className="truncate text-xs text-ink-soft">
                {openWords(item)}, first {formatTime(item.startsAt, item.services[0]?.zone ?? org.zone, 'dateTime')}
              </p>
            </div>
            {org.can('calls.run') && (
              <Button size="sm" aria-label={`Call for ${item.need.title}`} onClick={() => onStart(item)}>
                <Megaphone aria-hidden /> Call…
              </Button>
            )}
          </li>
        ))}
      </CardList>
    </Section>
  );
}

/** “4 of 8 seats open”. */
export function openWords({ open, seats }: Pick<OpenNeed, 'open' | 'seats'>): string {
  if (open === seats) return seats === 1 ? '1 seat open' : `All ${seats} seats open`;
  return `${open} of ${seats} seats open`;
}
