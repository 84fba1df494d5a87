import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instantOut } from '#platform/contract/fields.ts';

/** A record of an organisation, field by field as its own API names them. */
const record = z.record(z.string(), z.unknown());

const organisationData = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  status: z.string(),
  role: z.string(),
  memberSince: instantOut,
  problem: z.string().nullable().describe('Why its part is missing; null when it is complete.'),
  person: record.nullable().describe('What it keeps about you as somebody who is booked.'),
  personalDetails: z.record(z.string(), z.string().nullable()).nullable(),
  hours: z.array(record),
  timeOff: z.array(record),
  calendars: z.array(record),
  bookings: z.array(record).describe('Commitments in full; of holds and pencils their time.'),
  contact: record.nullable().describe('What it keeps about you as a contact.'),
  contactOf: z.array(record),
  notices: z.array(record),
  actions: z
    .object({ count: z.int(), first: instantOut.nullable(), last: instantOut.nullable() })
    .describe('Changes in its history that carry your account’s id.'),
});
export type OrganisationData = z.output<typeof organisationData>;

export const personalExport = z
  .object({
    madeAt: instantOut,
    explanation: z.string(),
    account: z.object({
      id,
      name: z.string(),
      email: z.string(),
      emailVerified: z.boolean(),
      operator: z.boolean(),
      createdAt: instantOut,
      updatedAt: instantOut,
    }),
    waysIn: z.array(z.object({ provider: z.string(), accountId: z.string(), createdAt: instantOut })),
    passkeys: z.array(
      z.object({ name: z.string(), backedUp: z.boolean(), createdAt: instantOut, lastUsedAt: instantOut.nullable() }),
    ),
    authenticatorSince: instantOut.nullable(),
    recoveryCodesLeft: z.int(),
    sessions: z.array(
      z.object({
        id,
        way: z.string(),
        factor: z.string().nullable(),
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
        createdAt: instantOut,
        lastSeenAt: instantOut,
        expiresAt: instantOut,
      }),
    ),
    signIns: z.array(
      z.object({
        at: instantOut,
        way: z.string(),
        outcome: z.string(),
        detail: z.string().nullable(),
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
    ),
    invitations: z.array(
      z.object({
        organisation: z.string(),
        direction: z.enum(['received', 'sent']),
        role: z.string(),
        createdAt: instantOut,
        acceptedAt: instantOut.nullable(),
        revokedAt: instantOut.nullable(),
      }),
    ),
    apiKeys: z.array(
      z.object({
        organisation: z.string(),
        name: z.string(),
        role: z.string(),
        prefix: z.string(),
        createdAt: instantOut,
        revokedAt: instantOut.nullable(),
      }),
    ),
    supportGrants: z.array(
      z.object({ organisation: z.string(), purpose: z.string(), createdAt: instantOut, endsAt: instantOut }),
    ),
    mails: z.array(z.object({ subject: z.string(), createdAt: instantOut, sentAt: instantOut.nullable() })),
    organisations: z.array(organisationData),
  })
  .meta({ id: 'PersonalExport' });
export type PersonalExport = z.output<typeof personalExport>;

/** Everything about oneself, to take along; and the end of one's account. */
export const privacy = defineContract({
  name: 'privacy',
  permissions: {},
  errors: { last_owner: 409, last_user: 409 },
  routes: {
    export: {
      method: 'GET',
      path: '/me/export',
      scope: 'account',
      fresh: true,
      summary: 'Everything about the asker, over all organisations. What can’t be reached is named in it.',
      output: personalExport,
    },
    erase: {
      method: 'DELETE',
      path: '/me',
      scope: 'account',
      fresh: true,
      summary: 'Erases the asker’s account for good. Refused while an active organisation would have no owner.',
      status: 204,
      errors: ['last_owner', 'last_user'],
    },
  },
});
