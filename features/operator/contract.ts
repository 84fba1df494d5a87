import * as z from 'zod';
import { defineContract, type Route } from '#platform/contract/contract.ts';
import { email, id, line, page, pageOf, text } from '#platform/contract/fields.ts';
import { organisationInput } from '#features/identity/contract.ts';
import { databaseState, installationFacts, migrated, operation, organisation, organisationDetail } from './shapes.ts';
import { logRoutes } from './log-contract.ts';

const one = z.object({ id });
const begun = z.object({ operationId: id });

/** Where a new organisation lives. */
const placement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shared'), databaseId: id.optional() }),
  z.strictObject({
    kind: z.literal('dedicated'),
    server: text(2_000)
      .optional()
      .describe('postgres:// of a user who may create databases and roles on another server; sealed, never shown.'),
  }),
]);

const databaseRoutes = {
  listDatabases: {
    method: 'GET',
    path: '/databases',
    scope: 'operator',
    summary: 'Each tenant database: health, latency, schema version, connections, queue and size.',
    output: z.object({ items: z.array(databaseState), newestVersion: z.int() }),
  },
  planMigrations: {
    method: 'GET',
    path: '/migrations',
    scope: 'operator',
    summary: 'What a run of the migrations would do to each database. Changes nothing.',
    output: z.object({ items: z.array(migrated) }),
  },
  runMigrations: {
    method: 'POST',
    path: '/migrations',
    scope: 'operator',
    summary: 'Brings every database to the newest schema, several at once; one that fails stops no other.',
    body: z.strictObject({ parallel: z.int().min(1).max(16).default(4) }),
    output: z.object({ items: z.array(migrated) }),
  },
  listOperations: {
    method: 'GET',
    path: '/operations',
    scope: 'operator',
    summary: 'Making, moving, exporting, restoring and erasing organisations, newest first.',
    query: z.object({ organisationId: id.optional(), ...page }),
    output: pageOf(operation),
  },
  getOperation: {
    method: 'GET',
    path: '/operations/:id',
    scope: 'operator',
    summary: 'How far one of them is.',
    params: one,
    output: operation,
  },
} as const satisfies Record<string, Route>;

const organisationRoutes = {
  listOrganisations: {
    method: 'GET',
    path: '/organisations',
    scope: 'operator',
    summary: 'The organisations by name, with where they live and how much they hold.',
    query: z.object({
      q: z.string().max(200).optional(),
      status: z.enum(['active', 'suspended', 'closed']).optional(),
      databaseId: id.optional(),
      ...page,
    }),
    output: pageOf(organisation),
  },
  getOrganisation: {
    method: 'GET',
    path: '/organisations/:id',
    scope: 'operator',
    summary: 'One organisation: owners, place, plan, counts, open support access. None of its rows.',
    params: one,
    output: organisationDetail,
  },
  createOrganisation: {
    method: 'POST',
    path: '/organisations',
    scope: 'operator',
    summary: 'Makes an organisation, in a shared database or in one of its own; getOperation tells how far it is.',
    body: z.strictObject({
      ...organisationInput,
      plan: line(40).default('unlimited'),
      ownerEmail: email.nullable().default(null).describe('A user of this installation, who becomes its owner.'),
      placement: placement.default({ kind: 'shared' }),
    }),
    status: 202,
    output: z.object({ id, operationId: id }),
    errors: ['slug_taken'],
  },
  suspend: {
    method: 'POST',
    path: '/organisations/:id/suspend',
    scope: 'operator',
    summary: 'Closes an organisation to its people until it is resumed; they read the reason.',
    params: one,
    body: z.strictObject({ reason: line(300) }),
    status: 204,
  },
  resume: {
    method: 'POST',
    path: '/organisations/:id/resume',
    scope: 'operator',
    summary: 'Opens a suspended organisation again.',
    params: one,
    status: 204,
  },
  reopen: {
    method: 'POST',
    path: '/organisations/:id/reopen',
    scope: 'operator',
    summary: 'Opens an organisation that its owner closed less than 30 days ago.',
    params: one,
    status: 204,
    errors: ['too_late'],
  },
  setPlan: {
    method: 'PUT',
    path: '/organisations/:id/plan',
    scope: 'operator',
    summary: 'Gives an organisation another plan, and with it other limits.',
    params: one,
    body: z.strictObject({ plan: line(40) }),
    status: 204,
  },
  move: {
    method: 'POST',
    path: '/organisations/:id/move',
    scope: 'operator',
    summary: 'Moves an organisation to another database. It can’t be written to for the seconds of the copying.',
    params: one,
    body: z.strictObject({ databaseId: id }),
    status: 202,
    output: begun,
  },
  count: {
    method: 'POST',
    path: '/organisations/:id/usage',
    scope: 'operator',
    summary: 'Has a job of the organisation count once more how much it holds.',
    params: one,
    status: 202,
    output: z.object({ asked: z.boolean() }),
  },
  listPlans: {
    method: 'GET',
    path: '/plans',
    scope: 'operator',
    summary: 'The plans and their limits.',
    output: z.object({
      items: z.array(
        z.object({ name: z.string(), title: z.string(), people: z.int().nullable(), projects: z.int().nullable() }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;

/** What who runs the installation sees and does: organisations from outside, databases, logs. Never a tenant's row. */
export const operator = defineContract({
  name: 'operator',
  permissions: {},
  errors: { slug_taken: 409, too_late: 409 },
  routes: {
    getInstallation: {
      method: 'GET',
      path: '/installation',
      scope: 'operator',
      summary: 'Version, mail, users, workers, and how many jobs wait.',
      output: installationFacts,
    },
    ...organisationRoutes,
    ...databaseRoutes,
    ...logRoutes,
  },
});
