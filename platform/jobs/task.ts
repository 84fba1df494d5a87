import type * as z from 'zod';
import type { Tx } from '../db/tenant.ts';
import type { Services } from '../http/services.ts';

/**
 * A kind of job. Its handler works in the scope of the organisation that enqueued it, may run twice,
 * and therefore claims its row first. Slow work (mail, fetches) stays outside of `tenant`.
 */
export interface Task {
  /** `claims.expire`: feature, then verb. */
  readonly name: string;
  readonly payload: z.ZodType;
  readonly run: (context: TaskContext, payload: never) => Promise<void>;
  /** Cron expression (UTC) when it also runs by the clock, once for each organisation of the database. */
  readonly cron?: string;
  /** Event of another feature's contract that this task answers to, with the event's payload. */
  readonly on?: string;
}

export interface TaskContext {
  services: Services;
  /** Runs work in a transaction of the job's organisation. */
  tenant<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  signal: AbortSignal;
}

export function task<S extends z.ZodType>(definition: {
  name: string;
  payload: S;
  run: (context: TaskContext, payload: z.output<S>) => Promise<void>;
  cron?: string;
  on?: string;
}): Task {
  return definition;
}

/** Enqueues a job in the transaction that causes it. The same `key` replaces a job that has not begun. */
export async function enqueue(
  tx: Tx,
  name: string,
  payload: Record<string, unknown>,
  options: { runAt?: string; key?: string } = {},
): Promise<void> {
  await tx.query('select enqueue_job($1, $2, $3, $4)', [
    name,
    JSON.stringify(payload),
    options.runAt ?? null,
    options.key ?? null,
  ]);
}

/** Tells the features that subscribed, each by a job of its own, if and only if this transaction commits. */
export function publish(tx: Tx, event: string, payload: Record<string, unknown>): Promise<void> {
  return enqueue(tx, event, payload);
}
