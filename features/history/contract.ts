import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instant, instantOut, page } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { claimStatuses } from '#features/scheduling/claims/contract.ts';
import { partNames } from './activity-rules.ts';

/** `denied` and `looked` are about access (entity `access`): somebody was refused, or an operator or export looked. */
export const operations = ['insert', 'update', 'delete', 'denied', 'looked'] as const;

/** The list counts no further; the figure then stands for that many or more. */
export const countedAtMost = 10_000;
/** Changes that one export may hold. */
export const exportedAtMost = 50_000;

const fields = z.record(z.string(), z.unknown()).nullable();

const change = z.object({
  id: z.int(),
  entity: z.string().describe('The table, such as claims; `access` for what was refused or looked at.'),
  entityId: id,
  label: z.string().nullable().describe('What the record is called now; of one that is gone, what it was called.'),
  version: z.int().nullable(),
  operation: z.enum(operations),
  before: fields.describe('By field, as it was; of an update the changed fields only.'),
  after: fields.describe('By field, as it became.'),
  hidden: z.array(z.string()).describe('Fields that are left out of both, because the reader may not see them.'),
  actor: z.string(),
  actorName: z.string().describe('The person, key or job behind the actor.'),
  realActor: z.string().nullable().describe('Who acted in the actor’s name: the operator behind a support grant.'),
  realActorName: z.string().nullable(),
  session: z.string().nullable(),
  address: z.string().nullable().describe('IP address of the asker.'),
  reason: z.string().nullable().describe('Why, where one was given.'),
  requestId: z.string().nullable(),
  undoable: z.boolean().describe('Of a kind that can be undone; what was changed since may still stand in the way.'),
  at: instantOut,
});
export type Change = z.output<typeof change>;

const told = z
  .object({
    id: z.int(),
    part: z.enum(partNames).describe('Of the dossier, as its tabs.'),
    entity: z.string(),
    entityId: id,
    operation: z.enum(['insert', 'update', 'delete']),
    label: z.string().nullable().describe('What the record is called now; of one that is gone, what it was called.'),
    before: fields.describe('By field, as far as it is told; what is only named is null.'),
    after: fields,
    engagementId: id.nullable(),
    engagementTitle: z.string().nullable(),
    actor: z.string(),
    actorName: z.string(),
    realActorName: z.string().nullable().describe('Who acted in the actor’s name.'),
    reason: z.string().nullable(),
    undoable: z.boolean().describe('Of a kind that can be undone, by who may read the history.'),
    at: instantOut,
  })
  .meta({ id: 'Activity' });
export type Activity = z.output<typeof told>;

const filter = {
  entityId: id.optional().describe('One record.'),
  engagementId: id.optional().describe('An engagement with its claims, contacts and decisions.'),
  actor: z.string().max(100).optional().describe('Such as user:<id>.'),
  entity: z
    .string()
    .regex(/^[a-z][a-z_]{0,60}$/, { error: 'Must be the name of a table, such as claims.' })
    .optional(),
  operation: z.enum(operations).optional(),
  session: z.string().max(100).optional(),
  requestId: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
};
export type ChangeFilter = z.output<z.ZodObject<typeof filter>>;

const head = z.object({
  organisation: z.string().describe('Its slug.'),
  seal: z.int(),
  hash: z.string().describe('SHA-256, hexadecimal.'),
  changes: z.int().describe('Changes under this seal and all before it.'),
  sealedAt: z.string(),
});
export type AuditHead = z.output<typeof head>;

const faultKinds = [
  'row_altered',
  'row_missing',
  'row_inserted',
  'seal_altered',
  'seal_missing',
  'chain_broken',
  'end_cut_off',
  'head_differs',
  'head_missing',
] as const;

const fault = z.object({
  kind: z.enum(faultKinds),
  seal: z.int().nullable(),
  changeId: z.int().nullable(),
  entity: z.string().nullable(),
  entityId: id.nullable(),
  message: z.string(),
});
export type Fault = z.output<typeof fault>;

const verification = z.object({
  sound: z.boolean(),
  seals: z.int(),
  changes: z.int().describe('Changes under seals, each compared.'),
  unsealed: z.int().describe('Changes of the last minute, which no seal covers yet.'),
  head: z.object({ seal: z.int(), hash: z.string() }).nullable(),
  faults: z.array(fault).describe('The first hundred.'),
  faultCount: z.int(),
});
export type Verification = z.output<typeof verification>;

const claimThen = z.object({
  id,
  resourceId: id,
  resourceName: z.string().nullable(),
  status: z.enum(claimStatuses),
  rank: z.int().nullable(),
  startsAt: instantOut,
  endsAt: instantOut,
  zone: z.string(),
  units: z.int(),
  expiresAt: instantOut.nullable(),
  note: restricted(z.string(), 'claims.read'),
});

export const engagementThen = z.object({
  at: instantOut,
  engagement: z.object({
    id,
    title: z.string(),
    pack: z.string(),
    stage: z.string(),
    seriesName: z.string().nullable(),
    placeName: z.string().nullable(),
    zone: z.string(),
    startsAt: instantOut,
    endsAt: instantOut,
    notes: restricted(z.string(), 'engagements.read'),
    externalRef: z.string().nullable(),
    confirmedAt: instantOut.nullable(),
    version: z.int(),
  }),
  claims: z.array(claimThen),
  parties: z.array(z.object({ id, partyId: id, name: z.string().nullable(), role: z.string() })),
  notes: z
    .array(
      z.object({ id, title: restricted(z.string(), 'notes.private'), body: restricted(z.string(), 'notes.private') }),
    )
    .describe('In their order then; their words some seconds late.'),
});
export type EngagementThen = z.output<typeof engagementThen>;

export const history = defineContract({
  name: 'history',
  permissions: {
    'history.read': { may: 'read the history and the audit trail', roles: ['owner', 'manager'] },
    'activity.read': {
      may: 'read who did what lately, of what they may see',
      roles: ['owner', 'manager', 'staff'],
    },
  },
  errors: {
    changed_since: 409,
    not_undoable: 409,
    busy: 409,
    too_many: 422,
    // An undo is refused as the command would be that it uses.
    conflict: 409,
    blocked: 409,
    in_use: 409,
    needs_confirm: 409,
    duplicate: 409,
    allotment_full: 409,
    replaced: 409,
    called_twice: 409,
    limit_reached: 409,
    version_conflict: 409,
  },
  routes: {
    list: {
      method: 'GET',
      path: '/history',
      permission: 'history.read',
      summary: 'What changed, was refused or looked at, newest first.',
      query: z.strictObject({ ...page, ...filter }),
      output: z.object({
        items: z.array(change),
        total: z.int().describe(`How many there are over all pages; ${countedAtMost} stands for that many or more.`),
        next: z.string().nullable().describe('Send as `after` for the next page; null on the last.'),
      }),
    },
    actors: {
      method: 'GET',
      path: '/history/actors',
      permission: 'history.read',
      summary: 'Everybody who ever changed something, by name, for the filter.',
      output: z.object({ items: z.array(z.object({ actor: z.string(), name: z.string() })) }),
    },
    activity: {
      method: 'GET',
      path: '/activity',
      permission: 'activity.read',
      summary: 'What happened in one dossier or in all, newest first, of what the asker may see.',
      query: z.strictObject({
        ...page,
        engagementId: id.optional(),
        part: z.enum(partNames).optional(),
        actor: z.string().max(100).optional().describe('Such as user:<id>.'),
      }),
      output: z.object({
        items: z.array(told),
        names: z.record(z.string(), z.string()).describe('By id: what everything is called that the fields name.'),
        actors: z
          .array(z.object({ actor: z.string(), name: z.string() }))
          .describe('Who is in the newest of it; on the first page.'),
        next: z.string().nullable().describe('Send as `after` for the next page; null on the last.'),
      }),
    },
    export: {
      method: 'POST',
      path: '/history/export',
      permission: 'history.read',
      summary: `The same as CSV, at most ${exportedAtMost} changes; the export is itself recorded.`,
      body: z.strictObject(filter),
      produces: 'text/csv; charset=utf-8',
      idempotent: false,
      errors: ['too_many'],
    },
    head: {
      method: 'GET',
      path: '/history/head',
      permission: 'history.read',
      summary: 'The newest seal of the record. Keep it elsewhere: it proves later that nothing before it was changed.',
      output: z.object({ head: head.nullable(), unsealed: z.int().describe('Changes that no seal covers yet.') }),
    },
    verify: {
      method: 'POST',
      path: '/history/verify',
      permission: 'history.read',
      summary: 'Recomputes every seal from the record and names each fault.',
      body: z.strictObject({
        heads: z
          .array(z.strictObject({ seal: z.int().min(1), hash: z.string().regex(/^[0-9a-fA-F]{64}$/) }))
          .max(100)
          .default([])
          .describe('Heads that were kept elsewhere.'),
      }),
      idempotent: false,
      output: verification,
      errors: ['busy'],
    },
    asOf: {
      method: 'GET',
      path: '/engagements/:id/as-of',
      permission: 'history.read',
      summary: 'An engagement with its claims and contacts as they were at an instant, rebuilt from the record.',
      params: z.object({ id }),
      query: z.strictObject({ at: instant }),
      output: engagementThen,
    },
    dossierAsOf: {
      method: 'GET',
      path: '/engagements/:id/as-of/dossier',
      permission: 'history.read',
      summary:
        'What stood in the tabs of an engagement at an instant, of what the asker may see; rebuilt from the record.',
      params: z.object({ id }),
      query: z.strictObject({ at: instant }),
      output: z.object({
        items: z.array(
          z.object({
            id,
            part: z.enum(partNames),
            label: z.string(),
            detail: z.string(),
            startsAt: instantOut.nullable(),
            endsAt: instantOut.nullable(),
            zone: z.string().nullable(),
          }),
        ),
      }),
    },
    undo: {
      method: 'POST',
      path: '/history/:changeId/undo',
      permission: 'history.read',
      summary:
        'Takes back one change of a dossier by the same permissions and rules as anybody; refused when it was changed since.',
      params: z.object({ changeId: z.coerce.number().int().min(1) }),
      body: z.strictObject({}),
      output: z.object({ done: z.string() }),
      errors: [
        'changed_since',
        'not_undoable',
        'forbidden',
        'conflict',
        'blocked',
        'in_use',
        'needs_confirm',
        'duplicate',
        'allotment_full',
        'replaced',
        'called_twice',
        'limit_reached',
        'version_conflict',
      ],
    },
  },
});
