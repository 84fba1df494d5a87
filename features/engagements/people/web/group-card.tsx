import { cn } from '#platform/ui/class-names.ts';
import { SortableList, useDropZone } from '#platform/ui/sortable.tsx';
import type { RosterEntry } from '../contract.ts';
import { isSure } from '../rules.ts';
import type { PeopleDialog } from './people-dialogs.tsx';
import { PersonRow } from './person-row.tsx';

interface GroupCardProps {
  /** “A · Principals” */
  label: string;
  entries: readonly RosterEntry[];
  /** Its name as a place to drop on. */
  zoneId: string;
  onDialog: (dialog: PeopleDialog) => void;
}

/** One group of an engagement’s people, in order. */
export function GroupCard({ label, entries, zoneId, onDialog }: GroupCardProps) {
  const there = entries.filter(({ standing }) => standing !== 'replaced');
  const sure = there.filter(({ standing }) => isSure(standing)).length;
  return (
    <section aria-label={label} className="min-w-0">
      <header className="mb-1.5 flex items-baseline gap-2">
        <h3 className="min-w-0 truncate text-sm font-semibold" title={label}>
          {label}
        </h3>
        {there.length > 0 && (
          <p className="shrink-0 text-xs text-ink-faint tabular-nums">
            {sure === there.length ? `${there.length}` : `${sure} of ${there.length} sure`}
          </p>
        )}
      </header>
      <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {entries.length === 0 && <EmptyGroup zoneId={zoneId} />}
        <SortableList ids={entries.map(({ id }) => id)}>
          <ul aria-label={label} className="divide-y divide-line">
            {entries.map((entry) => (
              <PersonRow key={entry.id} entry={entry} onDialog={onDialog} />
            ))}
          </ul>
        </SortableList>
      </div>
    </section>
  );
}

function EmptyGroup({ zoneId }: { zoneId: string }) {
  const { ref, over } = useDropZone(zoneId);
  return (
    <p ref={ref} className={cn('px-4 py-3 text-sm text-ink-faint', over && 'bg-accent-soft')}>
      Nobody yet.
    </p>
  );
}
