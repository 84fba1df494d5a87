import { isNamed, mayKnow } from '#features/engagements/timeline/audience-rules.ts';
import { isSure } from '#features/engagements/people/rules.ts';
import type { PdfDocument, TimelineRow } from '#platform/pdf/document.ts';
import { isBookedOn, isOn, showDays } from '../../show-day-rules.ts';
import { placeFacts, timelineOf, timesOf } from '../sheet-blocks.ts';
import { documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetPerson } from '../sheet-people.ts';
import type { Booking, SheetItem, SheetSource } from '../sheet-source.ts';
import { travelBlocks } from '../sheet-travel.ts';

/** What one person is committed to, and what happens in that time. */
export interface PersonPart {
  resourceId: string;
  name: string;
  email: string | null;
  /** None for who is confirmed by hand. */
  bookings: Booking[];
  /** As what they are on the roster. */
  role: string;
  /** Where they sit or are named; of what is for everybody whatever falls into their time. */
  items: SheetItem[];
  days: string[];
}

/** Everybody who is committed to an engagement or confirmed on its roster, by name, each with what concerns them. */
export function personParts({ bookings, items, people }: SheetSource): PersonPart[] {
  const committed = bookings.filter(({ kind, status }) => kind === 'person' && status === 'commit');
  const sure = people.filter(({ resourceId, standing }) => resourceId !== null && isSure(standing));
  const ids = new Set([...committed, ...sure].flatMap(({ resourceId }) => resourceId ?? []));
  return [...ids]
    .map((resourceId) => {
      const own = committed.filter((booking) => booking.resourceId === resourceId);
      const entry = sure.find((one) => one.resourceId === resourceId);
      const concerned = items.filter((item) => concerns(item, own, entry));
      const { name = '', email = null } = own[0] ?? entry ?? {};
      const days = showDays(concerned, own);
      return { resourceId, name, email, role: entry?.role ?? '', bookings: own, items: concerned, days };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * A seat is time at its own service, a name on the schedule at that item; of what is for everybody a commitment without
 * seats means all that happens meanwhile. What somebody may not know of never concerns them.
 */
function concerns(item: SheetItem, own: readonly Booking[], entry: SheetPerson | undefined): boolean {
  const seated = own.some(({ seats }) => seats.some(({ itemId }) => itemId === item.id));
  if (!mayKnow(item, entry ? [entry] : [], seated)) return false;
  if (seated) return true;
  if (!item.forAll) return entry !== undefined && isNamed(item, entry);
  if (own.length === 0) return true;
  return own.some(
    ({ seats, startsAt, endsAt }) => seats.length === 0 && item.startsAt < endsAt && item.endsAt > startsAt,
  );
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
            { label: 'As', value: [...new Set(seats.map(({ title }) => title))].join(', ') || person.role },
          ]),
          { ...schedule, rows, heading: 'Your schedule', empty: 'You are not booked on this day.' },
          ...travelBlocks(source, day, clock, person.resourceId),
        ],
      };
    }),
  });
}

function bookingRow({ startsAt, endsAt, zone }: Booking, { clock }: SheetFrame): TimelineRow {
  const times = { from: clock.time(startsAt, zone), until: clock.until(endsAt, startsAt, zone) };
  return { ...times, mark: '', what: 'You are booked', where: '', details: [] };
}
