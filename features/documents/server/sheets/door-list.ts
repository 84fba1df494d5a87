import type { DoorGuest } from '#features/engagements/guests/contract.ts';
import { listName, placesOf } from '#features/engagements/guests/rules.ts';
import type { PdfDocument } from '#platform/pdf/document.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { tableOf } from '../sheet-blocks.ts';
import { capital, documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';

/** Who comes in without a ticket, by surname, with a column to tick: for a door without a network. */
export function doorList(frame: SheetFrame, { engagement }: SheetSource, guests: readonly DoorGuest[]): PdfDocument {
  const { clock } = frame;
  const { date } = toWallClock(engagement.startsAt, engagement.zone);
  const places = guests.reduce((sum, guest) => sum + placesOf(guest), 0);
  return documentIn(frame, {
    label: 'Door list',
    title: `${engagement.title}, ${clock.date(date)}`,
    parts: [
      {
        title: engagement.title,
        subtitle: [clock.longDate(date), engagement.place].filter(Boolean).join(' · '),
        blocks: [
          {
            kind: 'facts',
            items: [
              { label: 'Guests', value: String(guests.length) },
              { label: 'People altogether', value: String(places) },
            ],
          },
          tableOf('Door list', 'Nobody is approved yet.', guests, [
            { head: 'Name', share: 30, of: listName },
            { head: 'People', share: 9, of: (guest) => String(placesOf(guest)) },
            { head: 'Pass', share: 13, of: ({ passType }) => passWord(passType) },
            { head: 'Of', share: 15, of: ({ allotmentName }) => allotmentName },
            { head: 'Pick-up', share: 14, of: ({ pickup }) => pickup },
            { head: 'Note', share: 22, of: ({ note }) => note },
            { head: 'In', share: 8, of: ({ arrived }) => (arrived > 0 ? String(arrived) : ''), always: true },
          ]),
        ],
      },
    ],
  });
}

function passWord(passType: string): string {
  return passType === 'vip' ? 'VIP' : capital(passType.replaceAll('_', ' '));
}
