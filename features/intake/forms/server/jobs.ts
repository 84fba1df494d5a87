import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { removeUnsentFiles } from './form-files.ts';

/** Days for which it is known that something was sent: longer than any limit looks back, and than a token is good. */
const keptDays = 30;

export const formJobs = [
  task({
    name: 'forms.tidy',
    payload: z.object({}),
    cron: '41 3 * * *',
    run: ({ tenant }) =>
      tenant(async (tx) => {
        await removeUnsentFiles(tx);
        await tx.query('delete from form_submissions where org_id = $1 and sent_at < $2', [
          tx.scope.orgId,
          new Date(tx.scope.now.getTime() - keptDays * 86_400_000),
        ]);
      }),
  }),
];
