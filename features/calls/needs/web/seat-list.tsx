import type { ReactNode } from 'react';
import { CardList } from '#platform/ui/table.tsx';
import { formatTime } from '#platform/time/format.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import type { Need } from '../contract.ts';
import type { ArrangedGrid, NeedRows } from '../grid-rules.ts';
import { NeedHead, type SeatsDialog } from './need-head.tsx';
import { SeatCell } from './seat-cell.tsx';
import { serviceText } from './service-head.tsx';

interface SeatListProps {
  grid: ArrangedGrid;
  renderNeedActions?: ((need: Need) => ReactNode) | undefined;
  onDialog: (dialog: SeatsDialog) => void;
  onSeat: (seatId: string, cell: HTMLElement) => void;
}

/** The same for a phone: need by need, each with its services. */
export function SeatList({ grid, renderNeedActions, onDialog, onSeat }: SeatListProps) {
  return (
    <CardList label="Seats">
      {grid.needs.map((rows) => (
        <li key={rows.need.id} className="px-3 py-1.5">
          <NeedHead rows={rows} renderNeedActions={renderNeedActions} onDialog={onDialog} />
          <Services grid={grid} rows={rows} onSeat={onSeat} />
        </li>
      ))}
    </CardList>
  );
}

/** Folded where all is filled: what is open is looked for. */
function Services({ grid, rows, onSeat }: Pick<SeatListProps, 'grid' | 'onSeat'> & { rows: NeedRows }) {
  if (rows.seats === 0) return null;
  return (
    <details open={rows.open > 0} className="pb-1 text-sm">
      <summary className="cursor-default py-1 text-xs text-ink-soft">
        {rows.open > 0 ? `${rows.open} open` : 'Who sits there'}
      </summary>
      <ul className="grid gap-2 pt-1">
        {grid.services.map(({ service }, column) => {
          const here = rows.chairs.flatMap(({ number, seats }) => {
            const seat = seats[column];
            return seat ? [{ number, seat }] : [];
          });
          if (here.length === 0) return null;
          return (
            <li key={service.id} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-2">
              <p className="min-w-0 py-0.5 text-xs text-ink-faint tabular-nums" title={serviceText(service)}>
                <span className="block truncate">
                  {formatTime(service.startsAt, service.zone, 'day')}, {formatTime(service.startsAt, service.zone)}
                </span>
                <span className="block truncate">{service.title || kindLabel(service.kind)}</span>
              </p>
              <div className="grid content-start gap-1">
                {here.map(({ number, seat }) => (
                  <SeatCell
                    key={seat.id}
                    seat={seat}
                    what={`${rows.need.title}${rows.chairs.length > 1 ? ` ${number}` : ''}, ${serviceText(service)}`}
                    stop
                    onOpen={onSeat}
                  />
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
