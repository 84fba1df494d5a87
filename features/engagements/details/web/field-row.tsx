import { Trash2 } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SortableRow } from '#platform/ui/sortable.tsx';
import { detailKinds, type DetailField } from '../contract.ts';
import { kindLabels } from './detail-kind-labels.ts';

/** A field while it is edited: a new one has no key yet. */
export interface EditedField extends DetailField {
  id: string;
}

interface FieldRowProps {
  field: EditedField;
  onChange: (part: Partial<EditedField>) => void;
  onRemove: () => void;
}

const kinds = detailKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }));

/** One field: what it is called, how it is entered, and who sees it. */
export function FieldRow({ field, onChange, onRemove }: FieldRowProps) {
  const name = field.label || 'this field';
  return (
    <SortableRow
      id={field.id}
      label={`Move ${name}`}
      className="flex items-start gap-1 rounded-md border border-line bg-surface py-2 pr-2 pl-1"
    >
      <div className="grid min-w-0 flex-1 gap-2">
        <div className="flex flex-wrap gap-2">
          <Input
            aria-label="Label"
            maxLength={80}
            value={field.label}
            onChange={({ target }) => onChange({ label: target.value })}
            placeholder="What it is called"
            className="min-w-40 flex-2"
          />
          <Select
            aria-label={`Kind of ${name}`}
            value={field.kind}
            options={kinds}
            onValue={(kind) => onChange({ kind })}
            className="w-auto min-w-32 flex-1"
          />
        </div>
        <Input
          aria-label={`Hint for ${name}`}
          maxLength={200}
          value={field.hint}
          onChange={({ target }) => onChange({ hint: target.value })}
          placeholder="A hint below it; may be empty"
        />
        {field.kind === 'choice' && (
          <Textarea
            aria-label={`Choices of ${name}, one on each line`}
            placeholder="Choices, one on each line"
            value={field.choices.join('\n')}
            onChange={({ target }) => onChange({ choices: target.value.split('\n').slice(0, 30) })}
          />
        )}
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={field.shared}
            onChange={({ target }) => onChange({ shared: target.checked })}
          />
          Everybody who takes part sees it, not the team only
        </label>
      </div>
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </SortableRow>
  );
}
