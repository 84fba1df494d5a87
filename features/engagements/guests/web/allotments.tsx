import { Plus } from 'lucide-react';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Allotment } from '../contract.ts';

interface AllotmentsProps {
  allotments: readonly Allotment[];
  onOpen: (allotment: Allotment) => void;
  onAdd: () => void;
}

/** Whose places there are, and how many of them are given. */
export function Allotments({ allotments, onOpen, onAdd }: AllotmentsProps) {
  const org = useOrg();
  const writes = org.can('guests.allot');
  return (
    <ul aria-label="Allotments" className="mb-4 grid grid-cols-[repeat(auto-fill,minmax(min(100%,11rem),1fr))] gap-2">
      {allotments.map((allotment) => (
        <li
          key={allotment.id}
          className="relative min-w-0 rounded-lg border border-line bg-surface px-3 py-2.5 shadow-card"
        >
          <div className="flex items-baseline gap-2">
            {writes ? (
              <button
                type="button"
                onClick={() => onOpen(allotment)}
                title={allotment.name}
                className="min-w-0 flex-1 truncate text-left text-sm font-medium after:absolute after:inset-0 after:rounded-lg hover:underline"
              >
                {allotment.name}
              </button>
            ) : (
              <span className="min-w-0 flex-1 truncate text-sm font-medium" title={allotment.name}>
                {allotment.name}
              </span>
            )}
            <span className="text-sm tabular-nums">
              {allotment.approved}
              <span className="text-ink-faint">/{allotment.places}</span>
            </span>
          </div>
          <Filled {...allotment} />
          <p className="mt-1.5 truncate text-xs text-ink-faint" title={allotment.givenBy ?? undefined}>
            {[allotment.requested > 0 && `${allotment.requested} asked for`, allotment.givenBy]
              .filter(Boolean)
              .join(' · ') || `${Math.max(0, allotment.places - allotment.approved)} left`}
          </p>
        </li>
      ))}
      {writes && (
        <li>
          <button
            type="button"
            onClick={onAdd}
            className="flex size-full min-h-16 items-center justify-center gap-1.5 rounded-lg border border-dashed border-line-strong/70 text-sm text-ink-soft hover:bg-hover"
          >
            <Plus aria-hidden className="size-4" /> Allotment
          </button>
        </li>
      )}
    </ul>
  );
}

function Filled({ approved, places }: Allotment) {
  const share = places > 0 ? Math.min(100, (approved / places) * 100) : approved > 0 ? 100 : 0;
  return (
    <div aria-hidden className="mt-2 h-1 overflow-hidden rounded-full bg-pressed">
      <div
        className={cn('h-full rounded-full', share >= 100 ? 'bg-hold' : 'bg-accent')}
        style={{ width: `${share}%` }}
      />
    </div>
  );
}
