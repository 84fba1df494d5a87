import { Hand, PhoneCall } from 'lucide-react';
import { memo, useState } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import type { Seat } from '../contract.ts';

export const sourceWords = { roster: 'from the roster', call: 'by a call', hand: 'seated by hand' } as const;

interface SeatCellProps {
  seat: Seat;
  /** “Flute 1, Rehearsal, Mon 3 May, 10:00” */
  what: string;
  /** In a grid. */
  row?: number;
  column?: number;
  /** One seat of a grid is Tab's stop; arrow keys do the rest (see use-seat-keys). */
  stop: boolean;
  onOpen: (seatId: string, cell: HTMLElement) => void;
}

/** One seat: who sits there, or that nobody does. Memoised: a grid has a thousand, and one changes. */
export const SeatCell = memo(function SeatCell({ seat, what, row, column, stop, onOpen }: SeatCellProps) {
  const taken = seat.resourceId !== null;
  // Whoever comes while one looks appears; a thousand at once would not move smoothly.
  const [first] = useState(seat.resourceId);
  const how = seat.source ? `, ${sourceWords[seat.source]}` : '';
  return (
    <button
      type="button"
      data-seat={row === undefined ? undefined : `${row}/${column}`}
      tabIndex={stop ? 0 : -1}
      aria-label={`${what}: ${taken ? `${seat.name}${how}` : 'open'}`}
      title={taken ? `${seat.name}${how}` : 'Open'}
      onClick={(event) => onOpen(seat.id, event.currentTarget)}
      className={cn(
        'flex h-7 w-full min-w-0 max-sm:h-9 items-center gap-1 rounded-md px-2 text-left text-xs focus-visible:-outline-offset-1',
        taken
          ? 'hover:bg-hover'
          : 'border border-dashed border-line-strong bg-hold-soft text-on-hold-soft hover:border-solid',
      )}
    >
      <span
        key={seat.resourceId ?? 'open'}
        className={cn('min-w-0 flex-1 truncate', seat.resourceId !== first && 'animate-appear')}
      >
        {taken ? seat.name : 'Open'}
      </span>
      {seat.source === 'call' && <PhoneCall aria-hidden className="size-3 shrink-0 text-ink-faint" />}
      {seat.source === 'hand' && <Hand aria-hidden className="size-3 shrink-0 text-ink-faint" />}
    </button>
  );
});
