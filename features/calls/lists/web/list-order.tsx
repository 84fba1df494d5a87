import { useState } from 'react';
import { Dialog } from '#platform/ui/dialog.tsx';
import { Sortable, SortableRow } from '#platform/ui/sortable.tsx';
import type { ListWithPeople, RankedEntry } from '../contract.ts';
import { listName } from '../list-words.ts';
import { EntryFacts, EntryMenu, PlaceBox } from './list-entry.tsx';
import { NoteForm } from './note-form.tsx';
import { useListOrder } from './use-list-order.ts';

const card = 'divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card';
const row = 'flex min-h-11 items-center gap-2 bg-surface px-2 py-1';

/** The people of a list, first to last. Those of a draft are moved by their handle or by typing a place. */
export function ListOrder({ list, changeable }: { list: ListWithPeople; changeable: boolean }) {
  const { entries, move } = useListOrder(list);
  const [noting, setNoting] = useState<RankedEntry | null>(null);
  const label = `${listName(list)}, in order`;
  if (!changeable) {
    return (
      <ol aria-label={label} className={card}>
        {entries.map((entry) => (
          <li key={entry.resourceId} className={row}>
            <span className="w-9 shrink-0 text-right text-xs text-ink-faint tabular-nums">{entry.place}</span>
            <EntryFacts list={list} entry={entry} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <>
      <Sortable items={entries.map(({ resourceId, name }) => ({ id: resourceId, name }))} onMove={move}>
        <ol aria-label={label} className={card}>
          {entries.map((entry, index) => (
            <SortableRow
              key={entry.resourceId}
              id={entry.resourceId}
              label={`Move ${entry.name}, place ${entry.place}`}
              className={row}
            >
              <PlaceBox entry={entry} people={entries.length} onPlace={(place) => move(index, place - 1)} />
              <EntryFacts list={list} entry={entry} />
              <EntryMenu list={list} entry={entry} onNote={() => setNoting(entry)} />
            </SortableRow>
          ))}
        </ol>
      </Sortable>
      <Dialog
        open={noting !== null}
        onOpenChange={(open) => !open && setNoting(null)}
        title={noting ? `Note about ${noting.name}` : ''}
        size="sm"
      >
        {noting && <NoteForm list={list} entry={noting} onDone={() => setNoting(null)} />}
      </Dialog>
    </>
  );
}
