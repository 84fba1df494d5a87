import { Coffee, MessageCircle } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useSortableRow } from '#platform/ui/sortable.tsx';
import type { SetlistEntry } from '../contract.ts';
import { lengthText } from '../rules.ts';

interface EntryRowProps {
  entry: SetlistEntry;
  /** Of a song within its set. */
  number: number | null;
  /** Absent for those who may not change it. */
  onOpen?: (() => void) | undefined;
}

/** One song, break or talk: dragged by its handle, opened by its name. */
export function EntryRow({ entry, number, onOpen }: EntryRowProps) {
  const sortable = useSortableRow(entry.id, `Move ${entry.name}`, !onOpen);
  const Icon = entry.kind === 'break' ? Coffee : MessageCircle;
  const about = [entry.versionName, entry.notes].filter(Boolean).join(' · ');
  return (
    <li
      ref={sortable.ref}
      style={sortable.style}
      className={cn(
        'flex min-h-11 items-center gap-2 py-1 pr-3 pl-1',
        sortable.dragging ? 'relative z-10 bg-raised shadow-float' : 'hover:bg-hover/50',
      )}
    >
      {onOpen && sortable.handle}
      <span className="grid w-6 shrink-0 place-items-center text-sm text-ink-faint tabular-nums">
        {number ?? <Icon aria-hidden className="size-4" />}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-baseline gap-2 text-sm">
          {onOpen ? (
            <button
              type="button"
              onClick={onOpen}
              title={entry.name}
              className={cn(
                'min-w-0 truncate rounded-sm text-left underline-offset-4 hover:underline',
                nameLook(entry),
              )}
            >
              {entry.name}
            </button>
          ) : (
            <span className={cn('min-w-0 truncate', nameLook(entry))} title={entry.name}>
              {entry.name}
            </span>
          )}
        </p>
        {about && (
          <p className="truncate text-xs text-ink-faint" title={about}>
            {about}
          </p>
        )}
      </div>
      {!entry.planned && <Badge tone="accent">On stage</Badge>}
      {entry.planned && entry.played === 'played' && <Badge tone="good">Played</Badge>}
      {entry.played === 'skipped' && <Badge>Skipped</Badge>}
      <span className="hidden w-24 shrink-0 truncate text-right text-xs text-ink-soft tabular-nums sm:block">
        {[entry.inKey, entry.bpm && `${entry.bpm} BPM`].filter(Boolean).join(', ')}
      </span>
      <span className="w-12 shrink-0 text-right text-sm tabular-nums">
        {entry.lasts === null ? <span className="text-ink-faint">–</span> : lengthText(entry.lasts)}
      </span>
    </li>
  );
}

function nameLook({ kind, played }: SetlistEntry): string {
  if (played === 'skipped') return 'text-ink-faint line-through';
  return kind === 'song' ? 'font-medium' : 'text-ink-soft italic';
}
