import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { settleUnheld } from './holds.ts';

/** Days after which what is taken for spam goes: long enough to find what isn’t. */
const spamKept = 30;

export const inquiryTasks = [
  task({
    name: 'inquiries.onReleased',
    on: 'claims.released',
    payload: z.object({}),
    run: ({ tenant }) => tenant(settleUnheld),
  }),
  task({
    name: 'inquiries.clearSpam',
    payload: z.object({}),
    cron: '20 3 * * *',
    run: ({ tenant }) =>
      tenant(async (tx) => {
        await tx.query(
          `delete from inquiries where org_id = $1 and state = 'spam' and received_at < $2::timestamptz - $3 * interval '1 day'`,
          [tx.scope.orgId, tx.scope.now, spamKept],
        );
      }),
  }),
];
