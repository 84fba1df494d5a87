import { dayOf, has, named, person, plain, said, spaced, type Telling, type Words } from './dossier-telling.ts';

const leg = ({ called, row }: Pick<Telling, 'called' | 'row'>) =>
  called ?? ([said(row['carrier']), said(row['number'])].filter(Boolean).join(' ') || 'a leg');
const hotel = named('hotel', 'a', 'name');

/** Who is on it, how they travel and sleep, how they are called and paid. */
export const peopleWords: Readonly<Record<string, Words>> = {
  travel_legs: {
    added: (told) => `added ${leg(told)}, ${said(told.row['fromName'])} to ${said(told.row['toName'])}`,
    removed: (told) => `removed ${leg(told)}`,
    changed: ({ after, called }) => {
      const on = leg({ called, row: after });
      return [
        'confirmed' in after ? (after['confirmed'] ? `confirmed ${on}` : `took the confirmation of ${on} back`) : '',
        has(after, 'departsAt', 'arrivesAt') ? `moved the time of ${on}` : '',
        has(after, 'fromName', 'toName', 'fromZone', 'toZone', 'mode', 'carrier', 'number', 'notes')
          ? `changed ${on}`
          : '',
      ];
    },
  },
  travellers: {
    added: (told) => `put ${person(told)} on ${told.name(told.row['legId']) ?? 'a leg'}`,
    removed: (told) => `took ${person(told)} off ${told.name(told.row['legId']) ?? 'a leg'}`,
    changed: (told) => [
      'seat' in told.after
        ? `gave ${person(told)} ${told.after['seat'] ? `seat ${said(told.after['seat'])}` : 'no seat'}`
        : '',
    ],
  },
  hotel_stays: plain(hotel, ({ after, called }) =>
    'confirmed' in after
      ? [`${after['confirmed'] ? 'confirmed' : 'took the confirmation back of'} ${hotel({ called, row: {} })}`]
      : [],
  ),
  hotel_rooms: {
    added: ({ row, name, called }) =>
      `added a room (${called ?? said(row['kind'])}) in ${name(row['hotelId']) ?? 'a hotel'}`,
    removed: ({ row, name }) => `removed a room in ${name(row['hotelId']) ?? 'a hotel'}`,
    changed: ({ after, called }) => [has(after, 'kind', 'label') ? `changed the room ${called ?? ''}`.trim() : ''],
  },
  room_sleepers: {
    added: (told) => `put ${person(told)} into ${room(told)}`,
    removed: (told) => `took ${person(told)} out of ${room(told)}`,
    changed: (told) => ['roomId' in told.after ? `moved ${person(told)} to ${room(told)}` : ''],
  },
  per_diems: {
    added: (told) => `set a per diem of ${person(told)} for ${dayOf(told.row['day'])}`,
    removed: (told) => `took a per diem of ${person(told)} away`,
    changed: (told) => [
      'paidAt' in told.after
        ? `noted a per diem of ${person(told)} as ${told.after['paidAt'] ? 'paid' : 'not paid'}`
        : '',
      has(told.after, 'amountMinor', 'currency') ? `changed a per diem of ${person(told)}` : '',
    ],
  },
  engagement_people: {
    added: (told) => `put ${person(told)} on the roster${told.row['role'] ? ` as ${said(told.row['role'])}` : ''}`,
    removed: (told) => `took ${person(told)} off the roster`,
    changed: (told) => [
      'role' in told.after ? `made ${person(told)} ${said(told.after['role']) || 'somebody without a role'}` : '',
      'confirmedAt' in told.after
        ? told.after['confirmedAt']
          ? `confirmed ${person(told)}`
          : `took the confirmation of ${person(told)} back`
        : '',
      has(told.after, 'groupKey', 'callNote', 'standsInFor') ? `changed what holds for ${person(told)}` : '',
    ],
  },
  engagement_details: {
    added: ({ row }) => `wrote down the ${spaced(row['key'])}`,
    removed: ({ row }) => `took the ${spaced(row['key'])} away`,
    changed: ({ after }) => ['value' in after ? 'changed a detail' : ''],
  },
  cascades: {
    added: ({ row, name }) => `made a round of calls for ${name(row['needId']) ?? 'a need'}`,
    removed: () => 'removed a round of calls',
    changed: ({ after }) => ['state' in after ? `a round of calls is now ${spaced(after['state'])}` : ''],
  },
  calls: {
    added: (told) => `called ${person(told)}`,
    removed: (told) => `removed a call of ${person(told)}`,
    changed: (told) => ['state' in told.after ? `${person(told)}’s call is now ${spaced(told.after['state'])}` : ''],
  },
  attendances: {
    added: (told) => `noted ${person(told)} as ${spaced(told.row['status'])}`,
    removed: (told) => `took the attendance of ${person(told)} back`,
    changed: (told) => ['status' in told.after ? `noted ${person(told)} as ${spaced(told.after['status'])}` : ''],
  },
  pay_sheets: {
    added: ({ row }) =>
      `approved a pay sheet${Number(row['revision']) > 1 ? `, revision ${said(row['revision'])}` : ''}`,
    removed: () => 'removed a pay sheet',
    changed: () => [],
  },
  pay_adjustments: {
    added: (told) => `adjusted the pay of ${person(told)}`,
    removed: (told) => `took an adjustment of ${person(told)}’s pay away`,
    changed: (told) => [Object.keys(told.after).length > 0 ? `changed an adjustment of ${person(told)}’s pay` : ''],
  },
};

function room({ after, row, name }: Telling): string {
  const called = name(after['roomId'] ?? row['roomId']);
  const where = name(row['hotelId']);
  return `${called ? `the room ${called}` : 'a room'}${where ? ` in ${where}` : ''}`;
}
