import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import { task, type Task, type TaskContext } from '#platform/jobs/task.ts';
import { getPlan } from '#features/organisations/server/plans.ts';
import { columnMapping, importKinds } from '../contract.ts';
import { planSeason } from '../rules-nyphil.ts';
import { bundledSeason } from './bundled.ts';
import { failTask, finishTask, recordProgress } from './commands.ts';
import { importCsv } from './csv.ts';
import { importSeason } from './season.ts';

const payload = z.object({ taskId: z.uuid() });

const csvInput = z.object({
  kind: z.enum(importKinds),
  content: z.string(),
  mapping: columnMapping.optional(),
  zone: z.string(),
  currency: z.string(),
});

const seasonInput = z.object({ content: z.string().nullable(), lengthMinutes: z.int(), packs: z.array(z.string()) });

const csv = task({
  name: 'imports.csv',
  payload,
  run: (context, { taskId }) =>
    whileRunning(context, taskId, async (input) => {
      const { kind, content, mapping, ...defaults } = csvInput.parse(input);
      await context.tenant(async (tx) =>
        finishTask(tx, taskId, await importCsv(tx, { kind, content, mapping }, defaults)),
      );
    }),
});

const season = task({
  name: 'imports.nyphil',
  payload,
  run: ({ tenant, ...context }, { taskId }) =>
    whileRunning({ tenant, ...context }, taskId, async (input) => {
      const { content, lengthMinutes, packs } = seasonInput.parse(input);
      const plan = planSeason(content ?? bundledSeason(), lengthMinutes);
      const onProgress = (tx: Parameters<typeof recordProgress>[0], done: number) => recordProgress(tx, taskId, done);
      const { control } = context.services.databases;
      const { projects } = await tenant((tx) => getPlan(control, tx.scope.orgId));
      const report = await importSeason(tenant, plan, { packs, projects, onProgress });
      await tenant((tx) => finishTask(tx, taskId, report));
    }),
});

export const importTasks: readonly Task[] = [csv, season];

/**
 * Runs an import unless it is over already, and says on its task why it failed. An unreachable database is
 * no failure: the job stays and runs again, and the import goes on where it stopped.
 */
async function whileRunning(
  { tenant, services }: TaskContext,
  taskId: string,
  work: (input: unknown) => Promise<void>,
): Promise<void> {
  const open = await tenant((tx) =>
    tx.query<{ input: unknown }>(
      "select input from import_tasks where org_id = $1 and id = $2 and status = 'running'",
      [tx.scope.orgId, taskId],
    ),
  );
  const [found] = open;
  if (!found) return;
  try {
    await work(found.input);
  } catch (error) {
    const known = error instanceof AppError;
    if (known && error.code === 'unavailable') throw error;
    if (!known) services.log.error({ err: error, taskId }, 'an import failed');
    const message = known
      ? error.message
      : 'Something went wrong on our side. Start the import again; what is there already is not doubled.';
    await tenant((tx) => failTask(tx, taskId, message));
  }
}
