import { familyOf } from '#features/calls/instruments/instrument-rules.ts';
import type { Need, Seat, SeatGrid, Service } from './contract.ts';

/** One chair of a need over the services; undefined where the need has no such seat. */
export interface ChairRow {
  number: number;
  seats: (Seat | undefined)[];
}

export interface NeedRows {
  need: Need;
  /** “Woodwinds”, of the first need of a family; '' of the others. */
  heading: string;
  chairs: ChairRow[];
  seats: number;
  open: number;
}

export interface ArrangedGrid {
  services: { service: Service; seats: number; open: number }[];
  needs: NeedRows[];
  seats: number;
  open: number;
}

/** Needs down, services across, as people look at them. @param openOnly leaves out needs whose seats are all filled */
export function arrangeGrid({ services, needs, seats }: SeatGrid, openOnly = false): ArrangedGrid {
  const columns = new Map(services.map(({ id }, index) => [id, index]));
  const byNeed = Map.groupBy(seats, ({ needId }) => needId);
  let family = '';
  const arranged = needs.flatMap((need): NeedRows[] => {
    const own = byNeed.get(need.id) ?? [];
    const open = countOpen(own);
    if (openOnly && open === 0) return [];
    const itsFamily = familyOf(need.skill) ?? '';
    const heading = itsFamily === family ? '' : itsFamily || 'others';
    family = itsFamily;
    return [{ need, heading, chairs: chairsOf(own, columns), seats: own.length, open }];
  });
  // Where nothing is an instrument, families say nothing.
  const plain = arranged.every(({ need }) => familyOf(need.skill) === undefined);
  return {
    services: services.map((service) => {
      const there = seats.filter(({ scheduleItemId }) => scheduleItemId === service.id);
      return { service, seats: there.length, open: countOpen(there) };
    }),
    needs: plain ? arranged.map((row) => ({ ...row, heading: '' })) : arranged,
    seats: seats.length,
    open: countOpen(seats),
  };
}

function chairsOf(seats: readonly Seat[], columns: ReadonlyMap<string, number>): ChairRow[] {
  return [...Map.groupBy(seats, ({ number }) => number)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, chair]) => {
      const row: (Seat | undefined)[] = Array.from({ length: columns.size });
      for (const seat of chair) {
        const column = columns.get(seat.scheduleItemId);
        if (column !== undefined) row[column] = seat;
      }
      return { number, seats: row };
    });
}

function countOpen(seats: readonly Seat[]): number {
  return seats.filter(({ resourceId }) => resourceId === null).length;
}
