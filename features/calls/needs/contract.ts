import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { id, instant, instantOut, line, page, pageOf, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { conflict } from '#features/scheduling/claims/contract.ts';

export const seatSources = ['roster', 'call', 'hand'] as const;

export const need = entity(
  'needs',
  'Need',
  {
    skill: line(60).describe('Code of an instrument (vn1), or any other skill as people’s skills say it (Stagehand).'),
    title: line(120),
    kind: z.enum(['principal', 'section']).default('section'),
    doubles: z.array(line(60)).max(10).default([]).describe('Skills that who sits here must have as well.'),
    quantity: z.int().min(1).max(200).default(1).describe('Seats at each of its services.'),
    sort: z.int().min(0).max(10_000).default(0).describe('Place among the needs.'),
    notes: text(4_000).default(''),
  },
  {
    engagementId: id,
    source: z.enum(['formula', 'hand']),
    everyService: z.boolean().describe('At every service, those to come as well.'),
  },
);
export type Need = z.output<typeof need.row>;

const seat = z
  .object({
    id,
    needId: id,
    scheduleItemId: id,
    number: z.int(),
    resourceId: id.nullable().describe('Null: open.'),
    name: z.string().nullable().describe('Of who sits there.'),
    source: z.enum(seatSources).nullable(),
    since: instantOut.nullable(),
  })
  .meta({ id: 'Seat' });
export type Seat = z.output<typeof seat>;

const service = z
  .object({
    id,
    kind: z.string(),
    title: z.string(),
    startsAt: instantOut,
    endsAt: instantOut,
    zone: z.string(),
    placeName: z.string().nullable(),
  })
  .meta({ id: 'Service' });
export type Service = z.output<typeof service>;

const grid = z.object({ services: z.array(service), needs: z.array(need.row), seats: z.array(seat) });
export type SeatGrid = z.output<typeof grid>;

const scheduleItemIds = z.array(id).min(1).max(500);
const services = scheduleItemIds.nullable().describe('Null: every service, those to come as well.');

const release = z
  .boolean()
  .default(false)
  .describe('Also takes away seats on which somebody sits, and frees their time. Otherwise that is refused.');

const works = z
  .array(
    z.strictObject({
      formula: text(500).describe('3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - hp - 14.12.10.8.6'),
      scheduleItemIds: services.default(null),
    }),
  )
  .min(1)
  .max(20)
  .describe('The works of the programme: the largest demand wins, at each service of those played there.');

const changedNeed = z.object({
  change: z.enum(['added', 'changed', 'removed', 'same']),
  title: z.string(),
  was: z.string().nullable().describe('Its title before, where that is another.'),
  quantity: z.int().describe('Seats at a service, at most; before, where it is removed.'),
  added: z.int().describe('Seats over all services.'),
  removed: z.int(),
  people: z.array(z.string()).describe('Who would lose a seat.'),
});
export type ChangedNeed = z.output<typeof changedNeed>;

const away = z.object({ resourceId: id, name: z.string(), services: z.int() });

export const needs = defineContract({
  name: 'needs',
  permissions: {
    'needs.read': { may: 'see what is needed and who has which seat', roles: ['owner', 'manager', 'staff'] },
    'needs.write': {
      may: 'change what is needed, and seat people, which commits their time',
      roles: ['owner', 'manager'],
    },
  },
  errors: { duplicate: 409, in_use: 409, seat_taken: 409, conflict: 409, formula_wrong: 422 },
  constraints: {
    needs_title_unique: {
      code: 'duplicate',
      message: 'There is a need of this title. Choose another title, or change that one.',
      field: 'title',
    },
    needs_engagement_exists: { code: 'not_found', message: 'This engagement was not found.' },
    seats_one_per_person: { code: 'conflict', message: 'This person has a seat at this service already.' },
  },
  routes: {
    grid: {
      method: 'GET',
      path: '/engagements/:id/seats',
      permission: 'needs.read',
      summary: 'Its services, what is needed, and every seat with who sits there.',
      params: z.object({ id }),
      output: grid,
    },
    open: {
      method: 'GET',
      path: '/seats/open',
      permission: 'needs.read',
      summary: 'Needs with open seats at services that aren’t over, over all engagements, by the first of them.',
      query: z.strictObject({
        ...page,
        from: instant.optional().describe('Services that end after it; now when absent.'),
        to: instant.optional().describe('Services that begin before it.'),
        skill: z.string().max(60).optional(),
        engagementId: id.optional(),
      }),
      output: pageOf(
        z.object({
          need: need.row,
          engagementTitle: z.string(),
          seats: z.int().describe('At those services.'),
          open: z.int(),
          startsAt: instantOut.describe('Of the first service with an open seat.'),
          services: z.array(service.extend({ open: z.int() })),
        }),
      ),
    },
    create: {
      method: 'POST',
      path: '/engagements/:id/needs',
      permission: 'needs.write',
      summary: 'Adds a need by hand, with its open seats.',
      params: z.object({ id }),
      body: need.create.extend({ scheduleItemIds: services.default(null) }),
      status: 201,
      output: need.row,
      errors: ['duplicate'],
    },
    change: {
      method: 'PATCH',
      path: '/needs/:id',
      permission: 'needs.write',
      summary: 'Changes the given fields; another quantity or other services add and take away seats.',
      params: z.object({ id }),
      body: need.patch.extend({ scheduleItemIds: services.optional(), release }),
      output: need.row,
      errors: ['version_conflict', 'duplicate', 'in_use'],
    },
    remove: {
      method: 'DELETE',
      path: '/needs/:id',
      permission: 'needs.write',
      summary: 'Removes a need with its seats. Who was asked for it stays in the log of calls.',
      params: z.object({ id }),
      query: z.strictObject({ release: z.stringbool().default(false).describe('Also when somebody has a seat.') }),
      status: 204,
      errors: ['in_use'],
    },
    previewFormula: {
      method: 'POST',
      path: '/engagements/:id/needs/formula/preview',
      permission: 'needs.write',
      summary: 'What needs of these formulas would add, change and remove; saves nothing.',
      params: z.object({ id }),
      body: z.strictObject({ works }),
      output: z.object({ needs: z.array(changedNeed), services: z.int() }),
      errors: ['formula_wrong'],
    },
    applyFormula: {
      method: 'POST',
      path: '/engagements/:id/needs/formula',
      permission: 'needs.write',
      summary: 'Makes the needs of these formulas; those of earlier formulas that are not wanted any more go.',
      params: z.object({ id }),
      body: z.strictObject({ works, release }),
      output: z.object({ needs: z.array(changedNeed), services: z.int() }),
      errors: ['formula_wrong', 'in_use'],
    },
    seatRoster: {
      method: 'POST',
      path: '/engagements/:id/seats/roster',
      permission: 'needs.write',
      summary: 'Fills open seats from the roster, less those on leave or committed elsewhere. Twice changes nothing.',
      params: z.object({ id }),
      body: z.strictObject({}),
      output: z.object({
        filled: z.int().describe('Seats.'),
        people: z.int().describe('Who got them.'),
        open: z.int().describe('Seats that are still open.'),
        away: restricted(z.array(away), 'availability.read').describe('On leave at services that want their chair.'),
        conflicts: z.array(conflict).describe('Committed elsewhere.'),
      }),
    },
    take: {
      method: 'POST',
      path: '/needs/:id/seats',
      permission: 'needs.write',
      summary: 'Seats somebody and commits their time: at all of the services, or nowhere.',
      params: z.object({ id }),
      body: z.strictObject({
        resourceId: id,
        scheduleItemIds: scheduleItemIds.optional().describe('All that have an open seat when absent.'),
        number: z.int().min(1).max(200).optional().describe('The seat wanted, where it is open.'),
      }),
      output: z.object({
        scheduleItemIds: z.array(id),
        lacking: z.array(z.string()).describe('Skills that the need wants and the person doesn’t name.'),
      }),
      errors: ['seat_taken', 'conflict'],
    },
    leave: {
      method: 'POST',
      path: '/needs/:id/seats/leave',
      permission: 'needs.write',
      summary: 'Takes somebody off their seats: they are open, the time is free.',
      params: z.object({ id }),
      body: z.strictObject({
        resourceId: id,
        scheduleItemIds: scheduleItemIds.optional().describe('All when absent.'),
        reason: text(500).default(''),
      }),
      output: z.object({ scheduleItemIds: z.array(id) }),
    },
    move: {
      method: 'POST',
      path: '/seats/:id/move',
      permission: 'needs.write',
      summary: 'Moves who sits there to another seat at the same service; two people change places.',
      params: z.object({ id }),
      body: z.strictObject({ seatId: id }),
      output: z.object({ seats: z.array(seat) }),
    },
  },
});
