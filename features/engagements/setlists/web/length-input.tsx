import { useState } from 'react';
import { Input } from '#platform/ui/input.tsx';
import { lengthText, readLength } from '../rules.ts';

interface LengthInputProps {
  /** Seconds; null: not known. */
  value: number | null;
  onValue: (seconds: number | null) => void;
  placeholder?: string;
  id?: string;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** A length as people write it, 3:45; what can't be read goes when the box is left. */
export function LengthInput({ value, onValue, placeholder = '3:45', className, ...rest }: LengthInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <Input
      {...rest}
      inputMode="numeric"
      placeholder={placeholder}
      value={draft ?? (value === null ? '' : lengthText(value))}
      onChange={({ target }) => {
        setDraft(target.value);
        onValue(readLength(target.value));
      }}
      onBlur={() => setDraft(null)}
      className={className ?? 'tabular-nums'}
    />
  );
}
