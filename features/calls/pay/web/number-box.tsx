import { useState } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';

interface NumberBoxProps extends Partial<ControlProps> {
  value: number | null;
  onValue: (value: number | null) => void;
  /** After the figure. */
  unit?: string;
  className?: string;
  'aria-label'?: string;
}

/** A whole number; empty is null. */
export function NumberBox({ value, onValue, unit, className, ...control }: NumberBoxProps) {
  const [text, setText] = useState(value === null ? '' : String(value));
  const read = (entered: string) => (/^\d{1,6}$/.test(entered.trim()) ? Number(entered) : null);
  return (
    <span className={cn('relative block', className)}>
      <Input
        {...control}
        inputMode="numeric"
        className={cn('tabular-nums', unit && 'pr-11')}
        value={read(text) === value ? text : String(value ?? '')}
        aria-invalid={control['aria-invalid'] ?? (text !== '' && read(text) === null ? true : undefined)}
        onChange={({ target }) => {
          setText(target.value);
          onValue(read(target.value));
        }}
      />
      {unit && (
        <span
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-xs text-ink-faint"
        >
          {unit}
        </span>
      )}
    </span>
  );
}
