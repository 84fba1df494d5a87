import { Check } from 'lucide-react';
import { cn } from '#platform/ui/class-names.ts';
import { packNames, type PackName } from '../packs/pack.ts';
import { packs } from '../packs/packs.ts';

interface PackPickerProps {
  value: readonly PackName[];
  onValue: (value: PackName[]) => void;
  'aria-describedby'?: string;
}

/** Chooses the kinds of work. The first chosen gives the organisation its words. */
export function PackPicker({ value, onValue, ...aria }: PackPickerProps) {
  const toggle = (name: PackName) =>
    onValue(value.includes(name) ? value.filter((other) => other !== name) : [...value, name]);
  return (
    <div className="grid gap-2 sm:grid-cols-2" {...aria}>
      {packNames.map((name) => {
        const chosen = value.includes(name);
        return (
          <label
            key={name}
            className={cn(
              'relative flex cursor-pointer gap-2.5 rounded-lg border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
              chosen ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:border-line-strong',
            )}
          >
            <input type="checkbox" className="peer sr-only" checked={chosen} onChange={() => toggle(name)} />
            <span
              aria-hidden
              className={cn(
                'mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border',
                chosen ? 'border-accent bg-accent text-on-accent' : 'border-line-strong',
              )}
            >
              {chosen && <Check className="size-3" strokeWidth={3} />}
            </span>
            <span className="min-w-0">
              <span className="flex items-center gap-2 text-sm font-medium">
                {packs[name].label}
                {value.length > 1 && value[0] === name && (
                  <span className="text-xs font-normal text-ink-soft">gives the words</span>
                )}
              </span>
              <span className="block text-xs text-pretty text-ink-soft">{packs[name].audience}</span>
            </span>
          </label>
        );
      })}
    </div>
  );
}
