import { cn } from '#platform/ui/class-names.ts';
import { CardList } from '#platform/ui/table.tsx';
import { placeAfter, SortableArea, SortableList, useSortableRow } from '#platform/ui/sortable.tsx';
import type { Note } from '../contract.ts';
import { visibilityWords } from './note-queries.ts';

interface NoteListProps {
  notes: readonly Note[];
  openId: string | undefined;
  onOpen: (id: string) => void;
  /** Absent: the reader may not order them. */
  onMove?: (id: string, after: string | null) => void;
}

/** The notes in their order. */
export function NoteList({ notes, openId, onOpen, onMove }: NoteListProps) {
  const ids = notes.map(({ id }) => id);
  return (
    <SortableArea
      nameOf={(id) => notes.find((note) => note.id === id)?.title ?? 'The note'}
      onDrop={(id, over) => onMove?.(id, placeAfter(ids, id, over))}
    >
      <SortableList ids={ids}>
        <CardList label="Notes">
          {notes.map((note) => (
            <NoteRow
              key={note.id}
              note={note}
              open={note.id === openId}
              movable={onMove !== undefined && notes.length > 1}
              onOpen={() => onOpen(note.id)}
            />
          ))}
        </CardList>
      </SortableList>
    </SortableArea>
  );
}

interface NoteRowProps {
  note: Note;
  open: boolean;
  movable: boolean;
  onOpen: () => void;
}

function NoteRow({ note, open, movable, onOpen }: NoteRowProps) {
  const { ref, style, dragging, handle } = useSortableRow(note.id, `Move ${note.title}`, !movable);
  return (
    <li
      ref={ref}
      style={style}
      className={cn(
        'flex items-center',
        dragging ? 'relative z-10 bg-raised shadow-float' : open ? 'bg-accent-soft' : 'hover:bg-hover/50',
      )}
    >
      {movable && handle}
      <button
        type="button"
        aria-current={open || undefined}
        onClick={onOpen}
        className={cn('min-w-0 flex-1 py-2 pr-3 text-left -outline-offset-2', !movable && 'pl-3')}
      >
        <span title={note.title} className={cn('block truncate text-sm font-medium', open && 'text-on-accent-soft')}>
          {note.title}
        </span>
        <span className={cn('block truncate text-xs', open ? 'text-on-accent-soft' : 'text-ink-faint')}>
          {note.visibility === 'team' && note.excerpt ? '' : `${visibilityWords[note.visibility]}. `}
          {note.excerpt}
        </span>
      </button>
    </li>
  );
}
