import { bedsOf, roomLabel } from '#features/engagements/travel/kinds.ts';
import type { HotelStay } from '#features/engagements/travel/travel-contract.ts';
import type { PdfDocument, PdfPart } from '#platform/pdf/document.ts';
import { tableOf } from '../sheet-blocks.ts';
import { documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';

/** Who sleeps in which room, a page for each hotel: what its reception wants. */
export function roomingList(frame: SheetFrame, { engagement }: SheetSource, hotels: readonly HotelStay[]): PdfDocument {
  const none: PdfPart = {
    title: engagement.title,
    subtitle: 'Rooming list',
    blocks: [tableOf('Hotels', 'No hotel is planned yet.', [], [{ head: 'Hotel', share: 100, of: () => '' }])],
  };
  return documentIn(frame, {
    label: 'Rooming list',
    title: engagement.title,
    parts: hotels.length > 0 ? hotels.map((hotel) => hotelPart(frame, engagement.title, hotel)) : [none],
  });
}

function hotelPart({ clock }: SheetFrame, title: string, hotel: HotelStay): PdfPart {
  const people = hotel.rooms.reduce((sum, { sleepers }) => sum + sleepers.length, 0);
  return {
    title: hotel.name,
    subtitle: `${title} · Rooming list`,
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: 'Address', value: hotel.address, wide: true },
          { label: 'Check-in', value: clock.date(hotel.checkInOn) },
          { label: 'Check-out', value: clock.date(hotel.checkOutOn) },
          { label: 'Phone', value: hotel.phone },
          { label: 'Confirmation', value: hotel.confirmed ? hotel.confirmation || 'Confirmed' : 'Not confirmed yet' },
          { label: 'Rooms', value: String(hotel.rooms.length) },
          { label: 'Guests', value: String(people) },
        ],
      },
      tableOf('Rooms', 'There are no rooms yet.', hotel.rooms, [
        { head: 'Room', share: 16, of: ({ label }) => label },
        { head: 'Kind', share: 20, of: ({ kind }) => roomLabel(kind), always: true },
        { head: 'Guests', share: 50, of: ({ sleepers }) => sleepers.map(({ name }) => name).join('\n'), always: true },
        { head: 'Free beds', share: 14, of: ({ kind, sleepers }) => freeBeds(bedsOf(kind) - sleepers.length) },
      ]),
      { kind: 'notes', heading: 'Notes', paragraphs: hotel.notes.split(/\n\s*\n/) },
    ],
  };
}

function freeBeds(free: number): string {
  return free > 0 ? String(free) : '';
}
