import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { Sortable, SortableRow } from '#platform/ui/sortable.tsx';
import type { SetlistEntry } from '../contract.ts';
import { asPlanned, lengthText, runningTime } from '../rules.ts';
import type { SetOrder as Order } from './use-set-order.ts';

interface SetOrderProps {
  order: Order;
  entries: readonly SetlistEntry[];
  onDone: () => void;
}

/** The sets without what is in them, so that all are in sight while one is moved. Each move is saved at once. */
export function SetOrder({ order, entries, onDone }: SetOrderProps) {
  return (
    <>
      <div className="pb-5">
        <Sortable items={order.sets} onMove={order.move}>
          <ol
            aria-label="Sets in their order"
            className="divide-y divide-line overflow-hidden rounded-lg border border-line"
          >
            {order.sets.map((set) => (
              <SortableRow
                key={set.id}
                id={set.id}
                label={`Move ${set.name}`}
                className="flex min-h-12 items-center gap-2 bg-surface py-1 pr-3 pl-1 text-sm"
              >
                <span className="min-w-0 font-medium break-words">{set.name}</span>
                {set.kind === 'encore' && <Badge tone="accent">Encore</Badge>}
                <span className="ml-auto shrink-0 text-ink-soft tabular-nums">
                  {contentsOf(entries.filter(({ setId }) => setId === set.id))}
                </span>
              </SortableRow>
            ))}
          </ol>
        </Sortable>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

/** “6 songs, 24:10” */
function contentsOf(entries: readonly SetlistEntry[]): string {
  const planned = asPlanned(entries);
  if (planned.length === 0) return 'empty';
  const songs = planned.filter(({ kind }) => kind === 'song').length;
  const { seconds } = runningTime(planned);
  return [`${songs} ${songs === 1 ? 'song' : 'songs'}`, seconds > 0 && lengthText(seconds)].filter(Boolean).join(', ');
}
