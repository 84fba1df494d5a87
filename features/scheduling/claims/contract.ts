import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { count, id, instant, instantOut, list, page, pageOf, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';

/** pencil never blocks, hold queues by rank, commit blocks. Packs give them other words, never other behaviour. */
export const claimStatuses = ['pencil', 'hold', 'commit'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

const status = z.enum(claimStatuses);

/** The open challenge against a hold. */
const challenge = z.object({
  id,
  challengerId: id.describe('The hold that asks.'),
  deadlineAt: instantOut.describe('Silence until then releases the challenged hold.'),
  startedAt: instantOut,
});

export const claim = z
  .object({
    id,
    resourceId: id,
    engagementId: id.nullable().describe('Null: blocked time.'),
    engagementTitle: z.string().nullable(),
    inquiryId: id.nullable().describe('The inquiry that it is held for, while there is no engagement.'),
    groupId: id.describe('Shared by the claims that were placed together.'),
    status,
    startsAt: instantOut,
    endsAt: instantOut,
    zone: z.string(),
    rank: z.int().nullable().describe('1 is the first hold; null unless a hold.'),
    units: z.int(),
    expiresAt: instantOut.nullable(),
    note: restricted(z.string(), 'claims.read'),
    challenge: challenge.nullable(),
    version: z.int(),
    createdAt: instantOut,
    updatedAt: instantOut,
  })
  .meta({ id: 'Claim' });
export type Claim = z.output<typeof claim>;

/** A claim that stands in the way, as far as the asker may know it. */
export const conflict = z
  .object({
    resourceId: id,
    resourceName: z.string(),
    startsAt: instantOut.describe('The time that was asked for.'),
    endsAt: instantOut,
    reason: z.enum(['committed', 'over_capacity', 'outranked', 'archived']),
    blockers: z.array(
      z.object({
        claimId: id,
        engagementId: id.nullable(),
        title: z.string().describe('What it is for; “Blocked time” when for nothing.'),
        status,
        rank: z.int().nullable(),
        startsAt: instantOut,
        endsAt: instantOut,
      }),
    ),
    message: z.string().describe('The conflict as a sentence.'),
  })
  .meta({ id: 'Conflict' });
export type Conflict = z.output<typeof conflict>;

const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };

export const claimInput = z
  .strictObject({
    id: id.optional(),
    resourceId: id,
    startsAt: instant,
    endsAt: instant,
    status,
    rank: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe(
        'For a hold: the rank wanted, which needs claims.commit; those at or below it move down. Last when absent.',
      ),
    units: z.int().min(1).default(1).describe('Of a pooled resource.'),
    expiresAt: instant.nullable().default(null).describe('When a pencil or hold releases itself.'),
    note: text(2_000).default(''),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder);
export type ClaimInput = z.output<typeof claimInput>;

const released = z.object({
  released: z.array(id),
  promoted: z.array(z.object({ claimId: id, from: z.int(), to: z.int() })).describe('Holds that moved up.'),
});
export type Released = z.output<typeof released>;

const window = { from: instant, to: instant };

export const claims = defineContract({
  name: 'claims',
  permissions: {
    'claims.read': { may: 'see the board and every claim', roles: ['owner', 'manager', 'staff'], own: ['crew'] },
    'claims.hold': { may: 'pencil and hold, move and release', roles: ['owner', 'manager', 'staff'] },
    'claims.commit': { may: 'commit, confirm engagements, and change what is committed', roles: ['owner', 'manager'] },
  },
  errors: { conflict: 409, blocked: 409, already_challenged: 409, not_challengeable: 409, not_a_hold: 409 },
  constraints: {
    claims_commit_no_overlap: { code: 'conflict', message: 'Something else is already committed at that time.' },
    claims_hold_rank_unique: {
      code: 'conflict',
      message: 'Another hold took this rank a moment ago. Try again.',
      field: 'rank',
    },
    claims_within_capacity: { code: 'conflict', message: 'Not enough units are free at that time.', field: 'units' },
    claims_resource_exists: {
      code: 'invalid_input',
      message: 'There is no resource with this id.',
      field: 'resourceId',
    },
    claims_engagement_exists: {
      code: 'invalid_input',
      message: 'There is no engagement with this id.',
      field: 'engagementId',
    },
    claims_time_order: {
      code: 'invalid_input',
      message: 'A claim must end after it starts and last at most 370 days.',
      field: 'endsAt',
    },
    claims_pkey: { code: 'conflict', message: 'A claim with this id exists already.', field: 'id' },
    challenges_one_per_claim: { code: 'already_challenged', message: 'This hold is already challenged.' },
  },
  events: ['claims.promoted', 'claims.challenged', 'claims.released', 'claims.waived', 'claims.confirmed'],
  routes: {
    list: {
      method: 'GET',
      path: '/claims',
      permission: 'claims.read',
      own: true,
      summary: 'Claims of an engagement, a resource or a group, by start.',
      query: z.strictObject({
        ...page,
        engagementId: id.optional(),
        resourceId: id.optional(),
        groupId: id.optional(),
        status: status.optional(),
        from: instant.optional(),
        to: instant.optional(),
      }),
      output: pageOf(claim),
    },
    window: {
      method: 'GET',
      path: '/board',
      permission: 'claims.read',
      own: true,
      summary: 'Everything that touches a time window, for the board: claims, time off and outside busy time.',
      query: z.strictObject({ ...window, resourceIds: list(id).optional(), limit: count(1, 50_000).default(20_000) }),
      output: z.object({
        claims: z.array(claim),
        busy: z.array(
          z.object({
            resourceId: id,
            startsAt: instantOut,
            endsAt: instantOut,
            summary: z.string(),
            kind: z.enum(['time_off', 'busy']),
          }),
        ),
        complete: z.boolean().describe('False when there were more claims than `limit`.'),
      }),
    },
    place: {
      method: 'POST',
      path: '/claims',
      permission: 'claims.hold',
      summary:
        'Places claims on one or more resources: all of them, or none and the conflicts. A commit needs claims.commit.',
      body: z.strictObject({
        engagementId: id.nullable().default(null),
        claims: z.array(claimInput).min(1).max(200),
      }),
      status: 201,
      output: z.object({ claims: z.array(claim) }),
      errors: ['conflict', 'forbidden'],
    },
    check: {
      method: 'POST',
      path: '/claims/check',
      permission: 'claims.read',
      summary: 'What placing or moving these claims would meet; saves nothing.',
      body: z.strictObject({
        claims: z
          .array(
            z
              .strictObject({
                claimId: id.optional().describe('The claim being moved.'),
                resourceId: id,
                startsAt: instant,
                endsAt: instant,
                units: z.int().min(1).default(1),
              })
              .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder),
          )
          .min(1)
          .max(200),
      }),
      output: z.object({
        conflicts: z.array(conflict).describe('Would be refused if committed.'),
        holds: z.array(conflict).describe('Holds in the queue there.'),
        warnings: z
          .array(z.object({ resourceId: id, message: z.string() }))
          .describe('Outside working hours, time off, busy elsewhere.'),
      }),
    },
    move: {
      method: 'POST',
      path: '/claims/:id/move',
      permission: 'claims.hold',
      summary:
        'Moves or resizes a claim, also to another resource. A hold goes to the end of the queue where it lands on new time.',
      params: z.object({ id }),
      body: z
        .strictObject({ version: z.int().min(1), startsAt: instant, endsAt: instant, resourceId: id.optional() })
        .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder),
      output: claim,
      errors: ['conflict', 'version_conflict', 'forbidden'],
    },
    change: {
      method: 'PATCH',
      path: '/claims/:id',
      permission: 'claims.hold',
      summary: 'Changes the note, the expiry of a hold, or the units.',
      params: z.object({ id }),
      body: z.strictObject({
        version: z.int().min(1),
        note: text(2_000).optional(),
        expiresAt: instant.nullable().optional(),
        units: z.int().min(1).optional(),
      }),
      output: claim,
      errors: ['version_conflict', 'conflict', 'forbidden'],
    },
    setStatus: {
      method: 'POST',
      path: '/claims/:id/status',
      permission: 'claims.hold',
      summary: 'Makes a pencil a hold, a hold a commitment, or steps back. Committing needs claims.commit, and rank 1.',
      params: z.object({ id }),
      body: z.strictObject({ version: z.int().min(1), status }),
      output: claim,
      errors: ['conflict', 'blocked', 'version_conflict', 'forbidden'],
    },
    setRank: {
      method: 'POST',
      path: '/claims/:id/rank',
      permission: 'claims.commit',
      summary: 'Gives a hold another place in the queue; the others close up.',
      params: z.object({ id }),
      body: z.strictObject({ version: z.int().min(1), rank: z.int().min(1).max(100) }),
      output: claim,
      errors: ['not_a_hold', 'version_conflict'],
    },
    release: {
      method: 'POST',
      path: '/claims/release',
      permission: 'claims.hold',
      summary: 'Releases claims; the holds behind them move up. Releasing a commitment needs claims.commit.',
      body: z.strictObject({ claimIds: z.array(id).min(1).max(200), reason: text(500).default('') }),
      output: released,
      errors: ['forbidden'],
    },
    challenge: {
      method: 'POST',
      path: '/claims/:id/challenge',
      permission: 'claims.hold',
      summary: 'The hold below asks this hold to commit or release within the resource’s business hours.',
      params: z.object({ id }),
      body: z.strictObject({ challengerId: id.describe('The asker’s hold, ranked right behind.') }),
      output: claim,
      errors: ['already_challenged', 'not_challengeable', 'not_a_hold'],
    },
    waive: {
      method: 'POST',
      path: '/claims/:id/waive',
      permission: 'claims.hold',
      summary: 'The challenger takes the challenge back.',
      params: z.object({ id }),
      body: z.strictObject({}),
      output: claim,
    },
    confirm: {
      method: 'POST',
      path: '/engagements/:id/confirm',
      permission: 'claims.commit',
      summary:
        'Commits all claims of an engagement and moves it to the confirmed stage; or nothing, and names every blocker.',
      params: z.object({ id }),
      body: z.strictObject({ reason: text(500).default('') }).default({ reason: '' }),
      output: z.object({ engagementId: id, stage: z.string(), claims: z.array(claim) }),
      errors: ['blocked'],
    },
    holdsText: {
      method: 'GET',
      path: '/holds.txt',
      permission: 'claims.read',
      summary: 'Who holds what in a window, as text to paste into a mail.',
      query: z.strictObject({ ...window, resourceIds: list(id).optional() }),
      produces: 'text/plain; charset=utf-8',
    },
    ageing: {
      method: 'GET',
      path: '/holds/ageing',
      permission: 'claims.read',
      summary: 'Open holds, oldest first, with days since they were placed and days to their date.',
      query: z.strictObject({ ...page }),
      output: pageOf(z.object({ claim, resourceName: z.string(), ageDays: z.int(), daysToStart: z.int() })),
    },
  },
});
