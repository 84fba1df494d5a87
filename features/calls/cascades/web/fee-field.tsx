import { useState, type ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { minorDigits } from '#platform/text/money.ts';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';

/** What a call offers: amount and currency, which only make sense together. @param hint what it would cost by the scale */
export function FeeField({ hint }: { hint?: ReactNode }) {
  const org = useOrg();
  const [minor, setMinor] = useFormValue('feeMinor');
  const [currency, setCurrency] = useFormValue('feeCurrency');
  // Kept while no amount stands: a fee has both or neither.
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
  };
  return (
    <FieldFrame label="Fee" optional hint={hint ?? 'For all services together. Empty: the call says nothing of a fee.'}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={typed ?? amount}
            onChange={({ target }) => change(target.value, chosen)}
            onBlur={() => setTyped(null)}
            className="min-w-0 flex-1 tabular-nums"
          />
          <div className="w-28 shrink-0">
            <CurrencyPicker
              aria-label="Currency of the fee"
              value={chosen}
              onValue={(code) => change(typed ?? amount, code ?? org.currency)}
            />
          </div>
        </div>
      )}
    </FieldFrame>
  );
}
