import { AmountField } from '#features/organisations/web/amount-field.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';

export const rateUnits = [
  { value: 'hour', label: 'per hour' },
  { value: 'day', label: 'per day' },
  { value: 'service', label: 'per service' },
] as const;

/** What somebody or something costs, and per what: an amount has a unit. */
export function RateField() {
  const [unit, setUnit] = useFormValue('rateUnit');
  return (
    <AmountField
      name="rate"
      label="Rate"
      onAmount={(amount) => {
        if (amount === null) setUnit(null);
        else if (typeof unit !== 'string') setUnit('service');
      }}
    >
      <Select
        aria-label="The rate is"
        className="w-32 shrink-0"
        value={unitOf(unit)}
        onValue={setUnit}
        options={rateUnits}
        placeholder="per…"
      />
    </AmountField>
  );
}

function unitOf(value: unknown): 'hour' | 'day' | 'service' | null {
  return value === 'hour' || value === 'day' || value === 'service' ? value : null;
}
