import * as z from 'zod';
import type { Route } from '#platform/contract/contract.ts';
import { id, instant, instantOut, page } from '#platform/contract/fields.ts';

const signIn = z
  .object({
    id: z.int(),
    at: instantOut,
    user: z.object({ id, name: z.string(), email: z.string() }).nullable().describe('Null: unknown, or erased.'),
    way: z.string(),
    outcome: z.string(),
    summary: z.string().describe('The outcome in words.'),
    detail: z.string().nullable(),
    address: z.string().nullable(),
    device: z.string(),
  })
  .meta({ id: 'SignInLogEntry' });

const routingEvent = z
  .object({
    id: z.int(),
    at: instantOut,
    database: z.string(),
    organisation: z.object({ id, name: z.string() }).nullable(),
    event: z.string(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'RoutingEvent' });

const operatorEvent = z
  .object({
    id: z.int(),
    at: instantOut,
    actor: z.string().describe('Name of the operator or of their key.'),
    action: z.string(),
    organisation: z.object({ id, name: z.string().nullable() }).nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
    outcome: z.string().describe('ok, or the code of the error.'),
    address: z.string().nullable(),
  })
  .meta({ id: 'OperatorEvent' });

/** Not counted: a log only grows, and its first page is asked for again every few seconds. */
const logOf = <T extends z.ZodType>(entry: T) =>
  z.object({ items: z.array(entry), next: z.string().nullable().describe('Send as `after`; null on the last page.') });

const since = { from: instant.optional(), to: instant.optional() };

export const logRoutes = {
  listSignIns: {
    method: 'GET',
    path: '/sign-ins',
    scope: 'operator',
    summary: 'Sign-ins and attempts on this installation, newest first.',
    query: z.object({
      q: z.string().max(200).optional().describe('In the user’s name or address.'),
      outcome: z.string().max(40).optional(),
      way: z.string().max(40).optional(),
      address: z.string().max(60).optional().describe('IP address.'),
      ...since,
      ...page,
    }),
    output: logOf(signIn),
  },
  listRoutingEvents: {
    method: 'GET',
    path: '/routing-events',
    scope: 'operator',
    summary: 'Databases that became unreachable and recovered, organisations that were placed and moved; newest first.',
    query: z.object({
      database: z.string().max(100).optional(),
      event: z.string().max(40).optional(),
      ...since,
      ...page,
    }),
    output: logOf(routingEvent),
  },
  listEvents: {
    method: 'GET',
    path: '/log',
    scope: 'operator',
    summary: 'What operators did, newest first.',
    query: z.object({ organisationId: id.optional(), ...since, ...page }),
    output: logOf(operatorEvent),
  },
} as const satisfies Record<string, Route>;
