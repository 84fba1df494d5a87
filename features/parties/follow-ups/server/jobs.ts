import * as z from 'zod';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { publish, task } from '#platform/jobs/task.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** People are told from this hour on, by the organisation's clock. */
const morning = '07:00';

export const followUpJobs = [
  task({
    name: 'followUps.remind',
    payload: z.object({}),
    cron: '5 * * * *',
    async run({ services, tenant }) {
      const { orgId, now } = await tenant((tx) => Promise.resolve(tx.scope));
      const organisation = await services.databases.control
        .selectFrom('organisations')
        .select('zone')
        .where('id', '=', orgId)
        .executeTakeFirst();
      if (!organisation) return;
      const { date, time } = toWallClock(now.toISOString(), organisation.zone);
      if (time >= morning) await tenant((tx) => tellDue(tx, date));
    },
  }),
];

/** Each once for its day; moved to another, it is told of again. What was long due when it was put in needs no telling. */
async function tellDue(tx: Tx, today: string): Promise<void> {
  const due = await tx.query<{ id: string }>(
    `update follow_ups set reminded_on = due_on
      where org_id = $1 and due_on <= $2::date and due_on > $2::date - 7 and done_at is null
        and user_id is not null and reminded_on is distinct from due_on
    returning id`,
    [tx.scope.orgId, today],
  );
  if (due.length > 0) await publish(tx, 'follow_ups.due', { followUpIds: due.map(({ id }) => id) });
}
