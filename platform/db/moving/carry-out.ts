import type { Databases } from '../databases.ts';
import { mendOrganisation } from './mend.ts';
import { Operation, underLock, type WantedOperation } from './operation.ts';
import { withoutUrls } from '../unreachable.ts';
import { settle } from './settle.ts';

export interface CarriedOut<T> {
  result: T;
  /** False: decided and in force, but the cleaning up behind it failed for now; it is tried again by itself. */
  settled: boolean;
}

/** How long an operation waits for another one to end, in milliseconds. */
const patience = 2_000;

/**
 * Carries out one operation on an organisation: alone, after whatever an earlier one left behind was settled. When
 * `work` fails, everything is put back as it was.
 *
 * @param want looks under the lock what there is to do, and refuses in words
 * @throws AppError unavailable when another operation is under way; whatever `want` and `work` throw
 */
export async function carryOut<T>(
  databases: Databases,
  organisationId: string,
  want: () => Promise<Omit<WantedOperation, 'organisationId'>>,
  work: (operation: Operation) => Promise<T>,
): Promise<CarriedOut<T>> {
  return underLock(databases, organisationId, patience, async (signal) => {
    await mendOrganisation(databases, organisationId, signal);
    const operation = await Operation.begin(databases, { organisationId, ...(await want()) }, signal);
    try {
      const result = await work(operation);
      const settled = await settle(operation, '').then(
        () => true,
        () => false,
      );
      return { result, settled };
    } catch (error) {
      // What can't be put back now (a database is down) stays marked as running, and is mended later.
      await settle(operation, withoutUrls(error instanceof Error ? error.message : String(error))).catch(
        () => undefined,
      );
      throw error;
    } finally {
      operation.stop();
    }
  });
}
