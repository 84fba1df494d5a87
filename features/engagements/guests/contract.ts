import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { email, id, instant, instantOut, line, text } from '#platform/contract/fields.ts';

export const passTypes = ['guest', 'vip', 'all_access', 'photo', 'press', 'working'] as const;
export const guestStates = ['requested', 'approved', 'declined'] as const;
export type GuestState = (typeof guestStates)[number];

/** One line that may be empty. */
const short = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

export const allotment = entity(
  'guest_allotments',
  'GuestAllotment',
  {
    name: line(120).describe('Whose places they are: Artist; Promoter.'),
    places: z.int().min(0).max(100_000),
    partyId: id.nullable().default(null).describe('The contact who may ask for guests out of it.'),
    personId: id.nullable().default(null).describe('The person who may ask for guests out of it.'),
  },
  {
    engagementId: id,
    givenBy: z.string().nullable().describe('Name of who may ask.'),
    approved: z.int().describe('Places given.'),
    requested: z.int().describe('Places asked for and not decided yet.'),
  },
);
export type Allotment = z.output<typeof allotment.row>;

const guestFields = {
  allotmentId: id,
  firstName: short(120).default(''),
  lastName: line(120),
  plus: z.int().min(0).max(50).default(0).describe('How many come with them.'),
  passType: z.enum(passTypes).default('guest'),
  email: email.nullable().default(null),
  phone: line(40).nullable().default(null),
  note: text(500).default(''),
  pickup: short(120).default('').describe('Where their pass waits; empty: where the list says.'),
};

export const guest = entity('guests', 'Guest', guestFields, {
  engagementId: id,
  allotmentName: z.string(),
  state: z.enum(guestStates),
  requestedByName: z.string(),
  twice: z.boolean().describe('Somebody of this name or address stands on the list more than once.'),
  arrived: z.int(),
  arrivedAt: instantOut.nullable(),
});
export type Guest = z.output<typeof guest.row>;

const listFields = {
  closesAt: instant.nullable().default(null).describe('From then on only those who approve may add.'),
  pickup: short(120).default('').describe('Where guests get their passes.'),
  tellGuests: z.boolean().default(false).describe('Guests with an address get a mail when they are approved.'),
};
const list = z.object({ ...listFields, closesAt: instantOut.nullable(), version: z.int() }).meta({ id: 'GuestList' });
export type GuestList = z.output<typeof list>;

/** What the door needs: nothing by which somebody could be reached. */
const doorGuest = z
  .object({
    id,
    firstName: z.string(),
    lastName: z.string(),
    plus: z.int(),
    passType: z.enum(passTypes),
    note: z.string(),
    pickup: z.string(),
    allotmentName: z.string(),
    arrived: z.int(),
    arrivedAt: instantOut.nullable(),
  })
  .meta({ id: 'DoorGuest' });
export type DoorGuest = z.output<typeof doorGuest>;

const imported = guest.create.omit({ id: true, allotmentId: true });
const ofEngagement = { params: z.object({ id }) };
const approve = z.boolean().default(false).describe('Approves at once; only for those who may.');

export const guests = defineContract({
  name: 'guests',
  permissions: {
    'guests.read': {
      may: 'see the guest list',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'guests.write': {
      may: 'ask for guests and change those who were asked for',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'property_manager', 'client'],
    },
    'guests.allot': {
      may: 'say who may give away how many places, and until when',
      roles: ['owner', 'manager', 'staff'],
    },
    'guests.approve': { may: 'approve and decline guests', roles: ['owner', 'manager'] },
    'guests.door': {
      may: 'see the door list and check guests in',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew'],
    },
  },
  errors: { duplicate: 409, in_use: 409, allotment_full: 409, list_closed: 409, already_arrived: 409 },
  constraints: {
    guest_allotments_name_once: {
      code: 'duplicate',
      message: 'There is an allotment of this name. Choose another one.',
      field: 'name',
    },
    guest_allotments_party_exists: {
      code: 'invalid_input',
      message: 'There is no contact with this id.',
      field: 'partyId',
    },
    guest_allotments_person_exists: {
      code: 'invalid_input',
      message: 'There is no person with this id.',
      field: 'personId',
    },
    guests_allotment_exists: {
      code: 'invalid_input',
      message: 'There is no allotment with this id.',
      field: 'allotmentId',
    },
    guests_within_allotment: { code: 'allotment_full', message: 'The allotment doesn’t have so many places left.' },
    guest_allotments_given: {
      code: 'allotment_full',
      message: 'More places are given already. Decline somebody first.',
      field: 'places',
    },
    guests_arrived_of_all: {
      code: 'invalid_input',
      message: 'More of them are in already. Take that back at the door first.',
      field: 'plus',
    },
  },
  routes: {
    get: {
      method: 'GET',
      path: '/engagements/:id/guests',
      permission: 'guests.read',
      own: true,
      summary: 'The guest list: what holds for it, allotments, and guests by surname.',
      ...ofEngagement,
      output: z.object({ list, allotments: z.array(allotment.row), guests: z.array(guest.row) }),
    },
    setList: {
      method: 'PUT',
      path: '/engagements/:id/guest-list',
      permission: 'guests.allot',
      summary: 'Says until when guests may be asked for, where passes wait, and whether guests are told.',
      ...ofEngagement,
      body: z.strictObject({
        ...listFields,
        version: z.int().min(0).describe('As the editor saw it; 0: nothing was set.'),
      }),
      output: list,
      errors: ['version_conflict'],
    },
    addAllotment: {
      method: 'POST',
      path: '/engagements/:id/guest-allotments',
      permission: 'guests.allot',
      summary: 'Gives somebody places to give away.',
      ...ofEngagement,
      body: allotment.create,
      status: 201,
      output: allotment.row,
      errors: ['duplicate'],
    },
    changeAllotment: {
      method: 'PATCH',
      path: '/guest-allotments/:id',
      permission: 'guests.allot',
      summary: 'Changes the given fields. Fewer places than are given is refused.',
      params: z.object({ id }),
      body: allotment.patch,
      output: allotment.row,
      errors: ['version_conflict', 'duplicate', 'allotment_full'],
    },
    removeAllotment: {
      method: 'DELETE',
      path: '/guest-allotments/:id',
      permission: 'guests.allot',
      summary: 'Removes an allotment that has no guests.',
      params: z.object({ id }),
      status: 204,
      errors: ['in_use'],
    },
    add: {
      method: 'POST',
      path: '/engagements/:id/guests',
      permission: 'guests.write',
      own: true,
      summary: 'Asks for a guest, or puts one on the list at once.',
      ...ofEngagement,
      body: guest.create.extend({ approve }),
      status: 201,
      output: guest.row,
      errors: ['allotment_full', 'list_closed'],
    },
    import: {
      method: 'POST',
      path: '/engagements/:id/guests/import',
      permission: 'guests.write',
      own: true,
      summary: 'Asks for many guests out of one allotment: all or none.',
      ...ofEngagement,
      body: z.strictObject({ allotmentId: id, guests: z.array(imported).min(1).max(500), approve }),
      status: 201,
      output: z.object({ added: z.int() }),
      errors: ['allotment_full', 'list_closed'],
    },
    change: {
      method: 'PATCH',
      path: '/guests/:id',
      permission: 'guests.write',
      own: true,
      summary: 'Changes the given fields. How many come with an approved guest is for those who approve.',
      params: z.object({ id }),
      body: guest.patch,
      output: guest.row,
      errors: ['version_conflict', 'allotment_full', 'list_closed'],
    },
    remove: {
      method: 'DELETE',
      path: '/guests/:id',
      permission: 'guests.write',
      own: true,
      summary: 'Takes a guest off the list who hasn’t arrived.',
      params: z.object({ id }),
      status: 204,
      errors: ['in_use'],
    },
    decide: {
      method: 'POST',
      path: '/guests/decisions',
      permission: 'guests.approve',
      summary: 'Approves or declines guests, all or none; within their allotments.',
      body: z.strictObject({ ids: z.array(id).min(1).max(500), state: z.enum(guestStates) }),
      output: z.object({ changed: z.int() }),
      errors: ['allotment_full', 'in_use'],
    },
    door: {
      method: 'GET',
      path: '/engagements/:id/door',
      permission: 'guests.door',
      own: true,
      summary: 'Who is on the list, by surname, and who of them is in.',
      ...ofEngagement,
      output: z.object({ title: z.string(), guests: z.array(doorGuest) }),
    },
    arrive: {
      method: 'POST',
      path: '/guests/:id/arrivals',
      permission: 'guests.door',
      own: true,
      summary: 'Says how many of a guest’s party are in. Two doors at once never count somebody twice.',
      params: z.object({ id }),
      body: z.strictObject({
        seen: z.int().min(0).max(51).describe('How many were in, as this door saw it.'),
        arrived: z.int().min(0).max(51),
      }),
      output: doorGuest,
      errors: ['already_arrived'],
    },
    export: {
      method: 'GET',
      path: '/engagements/:id/guests.csv',
      permission: 'guests.read',
      summary: 'The guest list as CSV, by surname.',
      ...ofEngagement,
      produces: 'text/csv; charset=utf-8',
    },
  },
});
