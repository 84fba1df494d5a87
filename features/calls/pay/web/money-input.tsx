import { useState } from 'react';
import { minorDigits } from '#platform/text/money.ts';
import { cn } from '#platform/ui/class-names.ts';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { decimalText, readDecimal } from '../money-rules.ts';

interface MoneyInputProps extends Partial<ControlProps> {
  /** Minor units; null while it is no amount. */
  value: number | null;
  onValue: (minor: number | null) => void;
  currency: string;
  className?: string;
  'aria-label'?: string;
}

/** An amount, with the decimals of its currency; kept as whole minor units. */
export function MoneyInput({ value, onValue, currency, className, ...control }: MoneyInputProps) {
  const [text, setText] = useState(value === null ? '' : decimalText(value, currency));
  // What is being typed stays (“12.” on the way to “12.5”), until the value comes from elsewhere.
  const shown = readDecimal(text, currency) === value ? text : value === null ? text : decimalText(value, currency);
  return (
    <span className={cn('relative block', className)}>
      <Input
        {...control}
        inputMode="decimal"
        className="pr-11 text-right tabular-nums"
        placeholder={decimalText(0, currency)}
        value={shown}
        aria-invalid={control['aria-invalid'] ?? (text !== '' && value === null ? true : undefined)}
        title={`In ${currency}, with up to ${minorDigits(currency)} decimals`}
        onChange={({ target }) => {
          setText(target.value);
          onValue(readDecimal(target.value, currency));
        }}
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-xs text-ink-faint"
      >
        {currency}
      </span>
    </span>
  );
}

interface RateInputProps extends Partial<ControlProps> {
  /** Basis points; null while it is no percentage. */
  value: number | null;
  onValue: (basisPoints: number | null) => void;
  className?: string;
  'aria-label'?: string;
}

/** A percentage with up to two decimals; kept as whole basis points. */
export function RateInput({ value, onValue, className, ...control }: RateInputProps) {
  const [text, setText] = useState(value === null ? '' : String(value / 100));
  const shown = readRate(text) === value ? text : value === null ? text : String(value / 100);
  return (
    <span className={cn('relative block', className)}>
      <Input
        {...control}
        inputMode="decimal"
        className="pr-7 text-right tabular-nums"
        value={shown}
        aria-invalid={control['aria-invalid'] ?? (value === null ? true : undefined)}
        onChange={({ target }) => {
          setText(target.value);
          onValue(readRate(target.value));
        }}
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-xs text-ink-faint"
      >
        %
      </span>
    </span>
  );
}

/** `12.5` → 1250. */
function readRate(text: string): number | null {
  const match = /^(\d{1,4})(?:[.,](\d{0,2}))?$/.exec(text.trim());
  return match ? Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`) : null;
}
