import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useDroppable,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
  type UniqueIdentifier,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { cn } from './class-names.ts';

interface SortableAreaProps {
  /** Told where a thing was let go: on which other one, and whether it came from above it. */
  onDrop: (id: string, over: string) => void;
  /** For those who listen: what is moved. */
  nameOf: (id: string) => string;
  children: ReactNode;
}

/**
 * Lists whose things are put in order by dragging their handle: with the mouse, a finger, or the keyboard (space, arrows,
 * space). One area may hold several lists; each is a `SortableList`.
 */
export function SortableArea({ onDrop, nameOf, children }: SortableAreaProps) {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 120, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const end = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onDrop(String(active.id), String(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements: announcementsOf(nameOf), screenReaderInstructions: instructions }}
    >
      {children}
    </DndContext>
  );
}

const instructions = {
  draggable: 'To move it, press space, then the arrow keys, then space again. Escape leaves it where it was.',
};

function announcementsOf(nameOf: (id: string) => string): Announcements {
  const name = ({ id }: { id: UniqueIdentifier }) => nameOf(String(id));
  return {
    onDragStart: ({ active }) => `${name(active)} is picked up.`,
    onDragOver: ({ active, over }) =>
      over && over.id !== active.id ? `${name(active)} is at the place of ${name(over)}.` : undefined,
    onDragEnd: ({ active, over }) => `${name(active)} is put down${over ? ` at the place of ${name(over)}` : ''}.`,
    onDragCancel: ({ active }) => `${name(active)} stays where it was.`,
  };
}

/** One list of an area. */
export function SortableList({ ids, children }: { ids: readonly string[]; children: ReactNode }) {
  return (
    <SortableContext items={[...ids]} strategy={verticalListSortingStrategy}>
      {children}
    </SortableContext>
  );
}

interface SortableRow {
  ref: (element: HTMLElement | null) => void;
  style: CSSProperties;
  dragging: boolean;
  /** The handle to drag it by. */
  handle: ReactNode;
}

/** @param label of the handle: “Move Load-in” */
export function useSortableRow(id: string, label: string, disabled = false): SortableRow {
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id,
    disabled,
  });
  const handle = (
    <button
      type="button"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={label}
      title={label}
      className={cn(
        'grid size-8 shrink-0 cursor-grab touch-none place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink active:cursor-grabbing',
        disabled && 'invisible',
      )}
    >
      <GripVertical aria-hidden className="size-4" />
    </button>
  );
  return {
    ref: setNodeRef,
    style: { transform: CSS.Translate.toString(transform), ...(transition ? { transition } : {}) },
    dragging: isDragging,
    handle,
  };
}

/** For a list that is empty: something to let a thing go on, told to `onDrop` as `over`. */
export function useDropZone(id: string): { ref: (element: HTMLElement | null) => void; over: boolean } {
  const { setNodeRef, isOver } = useDroppable({ id });
  return { ref: setNodeRef, over: isOver };
}

/** Behind which thing of a list another comes to lie when it is let go on one; null: first. */
export function placeAfter(ids: readonly string[], id: string, over: string): string | null {
  const rest = ids.filter((each) => each !== id);
  const [from, to] = [ids.indexOf(id), ids.indexOf(over)];
  // From above it passes what it is let go on; from below, or from another list, it takes its place.
  const at = rest.indexOf(over) + (from >= 0 && from < to ? 1 : 0);
  return rest[at - 1] ?? null;
}
