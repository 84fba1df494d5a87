import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import type { DetailField } from '../contract.ts';

interface DetailControlProps {
  control: ControlProps;
  field: DetailField;
  /** '' where nothing is said. */
  value: string;
  onValue: (value: string) => void;
}

const nothing = { value: '-', label: 'Not said' };
const yesNo = [nothing, { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }];

/** What a field of this kind is entered with. */
export function DetailControl({ control, field, value, onValue }: DetailControlProps) {
  switch (field.kind) {
    case 'text':
      return <Textarea {...control} value={value} onChange={({ target }) => onValue(target.value)} />;
    case 'choice':
    case 'yes_no':
      return (
        <Select
          {...control}
          value={value || nothing.value}
          options={field.kind === 'yes_no' ? yesNo : choicesOf(field, value)}
          onValue={(chosen) => onValue(chosen === nothing.value ? '' : chosen)}
        />
      );
    case 'line':
    case 'number':
    case 'date':
      return (
        <Input
          {...control}
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          maxLength={300}
          value={value}
          onChange={({ target }) => onValue(target.value)}
          className={field.kind === 'line' ? undefined : 'tabular-nums'}
        />
      );
  }
}

/** What stands there stays to be chosen, even when it was taken out of the choices since. */
function choicesOf({ choices }: DetailField, value: string) {
  const all = value && !choices.includes(value) ? [value, ...choices] : choices;
  return [nothing, ...all.map((choice) => ({ value: choice, label: choice }))];
}
