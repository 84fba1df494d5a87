import type { Logger } from 'pino';
import type { Databases } from '../databases.ts';
import { Operation, underLock, type OperationKind } from './operation.ts';
import { settle } from './settle.ts';

const kinds: readonly OperationKind[] = ['move', 'export', 'restore', 'erase'];
/** The lock is free, or somebody is at work: milliseconds. */
const patience = 50;
const interrupted = 'It was interrupted before anything was decided. Everything is as it was.';

/**
 * Settles operations whose process died: an organisation that was frozen by one is writable again, or lives where
 * it was moved to. For the worker to call every few seconds; those under way are left alone.
 */
export async function mendOperations(databases: Databases, log: Logger): Promise<void> {
  const rows = await databases.control
    .selectFrom('tenant_operations')
    .select('organisation_id as id')
    .where('state', '=', 'running')
    .where('kind', 'in', kinds)
    .where('organisation_id', 'is not', null)
    .execute();
  for (const { id } of rows) {
    if (!id) continue;
    try {
      await underLock(databases, id, patience, async (signal) => {
        const mended = await mendOrganisation(databases, id, signal);
        if (mended > 0) log.warn({ organisation: id }, 'an interrupted operation was settled');
      });
    } catch (error) {
      log.debug({ err: error, organisation: id }, 'an operation is under way, or can’t be settled yet');
    }
  }
}

/** How often stopped operations are looked for, in milliseconds. */
const look = 5_000;

/** Looks for stopped operations until told to end. @returns ends it, when what is under way is done */
export function keepMending(databases: Databases, log: Logger): () => Promise<void> {
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    working ??= mendOperations(databases, log)
      .catch((error: unknown) => log.warn({ err: error }, 'stopped operations could not be looked for'))
      .finally(() => {
        working = undefined;
      });
  }, look);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await working;
  };
}

/** Call under the organisation's lock: whatever says that it runs has stopped. @returns how many there were */
export async function mendOrganisation(
  databases: Databases,
  organisationId: string,
  signal: AbortSignal,
): Promise<number> {
  const rows = await databases.control
    .selectFrom('tenant_operations')
    .select(['id', 'kind', 'from_database_id as fromDatabaseId', 'to_database_id as toDatabaseId'])
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'running')
    .where('kind', 'in', kinds)
    .execute();
  for (const row of rows) await settle(new Operation(databases, { ...row, organisationId }, signal), interrupted);
  return rows.length;
}
