import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Input } from '#platform/ui/input.tsx';
import { moved } from '#platform/ui/moved.ts';
import { useSortableRow, SortableArea, SortableList } from '#platform/ui/sortable.tsx';
import type { FieldOption } from '../../field-rules.ts';
import { newOption } from './draft-changes.ts';

interface OptionsEditorProps {
  options: readonly FieldOption[];
  onChange: (options: FieldOption[]) => void;
}

/** What there is to choose from, in order. */
export function OptionsEditor({ options, onChange }: OptionsEditorProps) {
  const ids = options.map(({ key }) => key);
  return (
    <div role="group" aria-label="Choices">
      <p className="mb-1 text-sm font-medium">Choices</p>
      <SortableArea
        nameOf={(key) => options.find((option) => option.key === key)?.label || 'The choice'}
        onDrop={(key, over) => onChange(moved(options, ids.indexOf(key), ids.indexOf(over)))}
      >
        <SortableList ids={ids}>
          <ul className="grid gap-1.5">
            {options.map((option, index) => (
              <OptionRow
                key={option.key}
                option={option}
                number={index + 1}
                onLabel={(label) =>
                  onChange(options.map((each) => (each.key === option.key ? { ...each, label } : each)))
                }
                onRemove={() => onChange(options.filter(({ key }) => key !== option.key))}
              />
            ))}
          </ul>
        </SortableList>
      </SortableArea>
      <Button
        size="sm"
        className="mt-2"
        onClick={() => onChange([...options, newOption(options)])}
        disabled={options.length >= 100}
      >
        <Plus aria-hidden /> Add a choice
      </Button>
    </div>
  );
}

interface OptionRowProps {
  option: FieldOption;
  number: number;
  onLabel: (label: string) => void;
  onRemove: () => void;
}

function OptionRow({ option, number, onLabel, onRemove }: OptionRowProps) {
  const name = option.label || `choice ${number}`;
  const { ref, style, handle } = useSortableRow(option.key, `Move ${name}`);
  return (
    <li ref={ref} style={style} className="flex items-center gap-1 bg-surface">
      {handle}
      <Input
        aria-label={`Choice ${number}`}
        value={option.label}
        maxLength={200}
        onChange={({ target }) => onLabel(target.value)}
      />
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}
