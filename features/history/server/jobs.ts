import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import { enqueue, task } from '#platform/jobs/task.ts';
import { sealChanges } from './seals.ts';

/** After so many changes at once the next seal doesn't wait for the minute. */
const busy = 1_000;
const soon = 10_000;

export const historyTasks = [
  task({
    name: 'history.seal',
    payload: z.object({}),
    cron: '* * * * *',
    async run({ services, tenant }) {
      const orgId = await tenant(async (tx) => tx.scope.orgId);
      try {
        const sealed = await sealChanges(services.databases, orgId, tenant);
        if (sealed < busy) return;
        const runAt = new Date(Date.now() + soon).toISOString();
        await tenant((tx) => enqueue(tx, 'history.seal', {}, { runAt, key: 'cron:history.seal' }));
      } catch (error) {
        // Trying again mends nothing: somebody has to look. The trail's own page says so too.
        if (!(error instanceof AppError) || error.code !== 'record_broken') throw error;
        services.log.error({ organisation: orgId }, error.message);
      }
    },
  }),
];
