import { Trash2 } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SortableRow } from '#platform/ui/sortable.tsx';
import type { TemplateItem } from '../contract.ts';
import { answerKinds } from '../rules.ts';
import { kindLabel, sideOptions } from './item-words.ts';

interface TemplateItemRowProps {
  item: TemplateItem;
  onChange: (part: Partial<TemplateItem>) => void;
  onRemove: () => void;
}

/** One item of a checklist. */
export function TemplateItemRow({ item, onChange, onRemove }: TemplateItemRowProps) {
  const { title, hint, kind, side, section, choices } = item;
  const about = title || 'this item';
  return (
    <SortableRow
      id={item.id}
      label={`Move ${about}`}
      className="flex items-start gap-1 rounded-md border border-line bg-surface py-2 pr-2 pl-1"
    >
      <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-6">
        <Input
          aria-label="What"
          maxLength={200}
          placeholder="What is to be settled"
          value={title}
          onChange={({ target }) => onChange({ title: target.value })}
          className="sm:col-span-4"
        />
        <Input
          aria-label={`Section of ${about}`}
          maxLength={80}
          placeholder="Section"
          value={section}
          onChange={({ target }) => onChange({ section: target.value })}
          className="sm:col-span-2"
        />
        <Input
          aria-label={`Hint of ${about}`}
          maxLength={1_000}
          placeholder="What exactly is meant"
          value={hint}
          onChange={({ target }) => onChange({ hint: target.value })}
          className="sm:col-span-6"
        />
        <Select
          aria-label={`Who answers ${about}`}
          value={side}
          options={sideOptions}
          onValue={(value) => onChange({ side: value })}
          className="sm:col-span-2"
        />
        <Select
          aria-label={`Answer of ${about}`}
          value={kind}
          options={answerKinds.map((each) => ({ value: each, label: kindLabel[each] }))}
          onValue={(value) => onChange({ kind: value, choices: value === 'choice' ? ['Yes', 'No'] : [] })}
          className="sm:col-span-2"
        />
        {kind === 'choice' && (
          <Input
            aria-label={`Choices of ${about}, with commas`}
            defaultValue={choices.join(', ')}
            onChange={({ target }) =>
              onChange({
                choices: [...new Set(target.value.split(',').map((each) => each.trim()))].filter(Boolean),
              })
            }
            className="sm:col-span-2"
          />
        )}
      </div>
      <IconButton label={`Remove ${about}`} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </SortableRow>
  );
}
