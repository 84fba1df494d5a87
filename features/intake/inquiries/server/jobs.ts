import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { removeSentFiles } from './answers.ts';
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
        const { orgId, now } = tx.scope;
        const old = await tx.query<{ id: string }>(
          `select id from inquiries where org_id = $1 and state = 'spam' and received_at < $2::timestamptz - $3 * interval '1 day'
            order by id limit 5000 for update`,
          [orgId, now, spamKept],
        );
        const ids = old.map(({ id }) => id);
        await removeSentFiles(tx, ids);
        await tx.query('delete from inquiries where org_id = $1 and id = any($2::uuid[])', [orgId, ids]);
      }),
  }),
];
