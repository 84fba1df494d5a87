import { Check } from 'lucide-react';
import { cn } from '#platform/ui/class-names.ts';

interface TickProps {
  checked: boolean;
  label: string;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** Square for a step or a choice, round for a task. */
  round?: boolean;
}

/** A box to tick, as large as a finger. */
export function Tick({ checked, label, onChange, disabled, round }: TickProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className="group/tick grid size-10 shrink-0 place-items-center rounded-md focus-visible:-outline-offset-2 sm:size-8"
    >
      <span
        className={cn(
          'grid size-5 place-items-center border-[1.5px] transition-colors',
          round ? 'rounded-full' : 'rounded-sm',
          checked
            ? 'border-accent bg-accent text-on-accent'
            : 'border-line-strong text-transparent group-hover/tick:border-accent group-disabled/tick:border-line',
        )}
      >
        <Check aria-hidden className="size-3.5" strokeWidth={3} />
      </span>
    </button>
  );
}
