import { DndContext, DragOverlay, MouseSensor, pointerWithin, useSensor, useSensors } from '@dnd-kit/core';
import { useMemo, useRef, useState } from 'react';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { cn } from '#platform/ui/class-names.ts';
import type { PipelineCard } from '../contract.ts';
import { columnOf, columnsOf, type Column } from '../rules.ts';
import { BoardCard } from './board-card.tsx';
import { BoardColumn } from './board-column.tsx';

interface BoardProps {
  pack: PackName;
  cards: readonly PipelineCard[];
  onMove?: ((card: PipelineCard, stage: string) => void) | undefined;
}

/** The stages side by side; on a phone one at a time, with the next a swipe away. */
export function Board({ pack, cards, onMove }: BoardProps) {
  const now = useNow();
  const [dragged, setDragged] = useState<PipelineCard | null>(null);
  // With a finger the board is swiped; there, and by keyboard, a card is moved by its menu.
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 4 } }));
  const columns = useMemo(() => columnsOf(pack), [pack]);
  const byColumn = useMemo(() => Map.groupBy(cards, columnOf), [cards]);
  const strip = useRef<HTMLDivElement>(null);
  const drop = (id: string, over: string | undefined) => {
    const card = cards.find((each) => each.id === id);
    const column = columns.find(({ key }) => key === over);
    if (card && column && columnOf(card) !== column.key) onMove?.(card, column.target);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragStart={({ active }) => setDragged(cards.find(({ id }) => id === active.id) ?? null)}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ active, over }) => {
        setDragged(null);
        drop(String(active.id), over ? String(over.id) : undefined);
      }}
    >
      <ColumnChips columns={columns} counts={byColumn} strip={strip} />
      <div
        ref={strip}
        role="region"
        aria-label="Pipeline"
        tabIndex={0}
        className="flex h-[calc(100dvh-16rem)] min-h-96 snap-x snap-mandatory items-stretch gap-3 overflow-x-auto px-4 pb-4 sm:h-[calc(100dvh-7.5rem)] sm:snap-none sm:px-6"
      >
        {columns.map((column) => (
          <BoardColumn
            key={column.key}
            column={column}
            cards={byColumn.get(column.key) ?? []}
            now={now}
            onMove={onMove}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className="w-68 rotate-1 rounded-md border border-line bg-raised p-2.5 shadow-float">
            <BoardCard card={dragged} now={now} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

interface ChipsProps {
  columns: readonly Column[];
  counts: ReadonlyMap<string, readonly unknown[]>;
  strip: React.RefObject<HTMLDivElement | null>;
}

/** Where the phone's board is, and how to get elsewhere. */
function ColumnChips({ columns, counts, strip }: ChipsProps) {
  const [shown, setShown] = useState(columns[0]?.key);
  const show = (key: string) => {
    setShown(key);
    const column = strip.current?.querySelector(`[data-column="${key}"]`);
    column?.scrollIntoView({ behavior: 'smooth', inline: 'center', block: 'nearest' });
  };
  return (
    <div role="group" aria-label="Stages" className="flex gap-1.5 overflow-x-auto px-4 pb-2 sm:hidden">
      {columns.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === shown}
          onClick={() => show(key)}
          className={cn(
            'h-8 shrink-0 rounded-full px-3 text-xs font-medium whitespace-nowrap',
            key === shown ? 'bg-accent-soft text-on-accent-soft' : 'bg-pressed text-ink-soft',
          )}
        >
          {label} <span className="tabular-nums">{counts.get(key)?.length ?? 0}</span>
        </button>
      ))}
    </div>
  );
}
