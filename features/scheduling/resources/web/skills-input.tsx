import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import type * as z from 'zod';
import { Button, IconButton } from '#platform/ui/button.tsx';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import type { skill } from '../contract.ts';

type SkillInput = z.input<typeof skill>;

export const skillLevels = [
  { value: '1', label: '1 · learning' },
  { value: '2', label: '2 · able' },
  { value: '3', label: '3 · good' },
  { value: '4', label: '4 · very good' },
  { value: '5', label: '5 · outstanding' },
];

interface SkillsInputProps extends Partial<ControlProps> {
  value: readonly SkillInput[];
  onValue: (value: SkillInput[]) => void;
  suggestions: readonly string[];
}

/** Skills with their level, one to a row. */
export function SkillsInput({ value, onValue, suggestions, ...aria }: SkillsInputProps) {
  const listId = useId();
  const change = (index: number, part: Partial<SkillInput>) =>
    onValue(value.map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  return (
    <div className="grid gap-2">
      {value.map((entry, index) => (
        <div key={index} className="flex gap-2">
          <Input
            list={listId}
            aria-label={`Skill ${index + 1}`}
            aria-invalid={aria['aria-invalid']}
            value={entry.skill}
            autoFocus={entry.skill === ''}
            onChange={(event) => change(index, { skill: event.target.value })}
            className="flex-1"
          />
          <Select
            aria-label={`Level of skill ${index + 1}`}
            className="w-36"
            value={String(entry.level ?? 3)}
            onValue={(level) => change(index, { level: Number(level) })}
            options={skillLevels}
          />
          <IconButton
            label={`Remove ${entry.skill || 'skill'}`}
            onClick={() => onValue(value.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          aria-describedby={aria['aria-describedby']}
          size="sm"
          onClick={() => onValue([...value, { skill: '', level: 3 }])}
        >
          <Plus aria-hidden /> Add a skill
        </Button>
      </div>
      <datalist id={listId}>
        {suggestions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
