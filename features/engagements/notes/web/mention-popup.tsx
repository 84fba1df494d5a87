import { createPortal } from 'react-dom';
import { useLayoutEffect, useRef } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import type { MentionList } from './note-mention.ts';

/** Who an @ may mean. The focus stays in the text, where arrows and Enter choose. */
export function MentionPopup({ list: { people, chosen, place, choose } }: { list: MentionList }) {
  const box = useRef<HTMLUListElement>(null);
  // The content policy allows no style attributes; scripts may set styles.
  useLayoutEffect(() => {
    if (!box.current || !place) return;
    const below = place.bottom + 6 + box.current.offsetHeight < window.innerHeight;
    box.current.style.top = `${below ? place.bottom + 6 : place.top - 6 - box.current.offsetHeight}px`;
    box.current.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - box.current.offsetWidth - 8))}px`;
  }, [place, people]);
  return createPortal(
    <ul
      ref={box}
      role="listbox"
      aria-label="Mention"
      className="fixed z-50 max-w-64 min-w-44 overflow-hidden rounded-lg bg-raised p-1 shadow-float"
    >
      {people.map((person, index) => (
        <li
          key={person.id}
          role="option"
          aria-selected={index === chosen}
          // Before the text loses the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            choose(person);
          }}
          className={cn('truncate rounded-md px-2 py-1.5 text-sm', index === chosen && 'bg-hover')}
        >
          {person.label}
        </li>
      ))}
    </ul>,
    document.body,
  );
}
