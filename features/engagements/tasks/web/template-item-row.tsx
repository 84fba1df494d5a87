import { ListChecks, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useSortableRow } from '#platform/ui/sortable.tsx';
import type { TemplateItem } from '../contract.ts';
import { remindOptions } from './due-words.ts';

interface TemplateItemRowProps {
  item: TemplateItem;
  onChange: (part: Partial<TemplateItem>) => void;
  onRemove: () => void;
}

const ways = [
  { value: 'none', label: 'No date' },
  { value: 'start-', label: 'days before the first day' },
  { value: 'start+', label: 'days after the first day' },
  { value: 'end-', label: 'days before the last day' },
  { value: 'end+', label: 'days after the last day' },
] as const;
type Way = (typeof ways)[number]['value'];

/** One task of a list: its title, when it is due, and its steps, a line each. */
export function TemplateItemRow({ item, onChange, onRemove }: TemplateItemRowProps) {
  const sortable = useSortableRow(item.id, `Move ${item.title || 'this task'}`);
  const [stepsOpen, setStepsOpen] = useState(false);
  const days = item.days ?? 0;
  const way: Way = item.anchor === null ? 'none' : `${item.anchor}${days > 0 ? '+' : '-'}`;
  const choose = (next: Way) => {
    if (next === 'none') return onChange({ anchor: null, days: null, remindDays: null });
    const count = Math.abs(days) || (next.endsWith('+') ? 1 : 0);
    onChange({ anchor: next.startsWith('start') ? 'start' : 'end', days: next.endsWith('+') ? count : -count });
  };
  return (
    <li
      ref={sortable.ref}
      style={sortable.style}
      className="relative rounded-md border border-line bg-surface py-2 pr-2 pl-1"
    >
      <div className="flex items-start gap-1">
        {sortable.handle}
        <div className="grid min-w-0 flex-1 gap-2">
          <Input
            aria-label="Title"
            maxLength={300}
            value={item.title}
            onChange={({ target }) => onChange({ title: target.value })}
            placeholder="What is to be done"
          />
          <div className="flex flex-wrap gap-2">
            {item.anchor !== null && (
              <Input
                type="number"
                aria-label={`Days, for ${item.title}`}
                inputMode="numeric"
                min={0}
                max={3650}
                value={Math.abs(days)}
                onChange={({ target }) => {
                  const count = Math.min(3650, Math.trunc(Math.abs(Number(target.value))));
                  onChange({ days: way.endsWith('+') ? count : -count });
                }}
                className="w-18 tabular-nums"
              />
            )}
            <Select
              aria-label={`Due, for ${item.title}`}
              value={way}
              options={ways}
              onValue={choose}
              className="w-auto min-w-36 flex-1"
            />
            {item.anchor !== null && (
              <Select
                aria-label={`Reminder, for ${item.title}`}
                value={item.remindDays === null ? 'none' : String(item.remindDays)}
                options={remindOptions(item.remindDays).map((option) => ({
                  ...option,
                  label: option.value === 'none' ? 'No reminder' : option.label,
                }))}
                onValue={(value) => onChange({ remindDays: value === 'none' ? null : Number(value) })}
                className="w-auto min-w-36 flex-1"
              />
            )}
            <Button variant="ghost" aria-expanded={stepsOpen} onClick={() => setStepsOpen(!stepsOpen)}>
              <ListChecks aria-hidden /> {item.steps.length > 0 ? `${item.steps.length} steps` : 'Steps'}
            </Button>
          </div>
          {stepsOpen && (
            <Textarea
              aria-label={`Steps of ${item.title}, one on each line`}
              placeholder="Steps, one on each line"
              value={item.steps.join('\n')}
              onChange={({ target }) => onChange({ steps: target.value.split('\n').slice(0, 30) })}
            />
          )}
        </div>
        <IconButton label={`Remove ${item.title || 'this task'}`} onClick={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
