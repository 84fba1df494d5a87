import type { PdfDocument, TimelineRow } from '#platform/pdf/document.ts';
import { isBookedOn, isOn, showDays } from '../../show-day-rules.ts';
import { placeFacts, timelineOf, timesOf } from '../sheet-blocks.ts';
import { documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { Booking, SheetItem, SheetSource } from '../sheet-source.ts';

/** What one person is committed to, and what happens in that time. */
export interface PersonPart {
  resourceId: string;
  name: string;
  bookings: Booking[];
  /** Where they sit; without seats whatever falls into their time. */
  items: SheetItem[];
  days: string[];
}

/** Everybody who is committed to an engagement, by name, each with what concerns them. */
export function personParts({ bookings, items }: SheetSource): PersonPart[] {
  const committed = bookings.filter(({ kind, status }) => kind === 'person' && status === 'commit');
  return [...Map.groupBy(committed, ({ resourceId }) => resourceId)].map(([resourceId, own]) => {
    const concerned = items.filter((item) => own.some((booking) => concerns(item, booking)));
    return { resourceId, name: own[0]?.name ?? '', bookings: own, items: concerned, days: showDays(concerned, own) };
  });
}

/** A seat is time at its own service; any other commitment is for all that happens meanwhile. */
function concerns(item: SheetItem, { seats, startsAt, endsAt }: Booking): boolean {
  if (seats.length > 0) return seats.some(({ itemId }) => itemId === item.id);
  return item.startsAt < endsAt && item.endsAt > startsAt;
}

/** Only what concerns one person: when they are wanted, where, as what, in which dress. */
export function personSheet(
  frame: SheetFrame,
  source: SheetSource,
  person: PersonPart,
  days: readonly string[],
): PdfDocument {
  const { clock } = frame;
  const { engagement } = source;
  return documentIn(frame, {
    label: 'Day sheet',
    title: `${person.name}, ${engagement.title}`,
    parts: days.map((day) => {
      const bookings = person.bookings.filter((one) => isBookedOn(day, one));
      const items = person.items.filter((item) => isOn(day, item));
      const seats = bookings.flatMap((one) => one.seats).filter(({ itemId }) => items.some(({ id }) => id === itemId));
      const schedule = timelineOf(source, day, clock, items);
      const rows = items.length > 0 ? schedule.rows : bookings.map((one) => bookingRow(one, frame));
      return {
        title: clock.longDate(day),
        subtitle: `${person.name} · ${engagement.title}`,
        blocks: [
          placeFacts(source, day, clock, [
            { label: 'You are booked', value: timesOf(bookings, day, clock) },
            { label: 'As', value: [...new Set(seats.map(({ title }) => title))].join(', ') },
          ]),
          { ...schedule, rows, heading: 'Your schedule', empty: 'You are not booked on this day.' },
        ],
      };
    }),
  });
}

function bookingRow({ startsAt, endsAt, zone }: Booking, { clock }: SheetFrame): TimelineRow {
  const times = { from: clock.time(startsAt, zone), until: clock.until(endsAt, startsAt, zone) };
  return { ...times, mark: '', what: 'You are booked', where: '', details: [] };
}
