import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { minorDigits } from '#platform/text/money.ts';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';

export const rateUnits = [
  { value: 'hour', label: 'per hour' },
  { value: 'day', label: 'per day' },
  { value: 'service', label: 'per service' },
] as const;

/** What somebody or something costs: three fields of the record that only make sense together. */
export function RateField() {
  const org = useOrg();
  const [minor, setMinor] = useFormValue('rateMinor');
  const [currency, setCurrency] = useFormValue('rateCurrency');
  const [unit, setUnit] = useFormValue('rateUnit');
  const code = typeof currency === 'string' ? currency : org.currency;
  const factor = 10 ** minorDigits(code);
  const [text, setText] = useState(typeof minor === 'number' ? String(minor / factor) : '');
  const change = (entered: string, inCurrency = code) => {
    setText(entered);
    const amount = entered === '' ? null : Math.round(Number(entered) * 10 ** minorDigits(inCurrency));
    setMinor(amount);
    setCurrency(amount === null ? null : inCurrency);
    if (amount === null) setUnit(null);
    else if (typeof unit !== 'string') setUnit('service');
  };
  return (
    <FieldFrame label="Rate" optional>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={text}
            onChange={(event) => change(event.target.value)}
            className="min-w-0 flex-1 tabular-nums"
          />
          <div className="w-24 shrink-0">
            <CurrencyPicker
              aria-label="Currency of the rate"
              value={code}
              onValue={(chosen) => change(text, chosen ?? org.currency)}
            />
          </div>
          <Select
            aria-label="The rate is"
            className="w-32 shrink-0"
            value={unitOf(unit)}
            onValue={setUnit}
            options={rateUnits}
            placeholder="per…"
          />
        </div>
      )}
    </FieldFrame>
  );
}

function unitOf(value: unknown): 'hour' | 'day' | 'service' | null {
  return value === 'hour' || value === 'day' || value === 'service' ? value : null;
}
