import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { count, id, instantOut } from '#platform/contract/fields.ts';
import { nameFault, tidyName } from '#features/files/name-rules.ts';
import { partSize } from '#features/files/upload-rules.ts';
import { answering, commentBody, item, marking } from '../contract.ts';

const params = z.object({ orgId: id, token: z.string().min(10).max(200) });
const ofItem = params.extend({ itemId: id });

/** Bytes: one part of an upload. Plans and riders are smaller. */
export const largestTheirFile = partSize;

const fileName = z
  .string()
  .max(300)
  .transform(tidyName)
  .superRefine((name, context) => {
    const message = nameFault(name);
    if (message) context.addIssue({ code: 'custom', message });
  });

const theirItem = item.row
  .omit({ createdAt: true, updatedAt: true, engagementId: true, fileId: true, comments: true })
  .extend({
    comments: z.array(item.row.shape.comments.element.omit({ internal: true })).describe('The oldest first.'),
    hasFile: z.boolean().describe('Of kind `file`: it can be fetched.'),
  })
  .meta({ id: 'TheirAdvanceItem' });
export type TheirItem = z.output<typeof theirItem>;

const sheet = z
  .object({
    organisation: z.string().describe('Name of who asks.'),
    colour: z.string().nullable(),
    hasLogo: z.boolean(),
    reader: z.string().describe('Whom the link is for.'),
    engagement: z.object({
      title: z.string(),
      startsAt: instantOut,
      endsAt: instantOut,
      zone: z.string(),
      place: z.string().nullable(),
    }),
    dueOn: z.string().describe('The day on which answers are wanted.'),
    endsAt: instantOut.describe('From then on the link opens nothing.'),
    items: z.array(theirItem),
  })
  .meta({ id: 'AdvanceSheet' });
export type AdvanceSheet = z.output<typeof sheet>;

const refusals = ['not_found', 'link_replaced', 'advance_over'] as const;

/**
 * What somebody of the other side reads and fills in, without an account. The signature in the link is the key; it opens
 * the advance of this one engagement, and nothing else of it.
 */
export const outsideAdvance = defineContract({
  name: 'outsideAdvance',
  permissions: {},
  errors: { link_replaced: 410, advance_over: 410 },
  routes: {
    get: {
      method: 'GET',
      path: '/advances/:orgId/:token',
      scope: 'public',
      summary: 'The advance that a mailed link is for. The signature in the link is the key; reading changes nothing.',
      params,
      output: sheet,
      errors: refusals,
    },
    opened: {
      method: 'POST',
      path: '/advances/:orgId/:token/opened',
      scope: 'public',
      summary: 'The page says that somebody looks at it, not a scanner. The signature in the link is the key.',
      params,
      status: 204,
      errors: refusals,
    },
    answer: {
      method: 'POST',
      path: '/advances/:orgId/:token/items/:itemId/answer',
      scope: 'public',
      summary:
        'Answers one item that is theirs to answer. Somebody else’s answer is never written over unseen. The signature in the link is the key.',
      params: ofItem,
      body: answering,
      output: theirItem,
      errors: [...refusals, 'version_conflict', 'rate_limited'],
    },
    mark: {
      method: 'POST',
      path: '/advances/:orgId/:token/items/:itemId/mark',
      scope: 'public',
      summary:
        'Agrees to what the organisation has answered, or says that there is a problem. The signature in the link is the key.',
      params: ofItem,
      body: marking,
      output: theirItem,
      errors: [...refusals, 'version_conflict', 'rate_limited'],
    },
    comment: {
      method: 'POST',
      path: '/advances/:orgId/:token/items/:itemId/comments',
      scope: 'public',
      summary: 'Asks or says something about an item. The signature in the link is the key.',
      params: ofItem,
      body: z.strictObject({ body: commentBody }),
      status: 201,
      output: theirItem,
      errors: [...refusals, 'advance_full', 'rate_limited'],
    },
    addFile: {
      method: 'POST',
      path: '/advances/:orgId/:token/items/:itemId/file',
      scope: 'public',
      summary:
        'Answers one item with a file; nobody gets it before it was looked into. The signature in the link is the key.',
      params: ofItem,
      query: z.strictObject({
        version: count(1, 1_000_000_000).describe('Of the item, as the sender saw it.'),
        name: fileName,
        size: count(1, largestTheirFile).describe('Bytes; as many must follow.'),
      }),
      stream: true,
      output: theirItem,
      errors: [...refusals, 'version_conflict', 'rate_limited', 'content_mismatch', 'quota_exceeded', 'part_broken'],
    },
    file: {
      method: 'GET',
      path: '/advances/:orgId/:token/items/:itemId/file',
      scope: 'public',
      summary: 'The file that answers an item, checked before it is served. The signature in the link is the key.',
      params: ofItem,
      produces: 'application/octet-stream',
      errors: refusals,
    },
  },
});
