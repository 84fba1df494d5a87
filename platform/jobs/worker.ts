import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger as GraphileLogger, makeWorkerUtils, parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import * as z from 'zod';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant, type Tx } from '../db/tenant.ts';
import type { Feature } from '../http/feature.ts';
import type { Services } from '../http/services.ts';
import { housekeeping } from './housekeeping.ts';
import { enqueue, task, type Task } from './task.ts';

/** How often a worker says that it lives, and after what silence it counts as dead, in milliseconds. */
const beat = 10_000;
const silence = 40_000;

export interface Workers {
  /** Lets running jobs finish and takes no new ones. */
  stop(): Promise<void>;
}

/** Runs the jobs of every tenant database, `concurrency` at once in each. */
export async function startWorkers(
  services: Services,
  features: readonly Feature[],
  concurrency = 4,
): Promise<Workers> {
  const tasks = [
    ...housekeeping,
    ...features.flatMap(({ tasks: own, contract }) => [
      ...own,
      ...(contract.events ?? []).map((event) => fanOut(event, features)),
    ]),
  ];
  const databases = await services.databases.tenants();
  const stops = await Promise.all(databases.map((database) => startWorker(services, tasks, database, concurrency)));
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

async function startWorker(
  services: Services,
  tasks: readonly Task[],
  database: TenantDatabase,
  concurrency: number,
): Promise<() => Promise<void>> {
  const pool = new pg.Pool({
    connectionString: database.jobsUrl,
    max: concurrency + 2,
    application_name: 'holdfast-jobs',
  });
  // The pool replaces connections that break; both when idle and when lent.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const logger = graphileLogger(services);
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  const clocked = tasks.filter(({ cron }) => cron !== undefined);
  const heart = new Heart(pool, (ids) => utils.forceUnlockWorkers(ids), services);
  const start = () =>
    run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 1_000,
      logger,
      events: heart.events,
      taskList: Object.fromEntries([
        ...tasks.map((one) => [one.name, runnerOf(services, one)]),
        ...clocked.map((one) => [`each.${one.name}`, () => enqueueForEach(services, database, one)]),
      ]),
      parsedCronItems: parseCronItems(clocked.map(({ name, cron }) => ({ task: `each.${name}`, match: cron ?? '' }))),
    });
  let runner = await start();
  let stopped = false;
  /** A runner gives up when the database goes away; a new one begins as soon as it is back. */
  const keepRunning = async () => {
    while (!stopped) {
      await runner.promise.catch((error: unknown) => services.log.warn({ err: error }, 'the job runner ended'));
      if (stopped) return;
      await sleep(1_000);
      runner = await start().catch(() => runner);
    }
  };
  const kept = keepRunning();
  await heart.start();
  return async () => {
    stopped = true;
    await runner.stop().catch(() => undefined);
    await kept;
    await heart.stop();
    await utils.release();
    await pool.end();
  };
}

/**
 * Says that this process's workers live, and frees the jobs of those that fell silent: a worker killed
 * with -9 would otherwise keep its jobs locked for four hours.
 */
class Heart {
  readonly events: WorkerEvents = new EventEmitter();
  readonly #pool: pg.Pool;
  readonly #unlock: (ids: string[]) => Promise<void>;
  readonly #services: Services;
  readonly #workers = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: pg.Pool, unlock: (ids: string[]) => Promise<void>, services: Services) {
    this.#pool = pool;
    this.#unlock = unlock;
    this.#services = services;
    this.events.on('worker:create', ({ worker }) => this.#workers.add(worker.workerId));
  }

  async start(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => void this.#beat(), beat);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const ids = [...this.#workers];
    await this.#pool.query('delete from worker_heartbeats where worker_id = any($1)', [ids]).catch(() => undefined);
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
      this.#services.log.warn({ err: error }, 'worker heartbeat failed');
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
    this.#services.log.warn({ workers: ids }, 'jobs of dead workers were unlocked');
  }
}

/** An event is a job that becomes one job per subscriber, so that one subscriber's failure repeats only itself. */
function fanOut(event: string, features: readonly Feature[]): Task {
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

function runnerOf(services: Services, task: Task) {
  const run = task.run as (context: unknown, payload: unknown) => Promise<void>;
  return async (raw: unknown, { job, abortSignal }: { job: { id: string }; abortSignal?: AbortSignal | undefined }) => {
    const { orgId, ...rest } = z.looseObject(stamped.shape).parse(raw);
    const scope = () => mintScope({ orgId, actor: `job:${task.name}`, requestId: `job:${job.id}` });
    const tenant = <T>(work: (tx: Tx) => Promise<T>) => withTenant(services.databases, scope(), work);
    const signal = abortSignal ?? new AbortController().signal;
    await run({ services, tenant, signal }, task.payload.parse(rest));
  };
}

/** A clocked task runs as one job per organisation, so that one failure holds up nobody else. */
async function enqueueForEach(services: Services, database: TenantDatabase, task: Task): Promise<void> {
  const { databases } = services;
  const organisations = await databases.control
    .selectFrom('organisations')
    .select('id')
    .where('tenant_database_id', '=', database.id)
    .where('status', '=', 'active')
    .execute();
  for (const { id: orgId } of organisations) {
    const scope = mintScope({ orgId, actor: `job:${task.name}`, requestId: `cron:${task.name}` });
    await withTenant(databases, scope, (tx) => enqueue(tx, task.name, {}, { key: `cron:${task.name}` }));
  }
}

function graphileLogger({ log }: Services): GraphileLogger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new GraphileLogger((scope) => (level, message, meta) => {
    log[levels[level]]({ ...scope, ...meta }, message);
  });
}
