import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Organisation } from '#platform/http/feature.ts';
import { enqueue } from '#platform/jobs/task.ts';
import type { imports, ImportTask } from '../contract.ts';
import { planSeason } from '../rules-nyphil.ts';
import { bundledSeason } from './bundled.ts';
import { checkCsv } from './csv.ts';

type CsvBody = RouteInput<(typeof imports)['routes']['importCsv']>['body'];
type SeasonBody = RouteInput<(typeof imports)['routes']['importSeason']>['body'];

/** Reads the file first, so that one which can't be imported is refused at once. @returns the task's id */
export async function startCsv(tx: Tx, body: CsvBody, organisation: Organisation): Promise<string> {
  const { zone, currency } = organisation;
  const total = await checkCsv(tx, body, { zone, currency });
  return startTask(tx, 'csv', { ...body, zone, currency }, total);
}

/** @returns the task's id. @throws AppError file_unreadable */
export async function startSeason(
  tx: Tx,
  { content, lengthMinutes }: SeasonBody,
  { packs }: Organisation,
): Promise<string> {
  if (content?.includes('\u0000'))
    throw new AppError('file_unreadable', { message: 'The file could not be read. It is not a text file.' });
  const { concerts } = planSeason(content ?? bundledSeason(), lengthMinutes);
  return startTask(tx, 'nyphil', { content: content ?? null, lengthMinutes, packs }, concerts.length);
}

async function startTask(tx: Tx, kind: ImportTask['kind'], input: object, total: number): Promise<string> {
  const id = uuidv7();
  await tx.query(
    'insert into import_tasks (org_id, id, kind, input, total, started_by) values ($1, $2, $3, $4::jsonb, $5, $6)',
    [tx.scope.orgId, id, kind, JSON.stringify(input), total, tx.scope.actor],
  );
  await enqueue(tx, `imports.${kind}`, { taskId: id });
  return id;
}

export async function getTask(tx: Tx, id: string): Promise<ImportTask> {
  const [task] = await tx.query<ImportTask>(
    'select id, kind, status, done, total, message, report from import_tasks where org_id = $1 and id = $2',
    [tx.scope.orgId, id],
  );
  if (!task) throw notFound('This import');
  return task;
}

export async function recordProgress(tx: Tx, id: string, done: number): Promise<void> {
  await tx.query('update import_tasks set done = $3 where org_id = $1 and id = $2', [tx.scope.orgId, id, done]);
}

/** The input is dropped: the file may hold addresses of people, and its purpose is fulfilled. */
export async function finishTask(tx: Tx, id: string, report: object): Promise<void> {
  await tx.query(
    "update import_tasks set status = 'done', done = total, input = null, report = $3::jsonb where org_id = $1 and id = $2",
    [tx.scope.orgId, id, JSON.stringify(report)],
  );
}

export async function failTask(tx: Tx, id: string, message: string): Promise<void> {
  await tx.query(
    "update import_tasks set status = 'failed', input = null, message = $3 where org_id = $1 and id = $2",
    [tx.scope.orgId, id, message],
  );
}
