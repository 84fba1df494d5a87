import type { Logger } from 'pino';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { reasonOf } from '../db/unreachable.ts';
import type { Feature } from '../http/feature.ts';
import type { Services } from '../http/services.ts';
import { DatabaseWorker } from './database-worker.ts';
import { housekeeping } from './housekeeping.ts';
import { fanOut } from './runners.ts';

/** How often it looks for databases that were registered or removed meanwhile, in milliseconds. */
const look = 3_000;

export interface Workers {
  /** Lets running jobs finish and takes no new ones. */
  stop(): Promise<void>;
}

/**
 * Runs the jobs of every tenant database, `concurrency` at once in each shared one. Each database has a worker
 * of its own, so that one which is down holds up nobody else; databases that come later get theirs.
 */
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
  const workers = new Map<TenantDatabase, DatabaseWorker>();
  const follow = async () => {
    const databases = new Set(await services.databases.tenants());
    for (const [database, worker] of workers) {
      if (databases.has(database)) continue;
      workers.delete(database);
      void worker.stop().catch((error: unknown) => warn(services.log, error));
    }
    for (const database of databases) {
      if (workers.has(database)) continue;
      workers.set(database, new DatabaseWorker(services, tasks, database, concurrency));
    }
  };
  await follow();
  await Promise.all([...workers.values()].map((worker) => worker.tried));
  let following = Promise.resolve();
  const timer = setInterval(() => {
    following = follow().catch((error: unknown) => warn(services.log, error));
  }, look);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await following;
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
    },
  };
}

function warn(log: Logger, error: unknown): void {
  log.warn({ reason: reasonOf(error) }, 'the workers could not follow the registry');
}
