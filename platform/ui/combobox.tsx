import { Command } from 'cmdk';
import { Check, ChevronsUpDown, LoaderCircle, X } from 'lucide-react';
import { Popover as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cn } from './class-names.ts';
import { control } from './input.tsx';

export interface ComboOption {
  value: string;
  label: string;
  /** After the label, quieter. */
  hint?: string;
}

interface ComboboxProps {
  value: string | null;
  /** What the closed box shows; the option's label when absent. */
  valueLabel?: string | null;
  onValue: (value: string | null) => void;
  options: readonly ComboOption[];
  /** Told each change of the search text. Without it, the options are filtered here. */
  onQuery?: (query: string) => void;
  busy?: boolean;
  placeholder?: string;
  /** What stands when nothing fits the search. */
  empty?: ReactNode;
  clearable?: boolean;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** One of many options, found by typing. The options may come from the server: see `onQuery`. */
export function Combobox(props: ComboboxProps) {
  const {
    value,
    valueLabel,
    onValue,
    options,
    onQuery,
    placeholder = 'Choose…',
    clearable,
    className,
    id,
    disabled,
    ...aria
  } = props;
  const [open, setOpen] = useState(false);
  const label = valueLabel ?? options.find((option) => option.value === value)?.label;
  const choose = (chosen: string | null) => {
    onValue(chosen);
    setOpen(false);
  };
  const toggle = (next: boolean) => {
    setOpen(next);
    if (!next) onQuery?.('');
  };
  return (
    <Radix.Root open={open} onOpenChange={toggle}>
      <div className={cn('relative', className)}>
        <Radix.Trigger
          id={id}
          disabled={disabled}
          role="combobox"
          aria-expanded={open}
          className={cn(
            control,
            'flex h-8 items-center gap-2 text-left',
            value && clearable && 'pr-8',
            !value && 'text-ink-faint',
          )}
          {...aria}
        >
          <span className="min-w-0 flex-1 truncate">{value ? (label ?? '…') : placeholder}</span>
          {!(value && clearable) && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />}
        </Radix.Trigger>
        {value && clearable && !disabled && (
          <button
            type="button"
            aria-label={`Clear ${aria['aria-label'] ?? 'choice'}`}
            onClick={() => onValue(null)}
            className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </div>
      <Radix.Portal>
        <Radix.Content
          aria-label={aria['aria-label'] ?? placeholder}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-[max(16rem,var(--radix-popover-trigger-width))] max-w-[calc(100vw-16px)] animate-appear overflow-hidden rounded-lg bg-raised shadow-float outline-none"
        >
          <Choices {...props} onChoose={choose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The list and its search. An empty list is a sentence: a listbox without options is none. */
function Choices(props: ComboboxProps & { onChoose: (value: string) => void }) {
  const { value, options, onQuery, busy, empty = 'Nothing fits.', onChoose } = props;
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState('');
  const shown = onQuery ? options : options.filter((option) => fits(option, query));
  // Options that come from the server replace those that were marked: Enter then takes the first.
  const current = shown.some((option) => option.value === marked) ? marked : (shown[0]?.value ?? '');
  const search = (text: string) => {
    setQuery(text);
    onQuery?.(text);
  };
  return (
    <Command
      shouldFilter={false}
      loop
      label={props['aria-label'] ?? 'Search'}
      value={current}
      onValueChange={setMarked}
    >
      <div className="relative border-b border-line">
        <Command.Input
          value={query}
          placeholder="Search…"
          onValueChange={search}
          className="h-9 w-full bg-transparent px-3 text-sm outline-none"
        />
        {busy && <LoaderCircle aria-hidden className="absolute top-2.5 right-2.5 size-4 animate-turn text-ink-faint" />}
      </div>
      {shown.length === 0 && !busy && (
        <p role="status" className="px-3 py-6 text-center text-sm text-ink-faint">
          {empty}
        </p>
      )}
      {shown.length > 0 && (
        <Command.List className="max-h-72 overflow-y-auto p-1">
          {shown.map((option) => (
            <Choice
              key={option.value}
              option={option}
              chosen={option.value === value}
              onChoose={() => onChoose(option.value)}
            />
          ))}
        </Command.List>
      )}
    </Command>
  );
}

function Choice({ option, chosen, onChoose }: { option: ComboOption; chosen: boolean; onChoose: () => void }) {
  return (
    <Command.Item
      value={option.value}
      onSelect={onChoose}
      className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm select-none data-[selected=true]:bg-hover"
    >
      <span className="min-w-0 flex-1 truncate" title={option.label}>
        {option.label}
      </span>
      {option.hint && <span className="max-w-[45%] truncate text-xs text-ink-faint">{option.hint}</span>}
      {chosen && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
    </Command.Item>
  );
}

/** Every word of the search is somewhere in the option; accents don't matter. */
function fits({ value, label, hint = '' }: ComboOption, query: string): boolean {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const text = plain(`${label} ${hint} ${value}`);
  return words.every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
