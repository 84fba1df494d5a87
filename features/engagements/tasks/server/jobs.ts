import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { remindOfDue } from './reminders.ts';
import { applyAutomaticTemplates } from './templates.ts';

export const taskJobs = [
  task({
    name: 'tasks.onConfirmed',
    on: 'claims.confirmed',
    payload: z.object({ engagementId: z.uuid() }),
    run: ({ tenant }, { engagementId }) =>
      tenant(async (tx) => {
        await applyAutomaticTemplates(tx, engagementId);
      }),
  }),
  task({
    name: 'tasks.remind',
    payload: z.object({}),
    cron: '*/15 * * * *',
    run: ({ tenant }) => tenant(remindOfDue),
  }),
];
