import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from 'pino';
import { reasonOf } from '../db/unreachable.ts';

/** How often a pool of workers says that it lives, and after what silence it counts as dead, in milliseconds. */
const beat = 10_000;
const silence = 40_000;

/**
 * Says that this process's workers live, and frees the jobs of those that fell silent: a worker killed
 * with -9 would otherwise keep its jobs locked for four hours.
 */
export class Heart {
  readonly events: WorkerEvents = new EventEmitter();
  readonly #pool: pg.Pool;
  readonly #unlock: (ids: string[]) => Promise<void>;
  readonly #log: Logger;
  readonly #workers = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: pg.Pool, unlock: (ids: string[]) => Promise<void>, log: Logger) {
    this.#pool = pool;
    this.#unlock = unlock;
    this.#log = log;
    // Jobs are locked by the pool, not by its workers.
    this.events.on('pool:create', ({ workerPool }) => this.#workers.add(workerPool.id));
  }

  async start(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => void this.#beat(), beat);
    this.#timer.unref();
  }

  /** After the runner has ended: what it could not note as done or failed is free at once. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const ids = [...this.#workers];
    await this.#pool.query('delete from worker_heartbeats where worker_id = any($1)', [ids]).catch(() => undefined);
    await this.#unlock(ids).catch(() => undefined);
  }

  async #beat(): Promise<void> {
    try {
      await this.#pool.query(
        `insert into worker_heartbeats (worker_id) select unnest($1::text[])
         on conflict (worker_id) do update set at = now()`,
        [[...this.#workers]],
      );
      await this.#freeTheDead();
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, 'worker heartbeat failed');
    }
  }

  async #freeTheDead(): Promise<void> {
    const { rows } = await this.#pool.query<{ worker: string }>(
      `with alive as (select worker_id from worker_heartbeats where at > now() - $1 * interval '1 millisecond'),
            locks as (select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
                      union all
                      select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null)
       select distinct locked_by as worker from locks
        where locked_at < now() - $1 * interval '1 millisecond' and locked_by not in (select worker_id from alive)`,
      [silence],
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ worker }) => worker);
    await this.#unlock(ids);
    await this.#pool.query('delete from worker_heartbeats where worker_id = any($1)', [ids]);
    this.#log.warn({ workers: ids }, 'jobs of dead workers were unlocked');
  }
}
