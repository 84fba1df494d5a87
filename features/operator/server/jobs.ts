import { sql } from 'kysely';
import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { countProjects } from '#features/organisations/server/projects.ts';

interface Counted {
  engagements: number;
  resources: number;
  claims: number;
  last_activity_at: string | null;
}

/**
 * Counts what an organisation holds, in its own scope, and leaves the numbers for the operators' console, which so
 * needs none. Only what people and programs did is activity.
 */
export const countUsage = task({
  name: 'operator.countUsage',
  payload: z.object({}),
  cron: '41 * * * *',
  async run({ services, tenant }) {
    const { orgId, counted } = await tenant(async (tx) => {
      const [projects, [row]] = await Promise.all([
        countProjects(tx),
        tx.query<Counted>(
          `select (select count(*) from engagements where org_id = $1) as engagements,
                  (select count(*) from resources where org_id = $1) as resources,
                  (select count(*) from claims where org_id = $1) as claims,
                  (select at from changes where org_id = $1 and actor ~ '^(user|api_key|token):'
                    order by at desc limit 1) as last_activity_at`,
          [tx.scope.orgId],
        ),
      ]);
      return { orgId: tx.scope.orgId, counted: row && { ...row, projects } };
    });
    if (!counted) return;
    await services.databases.control
      .insertInto('organisation_usage')
      .values({ organisation_id: orgId, ...counted })
      .onConflict((conflict) =>
        conflict.column('organisation_id').doUpdateSet({ ...counted, counted_at: sql<string>`now()` }),
      )
      .execute();
  },
});
