import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { moved } from '#platform/ui/moved.ts';
import { Sortable, SortableRow } from '#platform/ui/sortable.tsx';

export interface OrderedPerson {
  id: string;
  name: string;
  /** Behind the name: a badge. */
  badge?: ReactNode;
  /** Under the name. */
  note?: string | undefined;
  /** They would not be asked as things are. */
  faint?: boolean;
}

interface PersonOrderProps {
  people: readonly OrderedPerson[];
  label: string;
  /** The ids in their new order. Absent: nothing can be moved. */
  onOrder?: ((ids: string[]) => void) | undefined;
  onRemove?: ((id: string) => void) | undefined;
  onOpen?: (id: string) => void;
}

/** People in the order in which they are asked: drag them, or move them by the keyboard from their handle. */
export function PersonOrder({ people, label, onOrder, onRemove, onOpen }: PersonOrderProps) {
  const row = 'flex min-h-10 items-center gap-2 bg-surface px-2 py-1';
  return (
    <Sortable items={people} onMove={(from, to) => onOrder?.(moved(people, from, to).map(({ id }) => id))}>
      <ol aria-label={label} className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {people.map((person, index) => {
          const content = <Person {...{ person, place: index + 1, onRemove, onOpen }} />;
          return onOrder ? (
            <SortableRow
              key={person.id}
              id={person.id}
              label={`Move ${person.name}, place ${index + 1}`}
              className={row}
            >
              {content}
            </SortableRow>
          ) : (
            <li key={person.id} className={row}>
              {content}
            </li>
          );
        })}
      </ol>
    </Sortable>
  );
}

interface PersonProps {
  person: OrderedPerson;
  place: number;
  onRemove: ((id: string) => void) | undefined;
  onOpen: ((id: string) => void) | undefined;
}

function Person({ person: { id, name, badge, note, faint }, place, onRemove, onOpen }: PersonProps) {
  return (
    <>
      <span className="w-6 shrink-0 text-right text-xs text-ink-faint tabular-nums">{place}</span>
      <span className="min-w-0 flex-1">
        <span className={cn('flex min-w-0 items-center gap-2 text-sm', faint && 'text-ink-faint')}>
          {onOpen ? (
            <button
              type="button"
              title={name}
              onClick={() => onOpen(id)}
              className="truncate rounded-sm hover:underline"
            >
              {name}
            </button>
          ) : (
            <span className="truncate" title={name}>
              {name}
            </span>
          )}
          {badge}
        </span>
        {note && <span className="block text-xs text-pretty break-words text-ink-faint">{note}</span>}
      </span>
      {onRemove && (
        <IconButton label={`Take ${name} off`} size="icon-sm" onClick={() => onRemove(id)}>
          <X aria-hidden />
        </IconButton>
      )}
    </>
  );
}
