import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { remindOfOpen } from './reminders.ts';

export const advanceJobs = [
  task({
    name: 'advance.remind',
    payload: z.object({}),
    cron: '*/15 * * * *',
    run: ({ tenant, services }) => tenant((tx) => remindOfOpen(tx, services.config.secret)),
  }),
];
