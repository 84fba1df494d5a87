import { Fragment, memo, type ReactNode } from 'react';
import type { Need } from '../contract.ts';
import type { ArrangedGrid, NeedRows } from '../grid-rules.ts';
import { NeedHead, type SeatsDialog } from './need-head.tsx';
import { SeatCell } from './seat-cell.tsx';
import { ServiceHead, serviceText } from './service-head.tsx';
import { useSeatKeys } from './use-seat-keys.ts';

interface SeatGridProps {
  grid: ArrangedGrid;
  renderNeedActions?: ((need: Need) => ReactNode) | undefined;
  onDialog: (dialog: SeatsDialog) => void;
  onSeat: (seatId: string, cell: HTMLElement) => void;
}

const head = 'sticky left-0 z-10 border-r border-line bg-surface text-left align-top';

/**
 * Chairs down, services across. The first column and the head stay in sight. Memoised: what opens over it draws nothing
 * of it anew.
 */
export const SeatGridTable = memo(function SeatGridTable({ grid, ...handlers }: SeatGridProps) {
  const rows = grid.needs.reduce((sum, { chairs }) => sum + Math.max(1, chairs.length), 0);
  const columns = grid.services.length;
  const keys = useSeatKeys(rows, columns);
  const stop = grid.needs.flatMap(({ chairs }) => chairs.flatMap(({ seats }) => seats)).find(Boolean)?.id;
  const texts = grid.services.map(({ service }) => serviceText(service));
  let row = 0;
  return (
    <div
      className="max-h-[78dvh] overflow-auto rounded-lg border border-line bg-surface shadow-card"
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
    >
      <table
        role="grid"
        aria-label="Seats"
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        style={{ minWidth: `${19 + columns * 8.5}rem` }}
      >
        <thead>
          <tr>
            <th scope="col" className={`${head} top-0 z-20 w-76 border-b px-3 py-2`}>
              <span className="text-xs font-medium text-ink">Needs and chairs</span>
            </th>
            {grid.services.map(({ service, seats, open }) => (
              <th
                key={service.id}
                scope="col"
                className="sticky top-0 z-[5] border-b border-line bg-surface px-2 py-2 align-top text-xs"
              >
                <ServiceHead service={service} seats={seats} open={open} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.needs.map((need) => {
            const firstRow = row;
            row += Math.max(1, need.chairs.length);
            return (
              <NeedBody
                key={need.need.id}
                rows={need}
                firstRow={firstRow}
                stop={stop}
                texts={texts}
                grid={grid}
                {...handlers}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
});

function NeedBody({
  rows,
  firstRow,
  stop,
  texts,
  grid,
  renderNeedActions,
  onDialog,
  onSeat,
}: SeatGridProps & { rows: NeedRows; firstRow: number; stop: string | undefined; texts: readonly string[] }) {
  const { need, heading, chairs } = rows;
  // A need without services yet has a line all the same.
  const lines = chairs.length > 0 ? chairs : [{ number: 1, seats: grid.services.map(() => undefined) }];
  return (
    <Fragment>
      {heading && (
        <tr>
          <th
            scope="colgroup"
            colSpan={grid.services.length + 1}
            className="border-b border-line bg-sunken p-0 text-left"
          >
            <span className="sticky left-0 inline-block px-3 py-1 text-xs font-semibold text-ink-soft first-letter:uppercase">
              {heading}
            </span>
          </th>
        </tr>
      )}
      {lines.map(({ number, seats }, index) => (
        <tr key={number} className="group">
          <th
            scope="row"
            className={`${head} border-b-line px-3 py-0.5 ${index === lines.length - 1 ? 'border-b' : ''}`}
          >
            {index === 0 ? (
              <NeedHead rows={rows} renderNeedActions={renderNeedActions} onDialog={onDialog} />
            ) : (
              <span className="block pr-9 text-right text-xs leading-7 font-normal text-ink-faint tabular-nums">
                {number}
              </span>
            )}
          </th>
          {seats.map((seat, column) => {
            const service = grid.services[column]?.service;
            const last = index === lines.length - 1 ? 'border-b border-line' : '';
            return (
              <td key={service?.id ?? column} className={`px-1 py-0.5 ${last}`}>
                {seat && service && (
                  <SeatCell
                    seat={seat}
                    what={`${need.title}${lines.length > 1 ? ` ${number}` : ''}, ${texts[column]}`}
                    row={firstRow + index}
                    column={column}
                    stop={seat.id === stop}
                    onOpen={onSeat}
                  />
                )}
              </td>
            );
          })}
        </tr>
      ))}
    </Fragment>
  );
}
