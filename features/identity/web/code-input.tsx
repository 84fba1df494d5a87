import { useEffect, useRef } from 'react';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';

interface CodeInputProps extends ControlProps {
  /** How many digits; six unless told. */
  length?: number;
  value: string;
  onValue: (value: string) => void;
  /** Called with the last digit, typed or pasted. */
  onComplete: (code: string) => void;
  disabled?: boolean;
}

/** A box for the digits of a code. Spaces and whatever else is pasted with them fall away. */
export function CodeInput({ length = 6, value, onValue, onComplete, disabled, ...control }: CodeInputProps) {
  const box = useRef<HTMLInputElement>(null);
  // After a refusal the box is empty and open again: the next code goes straight in.
  useEffect(() => {
    if (!disabled) box.current?.focus();
  }, [disabled]);
  const enter = (entered: string) => {
    const digits = entered.replaceAll(/\D/g, '').slice(0, length);
    onValue(digits);
    if (digits.length === length && digits !== value) onComplete(digits);
  };
  return (
    <Input
      {...control}
      ref={box}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      spellCheck={false}
      disabled={disabled}
      value={value}
      onChange={(event) => enter(event.target.value)}
      className="h-12 text-center font-mono text-xl tracking-[0.5em] indent-[0.5em] tabular-nums"
    />
  );
}
