import * as z from 'zod';
import { entity } from '#platform/contract/entity.ts';
import { currency, date, id, instant, instantOut, line, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { roomKinds, travelModes } from './kinds.ts';

/** One line that may be empty. */
export const short = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

const confirmation = restricted(short(120).default(''), 'travel.confirmations');
const person = { personId: id, name: z.string() };

export const travelLeg = entity(
  'travel_legs',
  'TravelLeg',
  {
    mode: z.enum(travelModes),
    carrier: short(120).default('').describe('Airline, railway, shipping or coach company.'),
    number: short(40).default('').describe('Of the flight, the train, the ferry or the vehicle.'),
    fromName: line(200).describe('Airport, station, port or address.'),
    fromZone: zone.describe('By whose clock it departs.'),
    toName: line(200),
    toZone: zone.describe('By whose clock it arrives.'),
    departsAt: instant,
    arrivesAt: instant,
    confirmation,
    confirmed: z.boolean().default(false),
    notes: text(4_000).default(''),
  },
  {
    engagementId: id,
    travellers: z.array(z.object({ ...person, seat: z.string() })).describe('By name.'),
  },
);

export const hotelRoom = entity(
  'hotel_rooms',
  'HotelRoom',
  { kind: z.enum(roomKinds), label: short(40).default('').describe('Number or name, once it is known.') },
  { hotelId: id, sleepers: z.array(z.object(person)).describe('Who sleeps there, by name.') },
);
export type HotelRoom = z.output<typeof hotelRoom.row>;

export const hotelStay = entity(
  'hotel_stays',
  'HotelStay',
  {
    name: line(200),
    address: text(500).default(''),
    phone: short(40).default(''),
    checkInOn: day.describe('Day of the first night.'),
    checkOutOn: day.describe('Day after the last night.'),
    confirmation,
    confirmed: z.boolean().default(false),
    notes: text(4_000).default(''),
  },
  { engagementId: id, rooms: z.array(hotelRoom.row) },
);

/** Who may see a number is decided row by row (`server/queries.ts`): the office, and whoever travels on it. */
const shownConfirmation = z.string().describe('Empty for who may not see it.');
export const shownLeg = travelLeg.row.extend({ confirmation: shownConfirmation }).meta({ id: 'ShownLeg' });
export type TravelLeg = z.output<typeof shownLeg>;
export const shownHotel = hotelStay.row.extend({ confirmation: shownConfirmation }).meta({ id: 'ShownHotel' });
export type HotelStay = z.output<typeof shownHotel>;

const amount = z.int().min(1, { error: 'Must be more than nothing.' }).max(100_000_000);
const knownCurrency = currency.refine((code) => Intl.supportedValuesOf('currency').includes(code), {
  error: 'There is no such currency.',
});

export const perDiem = z
  .object({
    id,
    engagementId: id,
    ...person,
    day: z.string(),
    amountMinor: z.int().describe('In minor units: cents.'),
    currency: z.string(),
    paidAt: instantOut.nullable(),
  })
  .meta({ id: 'PerDiem' });
export type PerDiem = z.output<typeof perDiem>;

export const newPerDiems = z
  .strictObject({
    personIds: z.array(id).min(1, { error: 'Choose at least one person.' }).max(200),
    from: day,
    to: day.describe('The last day.'),
    amountMinor: amount.describe('For each day, in minor units: cents.'),
    currency: knownCurrency,
  })
  .refine(({ from, to }) => from <= to, { error: 'The last day must not be before the first.', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 92 * 86_400_000, {
    error: 'Must be at most 92 days.',
    path: ['to'],
  });

const conflictKinds = [
  'late',
  'tight',
  'overlap',
  'elsewhere',
  'two_legs',
  'no_bed',
  'no_travel',
  'full_room',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

const conflict = z
  .object({
    kind: z
      .enum(conflictKinds)
      .describe(
        'late: arrives after being wanted; tight: with less than the buffer; overlap: on the way while wanted; elsewhere: committed to something else; two_legs: on two at once; no_bed: a night without one between two legs; no_travel: on the roster and on no leg; full_room: more people than beds.',
      ),
    personId: id.nullable(),
    personName: z.string(),
    legId: id.nullable(),
    what: z.string().describe('The schedule item, engagement, other leg or room that is in the way.'),
    at: instantOut.nullable().describe('When that begins.'),
    zone: z.string().describe('By whose clock that is read.'),
    arrivesAt: instantOut.nullable(),
    minutes: z.int().nullable().describe('Between arriving and being wanted.'),
    nights: z.array(z.string()).describe('Without a bed.'),
  })
  .meta({ id: 'TravelConflict' });
export type TravelConflict = z.output<typeof conflict>;

const parts = { legs: z.array(shownLeg), hotels: z.array(shownHotel), perDiems: z.array(perDiem) };

export const travelOf = z.object({
  engagement: z.object({ id, title: z.string(), zone: z.string(), startsAt: instantOut, endsAt: instantOut }),
  ...parts,
});
export type TravelOf = z.output<typeof travelOf>;

export const travelOfEngagement = z.object({
  ...parts,
  people: z
    .array(z.object({ ...person, onRoster: z.boolean() }))
    .describe('Who is booked for it, and who travels or sleeps; by name.'),
  conflicts: z.array(conflict).describe('The gravest first.'),
});
