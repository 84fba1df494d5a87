import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { Textarea } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { CommentReader } from '../contract.ts';
import { mentionBefore, withMention } from '../mention-rules.ts';
import { commentReadersQuery, type CommentSubject } from './comment-queries.ts';

interface MentionInputProps {
  about: CommentSubject;
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** Control and Enter. */
  onSend: () => void;
  onEscape?: () => void;
  autoFocus?: boolean;
}

const shownAtMost = 6;

/** Plain text, in which an @ offers whom it may mean. */
export function MentionInput({ about, label, value, onValue, onSend, onEscape, autoFocus }: MentionInputProps) {
  const org = useOrg();
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const wanted = closed ? null : mentionBefore(value, caret);
  const { data } = useQuery({ ...commentReadersQuery(org.slug, about), enabled: wanted !== null });
  const offered = (data?.items ?? [])
    .filter(({ name }) => wanted !== null && name.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()))
    .slice(0, shownAtMost);
  const choose = (person: CommentReader) => {
    const next = withMention(value, caret, person.name);
    onValue(next.text);
    setCaret(next.caret);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = offered[Math.min(chosen, offered.length - 1)];
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (person && step !== 0) {
      event.preventDefault();
      setChosen((chosen + step + offered.length) % offered.length);
    } else if (person && (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      choose(person);
    } else if (event.key === 'Escape' && (person ?? onEscape)) {
      event.stopPropagation();
      if (person) setClosed(true);
      else onEscape?.();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    }
  };
  return (
    <div className="relative">
      <Textarea
        ref={box}
        // Somebody pressed “Answer” or “Edit” for it.
        autoFocus={autoFocus}
        data-takes-escape={offered.length > 0 || onEscape ? '' : undefined}
        aria-label={label}
        placeholder={`${label}…`}
        maxLength={5_000}
        value={value}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={listId}
        aria-activedescendant={offered.length > 0 ? `${listId}-${Math.min(chosen, offered.length - 1)}` : undefined}
        onChange={({ target }) => {
          onValue(target.value);
          setCaret(target.selectionStart);
          setChosen(0);
          setClosed(false);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label="Mention"
        hidden={offered.length === 0}
        className="absolute top-full left-2 z-30 mt-1 max-w-72 min-w-44 overflow-hidden rounded-lg bg-raised p-1 shadow-float"
      >
        {offered.map((person, index) => (
          <li
            key={person.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            // Before the text loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(person);
            }}
            className={cn('truncate rounded-md px-2 py-1.5 text-sm', index === chosen && 'bg-hover')}
          >
            {person.name}
          </li>
        ))}
      </ul>
    </div>
  );
}
