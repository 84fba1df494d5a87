import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { tellActor } from './tell.ts';

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
    run: ({ tenant }, { sentBy, person, engagement, engagementId, item, what, source }) =>
      tenant((tx) =>
        tellActor(tx, sentBy, {
          kind: 'advance_asked',
          message: `${person} ${what === 'question' ? 'wrote about' : 'sees a problem with'} “${item}” in the advance of ${engagement}.`,
          engagementId,
          source: `advance_asked:${source}`,
        }),
      ),
  }),
];
