import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { checkVersion } from './check-version.ts';
import { checkAgain, tidyFiles } from './tidy.ts';

export const fileTasks = [
  task({
    name: 'files.check',
    payload: z.object({ versionId: z.uuid() }),
    run: (context, { versionId }) => checkVersion(context, versionId),
  }),
  task({ name: 'files.checkAgain', payload: z.object({}), cron: '*/5 * * * *', run: checkAgain }),
  task({ name: 'files.tidy', payload: z.object({}), cron: '23 4 * * *', run: tidyFiles }),
];
