import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { cutTies } from './ties.ts';

/** Ended memberships, and erased accounts whose organisation could not be reached then. */
export const privacyTasks = [
  task({
    name: 'privacy.cutTies',
    payload: z.object({}),
    cron: '41 * * * *',
    async run({ services, tenant }) {
      const orgId = await tenant(async ({ scope }) => scope.orgId);
      const ended = await services.databases.control
        .selectFrom('ended_accounts')
        .select('user_id as userId')
        .where('organisation_id', '=', orgId)
        .execute();
      for (const { userId } of ended) await cutTies(services, tenant, orgId, { userId });
    },
  }),
];
