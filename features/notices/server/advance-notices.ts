import * as z from 'zod';
import { membersWho } from '#features/organisations/server/members-who.ts';
import { task } from '#platform/jobs/task.ts';
import { tellReader } from './tell.ts';

/** Tells whoever sent an advance what the other side asks, or can’t agree to. */
export const advanceNoticeTasks = [
  task({
    name: 'notices.onAdvanceAsked',
    on: 'advance.asked',
    payload: z.object({
      sentBy: z.string(),
      person: z.string(),
      engagement: z.string(),
      engagementId: z.uuid(),
      item: z.string(),
      what: z.enum(['question', 'problem']),
      source: z.string(),
    }),
    run: ({ tenant, services }, { sentBy, person, engagement, engagementId, item, what, source }) =>
      tenant(async (tx) => {
        const userId = /^user:(.+)$/.exec(sentBy)?.[1];
        if (!userId || (await membersWho(tx, services, 'advance.read', [userId])).length === 0) return;
        await tellReader(tx, {
          userId,
          kind: 'advance_asked',
          message: `${person} ${what === 'question' ? 'wrote about' : 'sees a problem with'} “${item}” in the advance of ${engagement}.`,
          engagementId,
          source: `advance_asked:${source}`,
        });
      }),
  }),
];
