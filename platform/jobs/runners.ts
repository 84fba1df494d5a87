import * as z from 'zod';
import { mintScope } from '../db/scope.ts';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { withTenant, type Tx } from '../db/tenant.ts';
import type { Feature } from '../http/feature.ts';
import type { Services } from '../http/services.ts';
import { enqueue, task, type Task } from './task.ts';

/** An event is a job that becomes one job per subscriber, so that one subscriber's failure repeats only itself. */
export function fanOut(event: string, features: readonly Feature[]): Task {
  const subscribers = features.flatMap(({ tasks }) => tasks).filter(({ on }) => on === event);
  return task({
    name: event,
    payload: z.looseObject({}),
    run: ({ tenant }, payload) =>
      tenant(async (tx) => {
        for (const { name } of subscribers) await enqueue(tx, name, payload);
      }),
  });
}

const stamped = z.object({ orgId: z.uuid() });

/** What graphile-worker calls for a job: the task, in the scope of the organisation that enqueued it. */
export function runnerOf(services: Services, task: Task) {
  const run = task.run as (context: unknown, payload: unknown) => Promise<void>;
  return async (raw: unknown, { job, abortSignal }: { job: { id: string }; abortSignal?: AbortSignal | undefined }) => {
    const { orgId, ...rest } = z.looseObject(stamped.shape).parse(raw);
    const scope = () => mintScope({ orgId, actor: `job:${task.name}`, requestId: `job:${job.id}` });
    const tenant = <T>(work: (tx: Tx) => Promise<T>) => withTenant(services.databases, scope(), work);
    const signal = abortSignal ?? new AbortController().signal;
    await run({ services, tenant, signal }, task.payload.parse(rest));
  };
}

/**
 * A clocked task runs as one job per organisation, so that one failure holds up nobody else: not even the
 * enqueueing of the others' (an organisation may be on the move just now).
 *
 * @throws after all were tried, so that it is repeated for those that failed
 */
export async function enqueueForEach(services: Services, database: TenantDatabase, task: Task): Promise<void> {
  const { databases } = services;
  const organisations = await databases.control
    .selectFrom('organisations')
    .select('id')
    .where('tenant_database_id', '=', database.id)
    .where('status', '=', 'active')
    .execute();
  const failures: unknown[] = [];
  for (const { id: orgId } of organisations) {
    const scope = mintScope({ orgId, actor: `job:${task.name}`, requestId: `cron:${task.name}` });
    await withTenant(databases, scope, (tx) => enqueue(tx, task.name, {}, { key: `cron:${task.name}` })).catch(
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0) throw failures[0];
}
