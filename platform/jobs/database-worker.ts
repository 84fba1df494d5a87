import { setTimeout as sleep } from 'node:timers/promises';
import { Logger as GraphileLogger, makeWorkerUtils, parseCronItems, run, type Runner } from 'graphile-worker';
import pg from 'pg';
import { trackClients } from '../db/session.ts';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { reasonOf } from '../db/unreachable.ts';
import type { Services } from '../http/services.ts';
import { Heart } from './heart.ts';
import { enqueueForEach, runnerOf } from './runners.ts';
import type { Task } from './task.ts';

/** Between a runner's end and the next try, and between looks whether the database is down, in milliseconds. */
const pause = 1_000;
/** Jobs at once in a dedicated database: one organisation's, which holds up nobody but itself. */
const dedicatedConcurrency = 2;

/**
 * Works off the jobs of one database for as long as it is registered. The runner gives up when the database
 * goes away; a new one begins as soon as it is back and its schema is the one that we need.
 */
export class DatabaseWorker {
  /** When it was first tried, whatever came of it. */
  readonly tried: Promise<void>;
  readonly #services: Services;
  readonly #tasks: readonly Task[];
  readonly #database: TenantDatabase;
  readonly #concurrency: number;
  readonly #stopping = new AbortController();
  readonly #life: Promise<void>;

  constructor(services: Services, tasks: readonly Task[], database: TenantDatabase, concurrency: number) {
    this.#services = services;
    this.#tasks = tasks;
    this.#database = database;
    this.#concurrency = database.kind === 'shared' ? concurrency : dedicatedConcurrency;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.tried = promise;
    this.#life = this.#live(resolve);
  }

  /** Lets running jobs finish and takes no new ones. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#life;
  }

  async #live(tried: () => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (this.#database.ready && !this.#database.down)
        await this.#work(tried).catch((error: unknown) => this.#ended(error));
      tried();
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  #ended(error: unknown): void {
    void this.#database.ask();
    this.#services.log.warn({ database: this.#database.name, reason: reasonOf(error) }, 'the job runner ended');
  }

  /** From one runner's start to its end. */
  async #work(started: () => void): Promise<void> {
    const pool = new pg.Pool({
      connectionString: this.#database.jobsUrl,
      max: this.#concurrency + 2,
      connectionTimeoutMillis: 5_000,
      application_name: 'holdfast-jobs',
    });
    // The pool replaces connections that break; both when idle and when lent.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    const cutOffAll = trackClients(pool);
    const logger = graphileLogger(this.#services);
    try {
      const utils = await makeWorkerUtils({ pgPool: pool, logger });
      const heart = new Heart(pool, (ids) => utils.forceUnlockWorkers(ids), this.#services.log);
      try {
        const runner = await this.#run(pool, logger, heart);
        await heart.start();
        started();
        await this.#untilTheEnd(runner, cutOffAll);
      } finally {
        await heart.stop();
        await utils.release();
      }
    } finally {
      if (this.#database.down) cutOffAll();
      await pool.end();
    }
  }

  #run(pool: pg.Pool, logger: GraphileLogger, heart: Heart): Promise<Runner> {
    const clocked = this.#tasks.filter(({ cron }) => cron !== undefined);
    const each = (task: Task) =>
      [`each.${task.name}`, () => enqueueForEach(this.#services, this.#database, task)] as const;
    return run({
      pgPool: pool,
      concurrency: this.#concurrency,
      noHandleSignals: true,
      pollInterval: 1_000,
      logger,
      // In batches, as the runner waits for nobody else: that a job is done, and can't be noted, would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      events: heart.events,
      taskList: Object.fromEntries([
        ...this.#tasks.map((task) => [task.name, runnerOf(this.#services, task)] as const),
        ...clocked.map(each),
      ]),
      parsedCronItems: parseCronItems(clocked.map(({ name, cron }) => ({ task: `each.${name}`, match: cron ?? '' }))),
    });
  }

  /** Until we are stopped, the runner gives up, or the database is found down: then it is made to give up. */
  async #untilTheEnd(runner: Runner, cutOffAll: () => void): Promise<void> {
    const { signal } = this.#stopping;
    const watch = setInterval(() => {
      if (this.#database.down) cutOffAll();
    }, pause);
    const stop = () => void runner.stop().catch(() => undefined);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      await runner.promise;
    } finally {
      clearInterval(watch);
      signal.removeEventListener('abort', stop);
    }
  }
}

function graphileLogger({ log }: Services): GraphileLogger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new GraphileLogger((scope) => (level, message, meta) => {
    log[levels[level]]({ ...scope, ...meta }, message);
  });
}
