import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { restrictColumns } from '#platform/contract/entity.ts';
import { id, instant } from '#platform/contract/fields.ts';
import {
  hotelRoom,
  hotelStay,
  newPerDiems,
  shownHotel,
  shownLeg,
  short,
  travelLeg,
  travelOf,
  travelOfEngagement,
} from './travel-contract.ts';

// Who may read the history isn't therefore somebody who may see money.
restrictColumns('per_diems', { amount_minor: 'travel.money' });

const ofEngagement = { params: z.object({ id }) };
const one = { params: z.object({ id }) };
const write = { permission: 'travel.write' } as const;
const nobodySuch = { code: 'invalid_input', message: 'There is no person with this id.', field: 'personId' } as const;

export const travel = defineContract({
  name: 'travel',
  permissions: {
    'travel.read': {
      may: 'see travel, hotels and who shares a room',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew'],
    },
    'travel.write': { may: 'plan travel and hotels', roles: ['owner', 'manager', 'staff'] },
    'travel.confirmations': {
      may: 'see and set confirmation numbers of travel and hotels',
      roles: ['owner', 'manager'],
      own: ['staff', 'crew'],
    },
    'travel.money': { may: 'see and set per diems', roles: ['owner', 'manager'], own: ['staff', 'crew'] },
  },
  errors: { duplicate: 409, in_use: 409 },
  constraints: {
    travel_legs_time_order: {
      code: 'invalid_input',
      message: 'It must arrive after it departs, and within 60 days.',
      field: 'arrivesAt',
    },
    hotel_stays_day_order: {
      code: 'invalid_input',
      message: 'Check-out must be after check-in, and within a year.',
      field: 'checkOutOn',
    },
    travellers_once: { code: 'duplicate', message: 'They are on this leg already.' },
    travellers_leg_exists: { code: 'not_found', message: 'This leg was not found.' },
    room_sleepers_once: { code: 'duplicate', message: 'They have a room in this hotel already.' },
    room_sleepers_room_exists: { code: 'not_found', message: 'This room was not found.' },
    hotel_rooms_hotel_exists: { code: 'not_found', message: 'This hotel was not found.' },
    per_diems_once: { code: 'duplicate', message: 'They have a per diem for this day already.' },
    travellers_person_exists: nobodySuch,
    room_sleepers_person_exists: nobodySuch,
    per_diems_person_exists: nobodySuch,
  },
  routes: {
    get: {
      method: 'GET',
      path: '/engagements/:id/travel',
      permission: 'travel.read',
      own: true,
      summary:
        'Legs, hotels, per diems and conflicts of an engagement. Others than the office see what they are on; confirmation numbers and per diems only who may, and everybody their own.',
      ...ofEngagement,
      output: travelOfEngagement,
    },
    mine: {
      method: 'GET',
      path: '/travel/mine',
      permission: 'travel.read',
      own: true,
      summary: 'One’s own legs, rooms and per diems over all engagements, the next first.',
      query: z.strictObject({ from: instant.optional().describe('Leaves out engagements whose travel ends before.') }),
      output: z.object({ items: z.array(travelOf) }),
    },
    ofSeries: {
      method: 'GET',
      path: '/series/:id/travel',
      permission: 'travel.read',
      summary: 'The travel and hotels of every engagement of a series, in order.',
      ...one,
      output: z.object({ name: z.string(), items: z.array(travelOf) }),
    },
    addLeg: {
      method: 'POST',
      path: '/engagements/:id/travel-legs',
      ...write,
      summary: 'Adds a leg, with who is on it.',
      ...ofEngagement,
      body: travelLeg.create
        .extend({ personIds: z.array(id).max(500).default([]).describe('Who is on it.') })
        .refine(({ departsAt, arrivesAt }) => departsAt < arrivesAt, {
          error: 'It must arrive after it departs.',
          path: ['arrivesAt'],
        }),
      status: 201,
      output: shownLeg,
    },
    changeLeg: {
      method: 'PATCH',
      path: '/travel-legs/:id',
      ...write,
      summary: 'Changes the given fields of a leg.',
      ...one,
      body: travelLeg.patch,
      output: shownLeg,
      errors: ['version_conflict'],
    },
    removeLeg: {
      method: 'DELETE',
      path: '/travel-legs/:id',
      ...write,
      summary: 'Removes a leg; whoever was on it no longer is.',
      ...one,
      status: 204,
    },
    setTravellers: {
      method: 'POST',
      path: '/travel-legs/:id/travellers',
      ...write,
      summary: 'Puts people on a leg, or gives those who are on it another seat. The others stay as they are.',
      ...one,
      body: z.strictObject({
        people: z
          .array(z.strictObject({ personId: id, seat: short(20).optional() }))
          .min(1)
          .max(500),
      }),
      output: shownLeg,
    },
    removeTraveller: {
      method: 'DELETE',
      path: '/travel-legs/:id/travellers/:personId',
      ...write,
      summary: 'Takes somebody off a leg.',
      params: z.object({ id, personId: id }),
      status: 204,
    },
    addHotel: {
      method: 'POST',
      path: '/engagements/:id/hotels',
      ...write,
      summary: 'Adds a hotel for some nights.',
      ...ofEngagement,
      body: hotelStay.create.refine(({ checkInOn, checkOutOn }) => checkInOn < checkOutOn, {
        error: 'Check-out must be after check-in.',
        path: ['checkOutOn'],
      }),
      status: 201,
      output: shownHotel,
    },
    changeHotel: {
      method: 'PATCH',
      path: '/hotels/:id',
      ...write,
      summary: 'Changes the given fields of a hotel.',
      ...one,
      body: hotelStay.patch,
      output: shownHotel,
      errors: ['version_conflict'],
    },
    removeHotel: {
      method: 'DELETE',
      path: '/hotels/:id',
      ...write,
      summary: 'Removes a hotel with its rooms.',
      ...one,
      status: 204,
    },
    addRooms: {
      method: 'POST',
      path: '/hotels/:id/rooms',
      ...write,
      summary: 'Adds rooms of one kind.',
      ...one,
      body: z.strictObject({
        kind: hotelRoom.fields.kind,
        label: short(40).default(''),
        count: z.int().min(1).max(100),
      }),
      status: 201,
      output: shownHotel,
    },
    changeRoom: {
      method: 'PATCH',
      path: '/hotel-rooms/:id',
      ...write,
      summary: 'Changes the kind or the number of a room.',
      ...one,
      body: hotelRoom.patch,
      output: shownHotel,
      errors: ['version_conflict'],
    },
    removeRoom: {
      method: 'DELETE',
      path: '/hotel-rooms/:id',
      ...write,
      summary: 'Removes a room; whoever slept there has none.',
      ...one,
      status: 204,
    },
    setSleepers: {
      method: 'POST',
      path: '/hotel-rooms/:id/sleepers',
      ...write,
      summary: 'Puts people into a room, out of whichever they had in this hotel.',
      ...one,
      body: z.strictObject({ personIds: z.array(id).min(1).max(50) }),
      output: shownHotel,
    },
    removeSleeper: {
      method: 'DELETE',
      path: '/hotel-rooms/:id/sleepers/:personId',
      ...write,
      summary: 'Takes somebody out of a room.',
      params: z.object({ id, personId: id }),
      status: 204,
    },
    setPerDiems: {
      method: 'POST',
      path: '/engagements/:id/per-diems',
      permission: 'travel.money',
      summary: 'Gives people a per diem for each of some days. What is paid already stays as it is.',
      ...ofEngagement,
      body: newPerDiems,
      output: z.object({
        set: z.int().describe('Per diems that are new or have another amount.'),
        paid: z.int().describe('Days that are paid already, and stay as they are.'),
      }),
    },
    payPerDiems: {
      method: 'POST',
      path: '/per-diems/payments',
      permission: 'travel.money',
      summary: 'Notes per diems as paid, or as not paid: all or none.',
      body: z.strictObject({ ids: z.array(id).min(1).max(5_000), paid: z.boolean() }),
      output: z.object({ changed: z.int() }),
    },
    removePerDiems: {
      method: 'POST',
      path: '/per-diems/removals',
      permission: 'travel.money',
      summary: 'Takes per diems away that aren’t paid: all or none.',
      body: z.strictObject({ ids: z.array(id).min(1).max(5_000) }),
      output: z.object({ removed: z.int() }),
      errors: ['in_use'],
    },
    copy: {
      method: 'POST',
      path: '/engagements/:id/travel/copy',
      ...write,
      summary:
        'Copies the legs, hotels and rooms of another engagement, so many days later by the clocks there. Copies are not confirmed and have no confirmation numbers.',
      ...ofEngagement,
      body: z.strictObject({
        from: id.describe('The engagement to copy from.'),
        days: z.int().min(-3_660).max(3_660).describe('Earlier when negative.'),
        people: z.boolean().default(true).describe('Whether the same people travel and share rooms.'),
      }),
      output: z.object({ legs: z.int(), hotels: z.int() }),
    },
    export: {
      method: 'GET',
      path: '/engagements/:id/travel.csv',
      permission: 'travel.read',
      summary: 'Who is on which leg as CSV, a line per leg and person.',
      ...ofEngagement,
      produces: 'text/csv; charset=utf-8',
    },
    exportRooms: {
      method: 'GET',
      path: '/engagements/:id/rooming.csv',
      permission: 'travel.read',
      summary: 'The rooming list as CSV, a line per room and person.',
      ...ofEngagement,
      produces: 'text/csv; charset=utf-8',
    },
  },
});
