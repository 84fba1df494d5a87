import { useDraggable, useDroppable } from '@dnd-kit/core';
import { ChevronsLeft } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { LoadMore } from '#platform/ui/load-more.tsx';
import type { PipelineCard } from '../contract.ts';
import { sumsOf, type Column } from '../rules.ts';
import { BoardCard } from './board-card.tsx';
import { Sums } from './sums.tsx';

interface BoardColumnProps {
  column: Column;
  cards: readonly PipelineCard[];
  now: string;
  onMove?: ((card: PipelineCard, stage: string) => void) | undefined;
}

/** Cards that a column draws at once: boards have hundreds, and nobody sees more without scrolling. */
const drawn = 30;

const dots = { open: 'bg-hold', won: 'bg-good', lost: 'bg-danger' } as const;

/** One stage with what is in it. What is lost is folded away until somebody wants to see it. */
export function BoardColumn({ column, cards, now, onMove }: BoardColumnProps) {
  const { setNodeRef, isOver } = useDroppable({ id: column.key });
  const [unfolded, setUnfolded] = useState(column.kind !== 'lost');
  const [shown, setShown] = useState(drawn);
  const heading = `column-${column.key}`;
  const folded = !unfolded;
  return (
    <section
      ref={setNodeRef}
      aria-labelledby={heading}
      data-column={column.key}
      className={cn(
        'flex h-full w-full shrink-0 snap-center flex-col rounded-lg bg-sunken transition-colors',
        folded ? 'sm:w-40' : 'sm:w-72',
        isOver && 'bg-accent-soft',
      )}
    >
      <header className="px-3 pt-2.5 pb-2">
        <div className="flex items-center gap-2">
          <span aria-hidden className={cn('size-2 shrink-0 rounded-full', dots[column.kind])} />
          <h2 id={heading} className="min-w-0 truncate text-sm font-semibold">
            {column.label}
          </h2>
          <span className="text-xs text-ink-faint tabular-nums">{cards.length.toLocaleString()}</span>
          {column.kind === 'lost' && unfolded && (
            <IconButton
              label="Fold away what was lost"
              size="icon-sm"
              className="-my-1 ml-auto"
              onClick={() => setUnfolded(false)}
            >
              <ChevronsLeft aria-hidden />
            </IconButton>
          )}
        </div>
        {column.kind !== 'lost' && (
          <div className="mt-1">
            <Sums sums={sumsOf(cards)} />
          </div>
        )}
      </header>
      {folded ? (
        <button
          type="button"
          onClick={() => setUnfolded(true)}
          className="mx-2 mb-2 rounded-md px-2 py-1.5 text-left text-xs text-ink-soft hover:bg-hover hover:text-ink"
        >
          {cards.length === 0 ? 'Nothing, so far' : `Show ${cards.length.toLocaleString()}`}
        </button>
      ) : (
        <ul
          aria-labelledby={heading}
          tabIndex={cards.length > 4 ? 0 : undefined}
          className="grid min-h-24 flex-1 auto-rows-min grid-cols-1 content-start gap-2 overflow-y-auto px-2 pb-2"
        >
          {cards.slice(0, shown).map((card) => (
            <DraggableCard key={card.id} card={card} now={now} onMove={onMove} />
          ))}
          {shown < cards.length && (
            <li>
              <LoadMore hasNextPage isFetchingNextPage={false} fetchNextPage={() => setShown(shown + drawn)} />
            </li>
          )}
          {cards.length === 0 && <li className="px-1 py-2 text-xs text-ink-faint">Nothing here.</li>}
        </ul>
      )}
    </section>
  );
}

function DraggableCard({ card, now, onMove }: Omit<BoardColumnProps, 'column' | 'cards'> & { card: PipelineCard }) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: card.id, disabled: !onMove });
  return (
    <li
      ref={setNodeRef}
      {...listeners}
      data-card={card.id}
      className={cn(
        'min-w-0 rounded-md border border-line bg-surface p-2.5 shadow-card',
        onMove && 'sm:cursor-grab',
        isDragging && 'opacity-40',
      )}
    >
      <BoardCard card={card} now={now} onMove={onMove} />
    </li>
  );
}
