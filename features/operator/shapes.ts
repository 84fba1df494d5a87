import * as z from 'zod';
import { id, instantOut } from '#platform/contract/fields.ts';

const place = z.object({
  databaseId: id,
  database: z.string(),
  kind: z.enum(['shared', 'dedicated']),
  reachable: z.boolean().nullable().describe('Null: not looked at yet.'),
});

/** Counted by a job in the organisation's own scope. */
const usage = z.object({
  engagements: z.int(),
  projects: z.int().describe('Engagements that are not over; the plan limits them.'),
  resources: z.int(),
  claims: z.int(),
  lastActivityAt: instantOut.nullable().describe('Newest change by a person or a program.'),
  countedAt: instantOut,
});

export const supportLevels = ['read', 'change'] as const;

const openGrant = z.object({ id, purpose: z.string(), level: z.enum(supportLevels), endsAt: instantOut });

const organisationFields = {
  id,
  slug: z.string(),
  name: z.string(),
  status: z.enum(['active', 'suspended', 'closed']),
  plan: z.string(),
  place,
  members: z.int(),
  usage: usage.nullable().describe('Null: not counted yet.'),
  support: openGrant.nullable().describe('Access that an owner has opened and that runs.'),
  createdAt: instantOut,
};

export const organisation = z.object(organisationFields).meta({ id: 'OperatedOrganisation' });

export const operation = z
  .object({
    id,
    kind: z.enum(['create', 'move', 'export', 'restore', 'erase']),
    organisationId: id.nullable(),
    organisation: z.string().nullable().describe('Its name; null when it is gone.'),
    from: z.string().nullable().describe('Name of the database.'),
    to: z.string().nullable(),
    state: z.enum(['running', 'done', 'failed']),
    step: z.string(),
    done: z.int(),
    total: z.int().nullable(),
    error: z.string().nullable(),
    requestedBy: z.string(),
    startedAt: instantOut,
    finishedAt: instantOut.nullable(),
  })
  .meta({ id: 'TenantOperation' });

export const organisationDetail = z
  .object({
    ...organisationFields,
    suspendedReason: z.string().nullable(),
    invitations: z.int().describe('Open ones; they count as people.'),
    limits: z.object({ people: z.int().nullable(), projects: z.int().nullable() }),
    owners: z.array(z.object({ name: z.string(), email: z.string() })),
    operation: operation.nullable().describe('The newest that runs or has failed.'),
  })
  .meta({ id: 'OperatedOrganisationDetail' });

const pool = z.object({ most: z.int(), open: z.int(), idle: z.int(), waiting: z.int() });

const queue = z.object({
  waiting: z.int(),
  running: z.int(),
  later: z.int(),
  failed: z.int(),
  oldestAt: instantOut.nullable(),
  workers: z.int().describe('Alive within the last forty seconds.'),
});

export const databaseState = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(['shared', 'dedicated']),
    host: z.string().nullable(),
    organisations: z.int(),
    schemaVersion: z.int().nullable(),
    migrationError: z.string().nullable(),
    reachable: z.boolean().nullable(),
    latencyMs: z.number().nullable(),
    checkedAt: instantOut.nullable(),
    trouble: z.string().nullable().describe('Why it was last found unreachable.'),
    pool: pool.nullable(),
    queue: queue.nullable().describe('Null while it can’t be asked.'),
    bytes: z.int().nullable(),
  })
  .meta({ id: 'DatabaseState' });

export const migrated = z
  .object({
    database: z.string(),
    kind: z.enum(['control', 'shared', 'dedicated']),
    from: z.int(),
    to: z.int(),
    applied: z.array(z.string()).describe('Migrations that were, or would be, applied.'),
    error: z.string().nullable(),
  })
  .meta({ id: 'MigratedDatabase' });

export const installationFacts = z
  .object({
    version: z.string(),
    mail: z.boolean().describe('Mail is sent; otherwise it waits in the outbox.'),
    mailsWaiting: z.int(),
    users: z.int(),
    operators: z.int(),
    organisations: z.object({ active: z.int(), suspended: z.int(), closed: z.int() }),
    workers: z.int(),
    jobsWaiting: z.int(),
    jobsFailed: z.int(),
    databasesDown: z.array(z.string()),
  })
  .meta({ id: 'InstallationFacts' });
