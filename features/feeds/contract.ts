import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { id } from '#platform/contract/fields.ts';

/** What an address of a calendar shows; who may make such addresses says availability. */
export const feeds = defineContract({
  name: 'feeds',
  permissions: {},
  routes: {
    read: {
      method: 'GET',
      path: '/feeds/:orgId/:token',
      scope: 'public',
      summary:
        'A calendar for Google, Apple or Outlook: what is claimed; a person’s also has what they are wanted at, with their day sheet. The token of 256 random bits is the key; `.ics` may follow it.',
      params: z.object({ orgId: id, token: z.string().min(10).max(100) }),
      produces: 'text/calendar; charset=utf-8',
      errors: ['not_found'],
    },
  },
});
