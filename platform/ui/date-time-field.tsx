import { useState } from 'react';
import { clockChange, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';
import { cn } from './class-names.ts';
import { Input } from './input.tsx';

interface DateTimeFieldProps {
  /** An instant, RFC 3339 in UTC; null while it is incomplete. */
  value: string | null;
  onValue: (value: string | null) => void;
  /** IANA zone whose wall clock is shown and typed. */
  zone: string;
  /** Accessible name; the parts are called “… date” and “… time”. */
  label: string;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** A date and a time by the wall clock of a zone, stored as an instant. Says so when the clocks change then. */
export function DateTimeField({ value, onValue, zone, label, id, disabled, className, ...aria }: DateTimeFieldProps) {
  const [draft, setDraft] = useState({ date: '', time: '' });
  // An incomplete draft stands for null; a value always wins over it.
  const wall = value ? toWallClock(value, zone) : draft;
  const change = (part: Partial<typeof wall>) => {
    const next = { ...wall, ...part };
    setDraft(next);
    onValue(next.date && next.time ? fromWallClock(next, zone) : null);
  };
  const warning = value ? clockChange(draft.date ? draft : wall, zone) : null;
  return (
    <div className={cn('min-w-0', className)}>
      <div className="flex gap-2" role="group" aria-label={label}>
        <Input
          id={id}
          type="date"
          aria-label={`${label} date`}
          value={wall.date}
          disabled={disabled}
          min="1900-01-01"
          max="2199-12-31"
          onChange={(event) => change({ date: event.target.value })}
          className="min-w-0 flex-[3] tabular-nums"
          {...aria}
        />
        <Input
          type="time"
          aria-label={`${label} time`}
          value={wall.time}
          disabled={disabled}
          onChange={(event) => change({ time: event.target.value })}
          // The clock button of the browser would hide AM and PM; a phone opens its picker without it.
          className="min-w-0 flex-[2] tabular-nums [&::-webkit-calendar-picker-indicator]:hidden"
          aria-invalid={aria['aria-invalid']}
        />
      </div>
      {warning && <p className="mt-1 text-xs text-on-hold-soft">{warning}</p>}
    </div>
  );
}
