import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { undoableSince } from './undo.ts';

export const mergeJobs = [
  task({
    name: 'merges.forget',
    payload: z.object({}),
    cron: '40 3 * * *',
    run: ({ tenant }) =>
      tenant(async (tx) => {
        // What was kept for the way back names people: it goes when there is none any more.
        await tx.query(
          'update party_merges set kept = null where org_id = $1 and kept is not null and merged_at <= $2',
          [tx.scope.orgId, undoableSince(tx.scope.now)],
        );
      }),
  }),
];
