import { legName, modeLabel } from '#features/engagements/travel/kinds.ts';
import type { HotelStay, TravelLeg } from '#features/engagements/travel/travel-contract.ts';
import type { PdfDocument, TimelineRow } from '#platform/pdf/document.ts';
import { zoneCity } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { tableOf } from '../sheet-blocks.ts';
import type { SheetClock } from '../sheet-clock.ts';
import { documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';

/** How everybody gets there and back, day by day, and where they sleep. */
export function travelSheet(
  frame: SheetFrame,
  { engagement }: SheetSource,
  legs: readonly TravelLeg[],
  hotels: readonly HotelStay[],
): PdfDocument {
  const { clock } = frame;
  const days = Map.groupBy(legs, ({ departsAt, fromZone }) => toWallClock(departsAt, fromZone).date);
  return documentIn(frame, {
    label: 'Travel',
    title: engagement.title,
    parts: [
      {
        title: engagement.title,
        subtitle: ['Travel', engagement.place].filter(Boolean).join(' · '),
        blocks: [
          {
            kind: 'facts',
            items: [
              { label: 'Legs', value: legs.length > 0 ? String(legs.length) : '' },
              { label: 'Not confirmed yet', value: openOf([...legs, ...hotels]) },
            ],
          },
          ...(legs.length === 0
            ? [{ kind: 'timeline' as const, heading: 'Travel', rows: [], empty: 'No travel is planned yet.' }]
            : []),
          ...[...days].map(([day, its]) => ({
            kind: 'timeline' as const,
            heading: clock.longDate(day),
            rows: its.map((leg) => rowOf(leg, engagement.zone, clock)),
            empty: '',
          })),
          ...(hotels.length > 0 ? [hotelTable(hotels, clock)] : []),
        ],
      },
    ],
  });
}

function openOf(all: readonly { confirmed: boolean }[]): string {
  const open = all.filter(({ confirmed }) => !confirmed).length;
  return open > 0 ? String(open) : '';
}

function rowOf(leg: TravelLeg, usualZone: string, clock: SheetClock): TimelineRow {
  const { fromZone, toZone, departsAt, arrivesAt } = leg;
  const [from, to] = [toWallClock(departsAt, fromZone).date, toWallClock(arrivesAt, toZone).date];
  const name = legName(leg);
  const mode = modeLabel(leg.mode);
  const strange = fromZone !== usualZone || toZone !== usualZone;
  const zones = fromZone === toZone ? zoneCity(fromZone) : `${zoneCity(fromZone)}, then ${zoneCity(toZone)}`;
  return {
    from: clock.time(departsAt, fromZone),
    until: clock.time(arrivesAt, toZone),
    mark: to === from ? '' : clock.day(to),
    what: `${leg.fromName} – ${leg.toName}`,
    where: [name === mode ? mode : `${mode} ${name}`, leg.confirmed ? '' : 'not confirmed yet']
      .filter(Boolean)
      .join(', '),
    details: [
      strange ? `Times by the clocks there: ${zones}` : '',
      leg.confirmation && `Confirmation ${leg.confirmation}`,
      leg.travellers.map(({ name: who, seat }) => (seat ? `${who} (${seat})` : who)).join(', '),
      leg.notes.trim(),
    ].filter((text) => text !== ''),
  };
}

function hotelTable(hotels: readonly HotelStay[], clock: SheetClock) {
  return tableOf('Hotels', '', hotels, [
    { head: 'Hotel', share: 30, of: ({ name, confirmed }) => (confirmed ? name : `${name}\n(not confirmed yet)`) },
    {
      head: 'Nights',
      share: 20,
      of: ({ checkInOn, checkOutOn }) => `${clock.day(checkInOn)} –\n${clock.day(checkOutOn)}`,
    },
    { head: 'Address', share: 30, of: ({ address }) => address },
    { head: 'Phone', share: 18, of: ({ phone }) => phone },
    { head: 'Confirmation', share: 18, of: ({ confirmation }) => confirmation },
  ]);
}
