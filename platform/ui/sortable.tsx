import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
  type Modifier,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { GripVertical } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { cn } from './class-names.ts';

interface SortableProps {
  /** First to last. */
  items: readonly { id: string; name: string }[];
  /** Somebody put one elsewhere: the places it left and came to, from 0. */
  onMove: (from: number, to: number) => void;
  /** Rows, each a `SortableRow` of the item's id. */
  children: ReactNode;
}

/** Rows leave their list at neither side. */
const upAndDown: Modifier = ({ transform }) => ({ ...transform, x: 0 });

/** Lets the rows inside be put in another order: by dragging their handle, or from it with space and the arrow keys. */
export function Sortable({ items, onMove, children }: SortableProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map(({ id }) => id);
  const nameOf = (id: string | number) => items.find((item) => item.id === id)?.name ?? '';
  const placeOf = (id: string | number) => ids.indexOf(String(id)) + 1;
  // A lifted row is over its own place first; that must not be said over its being lifted.
  const justLifted = useRef(false);
  const drop = ({ active, over }: DragEndEvent) => {
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over?.id))];
    if (from >= 0 && to >= 0 && from !== to) onMove(from, to);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[upAndDown]}
      onDragEnd={drop}
      accessibility={{
        announcements: {
          onDragStart: ({ active }) => {
            justLifted.current = true;
            return `${nameOf(active.id)} is lifted from place ${placeOf(active.id)}.`;
          },
          onDragOver: ({ active, over }) => {
            const still = justLifted.current && active.id === over?.id;
            justLifted.current = false;
            if (!over || still) return undefined;
            return `${nameOf(active.id)} is over place ${placeOf(over.id)} of ${ids.length}.`;
          },
          onDragEnd: ({ active, over }) =>
            `${nameOf(active.id)} is dropped${over ? ` at place ${placeOf(over.id)}` : ''}.`,
          onDragCancel: ({ active }) => `${nameOf(active.id)} stays at place ${placeOf(active.id)}.`,
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
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
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id,
  });
  return (
    <li
      ref={setNodeRef}
      style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}
      className={cn(className, isDragging && 'relative z-10 bg-raised shadow-float')}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        {...attributes}
        {...listeners}
        aria-label={label}
        className="grid size-7 shrink-0 cursor-grab touch-none place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
      >
        <GripVertical aria-hidden className="size-4" />
      </button>
      {children}
    </li>
  );
}
