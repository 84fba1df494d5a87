import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { email, id, instantOut, line, list, page, pageOf, text } from '#platform/contract/fields.ts';

/**
 * - `waiting`: goes out as soon as the mail server takes it.
 * - `failed`: given up after its last try, or refused for good.
 * - `bounced`: the reader's mail server sent it back.
 * - `suppressed`: not sent, because the reader unsubscribed or the address bounced before.
 * - `kept`: this installation has no mail server; it is here to read.
 */
export const messageStates = ['waiting', 'sent', 'failed', 'bounced', 'suppressed', 'kept'] as const;

const template = z
  .object({
    kind: z.string(),
    title: z.string().describe('When it is sent.'),
    variables: z.array(z.object({ name: z.string(), means: z.string(), example: z.string() })),
    subject: z.string(),
    body: z.string().describe('Paragraphs, with **bold**, [links](https://…) and {{variables}}.'),
    button: z.string().nullable(),
    unsubscribe: z.boolean().describe('The reader may stop it.'),
    version: z.int().describe('0 while the built-in wording holds.'),
    updatedAt: instantOut.nullable(),
  })
  .meta({ id: 'MessageTemplate' });
export type MessageTemplate = z.output<typeof template>;

const messageFields = {
  id,
  kind: z.string(),
  recipient: z.string(),
  recipientName: z.string(),
  resourceId: id.nullable(),
  engagementId: id.nullable(),
  subject: z.string(),
  state: z.enum(messageStates),
  attempts: z.int(),
  lastError: z.string().nullable(),
  nextAttemptAt: instantOut.nullable(),
  sentAt: instantOut.nullable(),
  createdAt: instantOut,
};
const message = z.object(messageFields).meta({ id: 'Message' });
export type Message = z.output<typeof message>;

const sender = z.object({
  name: z.string().nullable().describe('Shown as who writes; null: the organisation’s name.'),
  replyTo: z.string().nullable().describe('Where answers go; null: to the installation’s address.'),
  address: z.string().describe('The installation’s address, which mail comes from.'),
  mailServer: z.boolean().describe('False: mail is kept in the outbox and goes nowhere.'),
  bounceAddress: z.boolean().describe('Bounces can be reported.'),
});
export type Sender = z.output<typeof sender>;

const suppressed = z.object({
  id,
  email: z.string(),
  kind: z.string().nullable().describe('Null: nothing at all is sent.'),
  reason: z.enum(['unsubscribed', 'bounced', 'by_hand']),
  createdAt: instantOut,
});
export type Suppressed = z.output<typeof suppressed>;

const kindParam = z.object({ kind: z.string().max(60) });
const tokenParams = z.object({ orgId: id, token: z.string().min(10).max(200) });

const bounce = z.strictObject({
  type: z.enum(['bounce', 'complaint']),
  email,
  messageId: z.string().max(300).optional().describe('The mail’s Message-ID.'),
  reason: z.string().max(2_000).default(''),
});
export type Bounce = z.output<typeof bounce>;

export const messaging = defineContract({
  name: 'messaging',
  permissions: {
    'messages.read': { may: 'read what was written to people', roles: ['owner', 'manager'], closedToSupport: true },
    'messages.send': { may: 'send a message again', roles: ['owner', 'manager'], closedToSupport: true },
    'messages.change': {
      may: 'change the wording of messages, their sender and who gets none',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
  },
  errors: { not_sendable: 409, duplicate: 409 },
  events: ['messages.bounced'],
  constraints: {
    suppressed_addresses_once: { code: 'duplicate', message: 'This address gets nothing already.', field: 'email' },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/messages',
      permission: 'messages.read',
      summary: 'What was written to people, sent or not; the newest first.',
      query: z.strictObject({
        ...page,
        q: line(200).optional().describe('Part of the reader’s name or address, or of the subject.'),
        state: list(z.enum(messageStates)).optional(),
        kind: z.string().max(60).optional(),
        engagementId: id.optional(),
        resourceId: id.optional(),
      }),
      output: pageOf(message),
    },
    get: {
      method: 'GET',
      path: '/messages/:id',
      permission: 'messages.read',
      summary: 'One message as its reader sees it. Links that are theirs alone lead nowhere here.',
      params: z.object({ id }),
      output: z.object({ ...messageFields, html: z.string(), text: z.string(), calendar: z.boolean() }),
    },
    sendAgain: {
      method: 'POST',
      path: '/messages/:id/send',
      permission: 'messages.send',
      summary: 'Sends a message again, or for the first time where it was kept or given up.',
      params: z.object({ id }),
      status: 204,
      errors: ['not_sendable'],
    },
    listTemplates: {
      method: 'GET',
      path: '/message-templates',
      permission: 'messages.read',
      summary: 'Each kind of message with the wording that holds now.',
      output: z.object({ items: z.array(template) }),
    },
    setTemplate: {
      method: 'PUT',
      path: '/message-templates/:kind',
      permission: 'messages.change',
      summary: 'The organisation’s own wording of a kind. Unknown variables are refused with their place.',
      params: kindParam,
      body: z.strictObject({
        version: z.int().min(0).describe('As the editor saw it; 0 over the built-in wording.'),
        subject: line(200),
        body: text(10_000),
      }),
      output: template,
      errors: ['version_conflict'],
    },
    resetTemplate: {
      method: 'DELETE',
      path: '/message-templates/:kind',
      permission: 'messages.change',
      summary: 'Back to the built-in wording.',
      params: kindParam,
      status: 204,
    },
    getSender: {
      method: 'GET',
      path: '/message-sender',
      permission: 'messages.read',
      summary: 'Who writes, and where answers go.',
      output: sender,
    },
    setSender: {
      method: 'PUT',
      path: '/message-sender',
      permission: 'messages.change',
      summary: 'Says who writes, and where answers go. The address itself is the installation’s.',
      body: z.strictObject({ name: line(80).nullable(), replyTo: email.nullable() }),
      output: sender,
    },
    openBounces: {
      method: 'POST',
      path: '/message-bounces',
      permission: 'messages.change',
      summary: 'Makes the address to which a mail service reports bounces. The one before ends; it is shown only here.',
      status: 201,
      output: z.object({ url: z.string() }),
      idempotent: false,
    },
    closeBounces: {
      method: 'DELETE',
      path: '/message-bounces',
      permission: 'messages.change',
      summary: 'Ends the address for bounces at once.',
      status: 204,
    },
    listSuppressed: {
      method: 'GET',
      path: '/suppressed-addresses',
      permission: 'messages.read',
      summary: 'Addresses that get nothing, or nothing of a kind; the newest 500.',
      output: z.object({ items: z.array(suppressed) }),
    },
    suppress: {
      method: 'POST',
      path: '/suppressed-addresses',
      permission: 'messages.change',
      summary: 'Sends nothing more to an address.',
      body: z.strictObject({ email }),
      status: 201,
      output: suppressed,
      errors: ['duplicate'],
    },
    allow: {
      method: 'DELETE',
      path: '/suppressed-addresses/:id',
      permission: 'messages.change',
      summary: 'Sends to the address again.',
      params: z.object({ id }),
      status: 204,
    },
    readUnsubscribe: {
      method: 'GET',
      path: '/unsubscribe/:orgId/:token',
      scope: 'public',
      summary:
        'What the reader of a mail would stop. The token, in that mail only, is the key; reading changes nothing.',
      params: tokenParams,
      output: z.object({ organisation: z.string(), title: z.string(), email: z.string(), stopped: z.boolean() }),
      errors: ['not_found'],
    },
    unsubscribe: {
      method: 'POST',
      path: '/unsubscribe/:orgId/:token',
      scope: 'public',
      summary:
        'Stops the mails of this kind, by the page’s button or the mail program’s (RFC 8058). The token is the key.',
      params: tokenParams,
      form: true,
      status: 204,
      errors: ['not_found'],
    },
    reportBounces: {
      method: 'POST',
      path: '/bounces/:orgId/:token',
      scope: 'public',
      summary: 'A mail service says what came back. The token of 256 random bits is the key.',
      params: tokenParams,
      body: z.strictObject({ events: z.array(bounce).min(1).max(500) }),
      status: 204,
      errors: ['not_found'],
    },
  },
});
