import { Select } from '#platform/ui/select.tsx';
import { decidingTypes } from '../../answer-rules.ts';
import { valuesOf } from '../../draft-rules.ts';
import type { FieldCondition, FormField } from '../../field-rules.ts';
import { fieldName } from './field-words.ts';

interface ConditionEditorProps {
  field: FormField;
  /** Those that stand before it. */
  before: readonly FormField[];
  placeName: (id: string) => string;
  onChange: (condition: FieldCondition | null) => void;
}

const always = 'always';

/** When a field shows: always, or after one of some answers to an earlier one. */
export function ConditionEditor({ field, before, placeName, onChange }: ConditionEditorProps) {
  const { shownWhen } = field;
  const deciding = before.filter(({ type }) => decidingTypes.has(type));
  const other = deciding.find(({ key }) => key === shownWhen?.field);
  if (deciding.length === 0 && !shownWhen) return null;
  const choose = (key: string) => {
    const next = deciding.find((each) => each.key === key);
    const first = next && valuesOf(next)[0];
    onChange(next ? { field: next.key, anyOf: first ? [first.key] : [] } : null);
  };
  const flip = (key: string, on: boolean) => {
    if (!shownWhen) return;
    const anyOf = on ? [...shownWhen.anyOf, key] : shownWhen.anyOf.filter((each) => each !== key);
    onChange({ ...shownWhen, anyOf });
  };
  return (
    <div role="group" aria-label="When it shows">
      <p className="mb-1 text-sm font-medium">When it shows</p>
      <Select
        aria-label="It shows"
        value={other?.key ?? always}
        onValue={choose}
        options={[
          { value: always, label: 'Always' },
          ...deciding.map((each) => ({ value: each.key, label: `Depending on “${fieldName(each)}”` })),
        ]}
      />
      {other && shownWhen && (
        <ul aria-label="For these answers" className="mt-1.5 grid gap-0.5">
          {valuesOf(other, placeName).map(({ key, label }) => (
            <li key={key}>
              <label className="flex min-h-8 items-center gap-2 rounded-md px-1 text-sm hover:bg-hover">
                <input
                  type="checkbox"
                  className="size-4 shrink-0 accent-accent"
                  checked={shownWhen.anyOf.includes(key)}
                  onChange={({ target }) => flip(key, target.checked)}
                />
                <span className="min-w-0 truncate" title={label}>
                  {label || 'A choice without a name'}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
