import { Search, X } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** Looks shared by everything one types or picks into. */
export const control =
  'w-full min-w-0 rounded-md border border-line-strong/70 bg-surface px-2.5 text-sm text-ink transition-colors hover:border-line-strong focus-visible:border-accent focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent disabled:opacity-60 aria-invalid:border-danger aria-invalid:focus-visible:outline-danger';

/** A line of text. Errors show by `aria-invalid`. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(control, 'h-8', className)} {...props} />;
}

interface DayInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  value: string | null | undefined;
  /** '' while it is no day. */
  onValue: (day: string) => void;
}

/** A day, of the years that make sense. */
export function DayInput({ value, onValue, className, ...props }: DayInputProps) {
  return (
    <Input
      type="date"
      min="1900-01-01"
      max="2199-12-31"
      value={value ?? ''}
      onChange={({ target }) => onValue(target.value)}
      className={cn('tabular-nums', className)}
      {...props}
    />
  );
}

/** Text of several lines; grows with what is written. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(control, 'field-sizing-content min-h-16 py-1.5', className)} {...props} />;
}

/** A search box; `onValue` is told each change, and '' when it is emptied by its button or Escape. */
export function SearchInput({
  value,
  onValue,
  label,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string;
  onValue: (value: string) => void;
  label: string;
}) {
  return (
    <div className={cn('relative', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.stopPropagation();
            onValue('');
          }
        }}
        className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
        {...props}
      />
      {value && (
        <button
          type="button"
          aria-label="Empty the search"
          onClick={() => onValue('')}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
