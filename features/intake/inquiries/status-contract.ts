import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id, instantOut, text } from '#platform/contract/fields.ts';

/** What its sender is told of an inquiry’s state: what looks like spam simply came in; what was agreed may be cancelled. */
export const senderStates = ['received', 'review', 'hold', 'approved', 'cancelled', 'declined', 'withdrawn'] as const;
export type SenderState = (typeof senderStates)[number];

const params = z.object({ orgId: id, token: z.string().min(10).max(200) });

const sheet = z
  .object({
    organisation: z.string(),
    colour: z.string().nullable(),
    title: z.string(),
    state: z.enum(senderStates),
    startsAt: instantOut.nullable(),
    endsAt: instantOut.nullable(),
    zone: z.string(),
    placeName: z.string().nullable(),
    receivedAt: instantOut,
    answers: z.record(z.string(), z.unknown()),
    fields: z.array(z.looseObject({ key: z.string(), type: z.string(), label: z.string() })),
    placeNames: z.record(z.string(), z.string()),
    messages: z.array(
      z.object({
        id,
        mine: z.boolean().describe('The sender’s own words, not the organisation’s.'),
        body: z.string(),
        writtenAt: instantOut,
      }),
    ),
    can: z.array(z.enum(['write', 'withdraw'])),
  })
  .meta({ id: 'InquirySheet' });
export type InquirySheet = z.output<typeof sheet>;

/**
 * What its sender sees of an inquiry and may still do, without an account. The signature in the link is the key; it opens
 * this one inquiry until some time after the event, or until a newer link is made.
 */
export const inquiryStatus = defineContract({
  name: 'inquiryStatus',
  permissions: {},
  errors: { link_replaced: 410, link_over: 410, already_decided: 409, too_many_messages: 429 },
  routes: {
    get: {
      method: 'GET',
      path: '/inquiry-pages/:orgId/:token',
      scope: 'public',
      summary: 'The inquiry that a link is for. The signature in the link is the key; reading changes nothing.',
      params,
      output: sheet,
      errors: ['not_found', 'link_replaced', 'link_over'],
    },
    write: {
      method: 'POST',
      path: '/inquiry-pages/:orgId/:token/messages',
      scope: 'public',
      summary: 'Answers a question, or adds something. The signature in the link is the key.',
      params,
      body: z.strictObject({
        body: text(5_000).refine((value) => value.trim() !== '', { error: 'Write something first.' }),
      }),
      status: 201,
      output: sheet,
      errors: ['not_found', 'link_replaced', 'link_over', 'already_decided', 'too_many_messages', 'rate_limited'],
    },
    withdraw: {
      method: 'POST',
      path: '/inquiry-pages/:orgId/:token/withdraw',
      scope: 'public',
      summary: 'Takes the inquiry back. The same twice is the same once. The signature in the link is the key.',
      params,
      body: z.strictObject({ reason: text(500).default('') }),
      output: sheet,
      errors: ['not_found', 'link_replaced', 'link_over', 'already_decided', 'rate_limited'],
    },
  },
});
