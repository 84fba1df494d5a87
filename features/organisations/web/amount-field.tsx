import { useState, type ReactNode } from 'react';
import { minorDigits } from '#platform/text/money.ts';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { useFormProblem, useFormValue } from '#platform/ui/entity-form.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from './org-context.tsx';

interface AmountFieldProps {
  /** `fee` for the form’s `feeMinor` and `feeCurrency`, which only make sense together. */
  name: string;
  label: string;
  hint?: ReactNode;
  onAmount?: (minor: number | null) => void;
  /** Behind the currency. */
  children?: ReactNode;
}

/** An amount and its currency. */
export function AmountField({ name, label, hint, onAmount, children }: AmountFieldProps) {
  const org = useOrg();
  const [minor, setMinor] = useFormValue(`${name}Minor`);
  const [currency, setCurrency] = useFormValue(`${name}Currency`);
  const { ref, error } = useFormProblem(`${name}Minor`);
  // Kept while no amount stands: there are both or neither.
  const [kept, setKept] = useState(org.currency);
  const chosen = typeof currency === 'string' ? currency : kept;
  const [typed, setTyped] = useState<string | null>(null);
  const amount = typeof minor === 'number' ? String(minor / 10 ** minorDigits(chosen)) : '';
  const change = (text: string, code: string) => {
    setTyped(text);
    setKept(code);
    const next = text === '' || !Number.isFinite(Number(text)) ? null : Number(text) * 10 ** minorDigits(code);
    setMinor(next === null ? null : Math.round(next));
    setCurrency(next === null ? null : code);
    onAmount?.(next);
  };
  return (
    <FieldFrame label={label} optional hint={hint} error={error}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            ref={ref}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={typed ?? amount}
            onChange={({ target }) => change(target.value, chosen)}
            onBlur={() => setTyped(null)}
            className="min-w-0 flex-1 tabular-nums"
          />
          <div className="w-24 shrink-0">
            <CurrencyPicker
              aria-label={`Currency of the ${label.toLowerCase()}`}
              value={chosen}
              onValue={(code) => change(typed ?? amount, code ?? org.currency)}
            />
          </div>
          {children}
        </div>
      )}
    </FieldFrame>
  );
}
