import * as z from 'zod';
import { task } from './task.ts';

/** How long an answer is kept for a retry, in days: a phone on tour comes back late. */
const keyDays = 30;

/** What every organisation's database does once a night, whatever features there are. */
export const housekeeping = [
  task({
    name: 'platform.forgetKeys',
    payload: z.object({}),
    cron: '17 3 * * *',
    run: ({ tenant }) =>
      tenant(async (tx) => {
        await tx.query('delete from idempotency_keys where org_id = $1 and created_at < $2', [
          tx.scope.orgId,
          new Date(tx.scope.now.getTime() - keyDays * 86_400_000),
        ]);
      }),
  }),
];
