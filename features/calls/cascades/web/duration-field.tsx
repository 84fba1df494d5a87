import { useState } from 'react';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';

const units = [
  { value: 'minutes', label: 'minutes', length: 1 },
  { value: 'hours', label: 'hours', length: 60 },
  { value: 'days', label: 'days', length: 1_440 },
] as const;
type Unit = (typeof units)[number]['value'];

interface DurationFieldProps extends ControlProps {
  /** Minutes. */
  value: number | null | undefined;
  onValue: (minutes: number | null) => void;
  /** Accessible name of the unit. */
  label: string;
}

/** A length of time in the unit that fits it best. */
export function DurationField({ value, onValue, label, ...control }: DurationFieldProps) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(value ?? 0));
  const length = lengthOf(unit);
  const [text, setText] = useState(() => (typeof value === 'number' ? String(value / lengthOf(unit)) : ''));
  const change = (entered: string, inUnit: number) => {
    setText(entered);
    onValue(entered === '' ? null : Math.round(Number(entered) * inUnit));
  };
  return (
    <div className="flex gap-2">
      <Input
        {...control}
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        value={text}
        onChange={({ target }) => change(target.value, length)}
        className="w-20 flex-1 tabular-nums"
      />
      <Select
        aria-label={`Unit of: ${label}`}
        value={unit}
        onValue={(next) => {
          setUnit(next);
          change(text, lengthOf(next));
        }}
        options={units}
        className="w-28"
      />
    </div>
  );
}

function lengthOf(unit: Unit): number {
  return units.find(({ value }) => value === unit)?.length ?? 1;
}

/** The largest unit in which it is a whole number. */
function unitOf(minutes: number): Unit {
  return units.findLast(({ length }) => minutes > 0 && minutes % length === 0)?.value ?? 'hours';
}
