import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { cn } from './class-names.ts';
import { control } from './input.tsx';

interface WordsInputProps {
  value: readonly string[];
  onValue: (value: string[]) => void;
  suggestions?: readonly string[];
  placeholder?: string;
  id?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** A list of words, such as tags: Enter or a comma adds one, Backspace takes the last away. */
export function WordsInput({
  value,
  onValue,
  suggestions = [],
  placeholder = 'Type, then Enter',
  id,
  ...aria
}: WordsInputProps) {
  const [draft, setDraft] = useState('');
  const listId = useId();
  const add = (text: string) => {
    const words = text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean);
    setDraft('');
    if (words.length > 0) onValue([...new Set([...value, ...words])]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && draft.trim()) {
      event.preventDefault();
      add(draft);
    }
    if (event.key === 'Backspace' && draft === '') onValue(value.slice(0, -1));
  };
  return (
    <div
      className={cn(
        control,
        'flex min-h-8 flex-wrap items-center gap-1 px-1.5 py-1 has-[input:focus-visible]:border-accent has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-accent',
      )}
    >
      {value.map((word) => (
        <span
          key={word}
          className="flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-pencil-soft pl-1.5 text-xs text-on-pencil-soft"
        >
          <span className="truncate">{word}</span>
          <button
            type="button"
            aria-label={`Remove ${word}`}
            onClick={() => onValue(value.filter((other) => other !== word))}
            className="grid size-6 shrink-0 place-items-center rounded-sm hover:bg-pressed"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        id={id}
        list={listId}
        value={draft}
        placeholder={value.length === 0 ? placeholder : undefined}
        onChange={(event) =>
          event.target.value.endsWith(',') ? add(event.target.value) : setDraft(event.target.value)
        }
        onKeyDown={onKeyDown}
        onBlur={() => add(draft)}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 text-sm outline-none"
        {...aria}
      />
      <datalist id={listId}>
        {suggestions
          .filter((word) => !value.includes(word))
          .map((word) => (
            <option key={word} value={word} />
          ))}
      </datalist>
    </div>
  );
}
