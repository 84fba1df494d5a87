import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { staged } from './copy.ts';

/** What is kept of a job, in the order of the text. */
export const jobColumns = [
  'identifier',
  'payload',
  'run_at',
  'attempts',
  'max_attempts',
  'key',
  'priority',
  'last_error',
];
/** Jobs that have arrived wait so long, and are marked so that the switch takes it off again once, whenever they are due. */
const held = "interval '365000 days'";
const mark = `'{"arriving": true}'::jsonb`;

const ofOrganisation = (orgId: string) => `j.payload ->> 'orgId' = ${pg.escapeLiteral(orgId)}`;

/** The jobs of an organisation that are still to be done, as COPY text. One that is running comes as a fresh one. */
export function jobsOut(client: pg.ClientBase, orgId: string): Readable {
  return client.query(
    copyTo(`copy (
      select t.identifier, j.payload, j.run_at, j.attempts, j.max_attempts, j.key, j.priority, j.last_error
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where ${ofOrganisation(orgId)} order by j.id) to stdout`),
  );
}

/**
 * Puts jobs into the queue, held: nobody runs them before `releaseJobs`. Straight into the queue's tables, because its
 * functions know neither attempts nor errors of the past.
 * @returns how many
 */
export async function jobsIn(client: pg.ClientBase, orgId: string, source: readonly Readable[]): Promise<number> {
  await removeJobs(client, orgId);
  const shape = `select t.identifier, j.payload, j.run_at, j.attempts, j.max_attempts, j.key, j.priority, j.last_error
    from graphile_worker._private_jobs j, graphile_worker._private_tasks t`;
  return staged(client, shape, source, async () => {
    await client.query(
      'insert into graphile_worker._private_tasks (identifier) select distinct identifier from incoming on conflict do nothing',
    );
    const { rowCount } = await client.query(
      `insert into graphile_worker._private_jobs (task_id, ${jobColumns.slice(1).join(', ')}, flags)
       select t.id, i.payload, i.run_at + ${held}, i.attempts, i.max_attempts, i.key, i.priority, i.last_error, ${mark}
         from incoming i join graphile_worker._private_tasks t using (identifier)
        where i.payload ->> 'orgId' = $1`,
      [orgId],
    );
    return rowCount ?? 0;
  });
}

/** Lets the jobs that have arrived run; twice is harmless. */
export async function releaseJobs(client: pg.ClientBase, orgId: string): Promise<void> {
  await client.query(
    `update graphile_worker._private_jobs j set run_at = run_at - ${held}, flags = null
      where ${ofOrganisation(orgId)} and flags = ${mark}`,
  );
}

/** Also those that are running: their workers find nothing to tick off, and what they do is safe to be done twice. */
export async function removeJobs(client: pg.ClientBase, orgId: string): Promise<void> {
  await client.query(`delete from graphile_worker._private_jobs j where ${ofOrganisation(orgId)}`);
}
