import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { cn } from './class-names.ts';
import { control } from './input.tsx';
import { pageNonce } from './nonce.ts';

export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** A second line in the list. */
  hint?: string;
}

interface SelectProps<V extends string> {
  value: V | null;
  onValue: (value: V) => void;
  options: readonly Option<V>[];
  placeholder?: string;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** One of a few options. Option values must not be ''. For many, use a `Combobox`. */
export function Select<V extends string>({
  value,
  onValue,
  options,
  placeholder = 'Choose…',
  className,
  disabled,
  ...aria
}: SelectProps<V>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onValue(option.value);
  };
  return (
    <Radix.Root value={value ?? ''} onValueChange={choose} disabled={disabled}>
      <Radix.Trigger
        className={cn(
          control,
          'flex h-8 items-center justify-between gap-2 text-left data-[placeholder]:text-ink-faint',
          className,
        )}
        {...aria}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-[min(24rem,var(--radix-select-content-available-height))] min-w-[max(10rem,var(--radix-select-trigger-width))] animate-appear overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <Radix.Viewport nonce={pageNonce()} className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-[highlighted]:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="block text-xs text-ink-faint">{option.hint}</span>}
                </span>
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
