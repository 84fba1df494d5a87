import { Check, Clock, LogOut, MessageSquareText, UserRoundCheck, UserRoundX } from 'lucide-react';
import { cn } from '#platform/ui/class-names.ts';
import { markSentence, statusWord } from '../attendance-words.ts';
import type { AttendanceMark, AttendanceStatus } from '../contract.ts';

/** Never by colour alone: each has its sign and its word. */
export const statusLooks: Readonly<Record<AttendanceStatus, { icon: typeof Check; looks: string }>> = {
  present: { icon: Check, looks: 'text-ink-faint' },
  late: { icon: Clock, looks: 'bg-hold-soft text-on-hold-soft' },
  left_early: { icon: LogOut, looks: 'bg-hold-soft text-on-hold-soft' },
  excused: { icon: UserRoundCheck, looks: 'bg-accent-soft text-on-accent-soft' },
  absent: { icon: UserRoundX, looks: 'bg-danger-soft text-on-danger-soft' },
};

interface MarkCellProps {
  label: string;
  /** Without one they have no seat at this service. */
  mark: AttendanceMark | undefined;
  cancelled: boolean;
  /** Room for words. */
  wide: boolean;
  onOpen?: () => void;
  /** @returns whether the key meant something */
  onKey?: (key: string) => boolean;
}

/** How it went for somebody at a service. */
export function MarkCell({ label, mark, cancelled, wide, onOpen, onKey }: MarkCellProps) {
  const cell = 'border-b border-l border-line p-0.5';
  if (!mark) return <td className={cn(cell, 'bg-sunken')} aria-label={`${label}: no seat`} />;
  const { icon: Icon, looks } = statusLooks[mark.status];
  const inside = (
    <span
      className={cn(
        'flex min-h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-xs',
        looks,
        cancelled && 'opacity-50',
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className={cn('truncate', mark.status === 'present' && !wide && 'sr-only')}>
        {statusWord(mark.status)}
        {mark.minutes > 0 && ` ${mark.minutes}′`}
      </span>
      {wide && mark.note && <span className="min-w-0 truncate opacity-80">{mark.note}</span>}
      {!wide && mark.note && <MessageSquareText aria-hidden className="ml-auto size-3 shrink-0" />}
    </span>
  );
  if (!onOpen) {
    return (
      <td className={cell} title={mark.note}>
        {inside}
      </td>
    );
  }
  return (
    <td className={cell}>
      <button
        type="button"
        aria-label={`${label}: ${markSentence(mark)}`}
        title={mark.note || undefined}
        className="block w-full min-w-0 rounded-md text-left hover:bg-hover"
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (onKey?.(event.key)) event.preventDefault();
        }}
      >
        {inside}
      </button>
    </td>
  );
}

interface SectionCellProps {
  label: string;
  there: number;
  of: number;
  onOpen?: () => void;
}

/** How many of a section were there; opens a note for all of them. */
export function SectionCell({ label, there, of, onOpen }: SectionCellProps) {
  const figure = of === 0 ? '' : `${there} of ${of}`;
  return (
    <td className="border-b border-l border-line bg-sunken p-0.5 text-xs text-ink-soft tabular-nums">
      {onOpen ? (
        <button
          type="button"
          aria-label={`Note everybody of ${label}: ${figure} there`}
          className="block min-h-6 w-full rounded-md px-2 text-left hover:bg-hover"
          onClick={onOpen}
        >
          {figure}
        </button>
      ) : (
        <span className="block px-2">{figure}</span>
      )}
    </td>
  );
}
