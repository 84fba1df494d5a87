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
import { GripVertical } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { cn } from './class-names.ts';

interface SortableAreaProps {
  /** Told where a thing was let go: on which other one, and whether it came from above it. */
  onDrop: (id: string, over: string) => void;
  /** For those who listen: what is moved. */
  nameOf: (id: string) => string;
  /** Where one lies, for those who listen: “place 3 of 5”; by the name of what is there when absent. */
  placeOf?: (id: string) => string;
  children: ReactNode;
}

/**
 * Lists whose things are put in order by dragging their handle: with the mouse, a finger, or the keyboard (space, arrows,
 * space). One area may hold several lists; each is a `SortableList`.
 */
export function SortableArea({
  onDrop,
  nameOf,
  placeOf = (id) => `the place of ${nameOf(id)}`,
  children,
}: SortableAreaProps) {
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
      accessibility={{ announcements: announcementsOf(nameOf, placeOf), screenReaderInstructions: instructions }}
    >
      {children}
    </DndContext>
  );
}

const instructions = {
  draggable: 'To move it, press space, then the arrow keys, then space again. Escape leaves it where it was.',
};

function announcementsOf(nameOf: (id: string) => string, placeOf: (id: string) => string): Announcements {
  const name = ({ id }: { id: UniqueIdentifier }) => nameOf(String(id));
  const place = ({ id }: { id: UniqueIdentifier }) => placeOf(String(id));
  return {
    onDragStart: ({ active }) => `${name(active)} is picked up.`,
    onDragOver: ({ active, over }) =>
      over && over.id !== active.id ? `${name(active)} is at ${place(over)}.` : undefined,
    onDragEnd: ({ active, over }) => `${name(active)} is put down${over ? ` at ${place(over)}` : ''}.`,
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
      data-takes-escape={isDragging ? '' : undefined}
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
    style: {
      transform: transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined,
      ...(transition ? { transition } : {}),
    },
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

interface SortableProps {
  /** First to last. */
  items: readonly { id: string; name: string }[];
  /** Somebody put one elsewhere: the places it left and came to, from 0. */
  onMove: (from: number, to: number) => void;
  /** Rows, each a `SortableRow` of the item's id. */
  children: ReactNode;
}

/** One list of rows. */
export function Sortable({ items, onMove, children }: SortableProps) {
  const ids = items.map(({ id }) => id);
  return (
    <SortableArea
      nameOf={(id) => items.find((item) => item.id === id)?.name ?? ''}
      placeOf={(id) => `place ${ids.indexOf(id) + 1} of ${ids.length}`}
      onDrop={(id, over) => onMove(ids.indexOf(id), ids.indexOf(over))}
    >
      <SortableList ids={ids}>{children}</SortableList>
    </SortableArea>
  );
}

interface SortableRowProps {
  id: string;
  /** Of the handle: “Move Ada Lo”. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A list item of a `Sortable`, with its handle before what it holds. */
export function SortableRow({ id, label, className, children }: SortableRowProps) {
  const { ref, style, dragging, handle } = useSortableRow(id, label);
  return (
    <li ref={ref} style={style} className={cn(className, dragging && 'relative z-10 bg-raised shadow-float')}>
      {handle}
      {children}
    </li>
  );
}
