import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id } from '#platform/contract/fields.ts';
import {
  acceptance,
  asking,
  declining,
  personCall,
  withdrawal,
} from '#features/calls/cascades/person-call-contract.ts';

const tokenParams = z.object({ orgId: id, token: z.string().min(10).max(200) });

const sheet = z
  .object({ organisation: z.string().describe('Name of who asks.'), call: personCall })
  .meta({ id: 'AnswerSheet' });
export type AnswerSheet = z.output<typeof sheet>;

/**
 * What somebody who was asked reads and answers from a mail, without an account. The signature in the link is the key;
 * it opens this one call, and ends with a new link for the same call.
 */
export const answers = defineContract({
  name: 'answers',
  permissions: {},
  routes: {
    get: {
      method: 'GET',
      path: '/answers/:orgId/:token',
      scope: 'public',
      summary: 'The call that a mailed link is for. The signature in the link is the key; reading changes nothing.',
      params: tokenParams,
      output: sheet,
      errors: ['not_found', 'link_replaced'],
    },
    opened: {
      method: 'POST',
      path: '/answers/:orgId/:token/opened',
      scope: 'public',
      summary: 'The page says that somebody looks at it, not a scanner. The signature in the link is the key.',
      params: tokenParams,
      status: 204,
      errors: ['not_found', 'link_replaced', 'rate_limited'],
    },
    accept: {
      method: 'POST',
      path: '/answers/:orgId/:token/accept',
      scope: 'public',
      summary:
        'Accepts all or some of the services, and commits that time. The same twice is the same once. The signature in the link is the key.',
      params: tokenParams,
      body: acceptance,
      output: sheet,
      errors: [
        'not_found',
        'link_replaced',
        'seat_taken',
        'committed_elsewhere',
        'already_answered',
        'call_changed',
        'call_closed',
        'rate_limited',
      ],
    },
    decline: {
      method: 'POST',
      path: '/answers/:orgId/:token/decline',
      scope: 'public',
      summary: 'Declines, with the reason. The signature in the link is the key.',
      params: tokenParams,
      body: declining,
      output: sheet,
      errors: ['not_found', 'link_replaced', 'already_answered', 'call_closed', 'rate_limited'],
    },
    withdraw: {
      method: 'POST',
      path: '/answers/:orgId/:token/withdraw',
      scope: 'public',
      summary: 'Takes an acceptance back: the seats are open again. The signature in the link is the key.',
      params: tokenParams,
      body: withdrawal,
      output: sheet,
      errors: ['not_found', 'link_replaced', 'call_closed', 'rate_limited'],
    },
    ask: {
      method: 'POST',
      path: '/answers/:orgId/:token/questions',
      scope: 'public',
      summary: 'Asks the office about the call. The signature in the link is the key.',
      params: tokenParams,
      body: asking,
      status: 201,
      output: sheet,
      errors: ['not_found', 'link_replaced', 'call_closed', 'too_many_questions', 'rate_limited'],
    },
    calendar: {
      method: 'GET',
      path: '/answers/:orgId/:token/calendar.ics',
      scope: 'public',
      summary: 'The accepted services as a calendar file. The signature in the link is the key.',
      params: tokenParams,
      produces: 'text/calendar; charset=utf-8',
      errors: ['not_found', 'link_replaced'],
    },
  },
});
