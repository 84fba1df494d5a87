import type { Tx } from '#platform/db/tenant.ts';
import { csvLine } from '#platform/text/csv.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { modeLabel, roomLabel } from '../kinds.ts';
import { requireTravel, type Sight } from './queries.ts';

/** A line for each leg and who is on it; a leg without anybody has one too. Times by the clocks there. */
export async function exportLegs(tx: Tx, engagementId: string, sight: Sight): Promise<string> {
  const { legs } = await requireTravel(tx, engagementId, sight);
  const lines = legs.flatMap((leg) => {
    const [departs, arrives] = [toWallClock(leg.departsAt, leg.fromZone), toWallClock(leg.arrivesAt, leg.toZone)];
    const cells = [
      modeLabel(leg.mode),
      leg.carrier,
      leg.number,
      leg.fromName,
      departs.date,
      departs.time,
      leg.fromZone,
      leg.toName,
      arrives.date,
      arrives.time,
      leg.toZone,
      leg.confirmed ? 'yes' : 'no',
      leg.confirmation,
    ];
    const people = leg.travellers.length > 0 ? leg.travellers : [{ name: '', seat: '' }];
    return people.map(({ name, seat }) => csvLine([name, seat, ...cells, leg.notes]));
  });
  const heading = [
    'Person',
    'Seat',
    'By',
    'Carrier',
    'Number',
    'From',
    'Departs on',
    'Departs at',
    'Clock there',
    'To',
    'Arrives on',
    'Arrives at',
    'Clock there',
    'Confirmed',
    'Confirmation number',
    'Notes',
  ];
  return csvLine(heading) + lines.join('');
}

/** A line for each room and who sleeps there; an empty room has one too. */
export async function exportRooms(tx: Tx, engagementId: string, sight: Sight): Promise<string> {
  const { hotels } = await requireTravel(tx, engagementId, sight);
  const lines = hotels.flatMap((hotel) =>
    hotel.rooms.flatMap((room) => {
      const people = room.sleepers.length > 0 ? room.sleepers : [{ name: '' }];
      return people.map(({ name }) =>
        csvLine([
          hotel.name,
          hotel.checkInOn,
          hotel.checkOutOn,
          roomLabel(room.kind),
          room.label,
          name,
          hotel.confirmed ? 'yes' : 'no',
          hotel.confirmation,
        ]),
      );
    }),
  );
  const heading = ['Hotel', 'Check-in', 'Check-out', 'Kind', 'Room', 'Person', 'Confirmed', 'Confirmation number'];
  return csvLine(heading) + lines.join('');
}
