import { RadioGroup } from 'radix-ui';
import { cn } from './class-names.ts';

interface SegmentedProps<V extends string> {
  value: V;
  onValue: (value: V) => void;
  options: readonly { value: V; label: string; disabled?: boolean }[];
  /** Accessible name of the choice. */
  label: string;
  className?: string;
}

/** One of two to five choices, all in sight. Arrow keys move between them. */
export function Segmented<V extends string>({ value, onValue, options, label, className }: SegmentedProps<V>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onValue(option.value);
  };
  return (
    <RadioGroup.Root
      value={value}
      onValueChange={choose}
      aria-label={label}
      className={cn('inline-flex h-8 shrink-0 rounded-md bg-pressed p-0.5', className)}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          className="min-w-0 flex-auto truncate rounded-sm px-2.5 text-xs font-medium text-ink-soft first-letter:uppercase hover:text-ink disabled:opacity-50 data-[state=checked]:bg-surface data-[state=checked]:text-ink data-[state=checked]:shadow-card"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
